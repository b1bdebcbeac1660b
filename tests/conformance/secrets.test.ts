import { inspect } from 'node:util';
import type { Serialized } from '@langchain/core/load/serializable';
import { HumanMessage } from '@langchain/core/messages';
import type { OpenRouterError, Receipt } from '@waypost/core';
import { ChatOpenRouter } from '@waypost/langchain';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { type Driver, ours, type Plan } from './drivers/driver.js';
import { drivers } from './drivers/index.js';
import { stringsIn, written } from './support/leaks.js';

const hex = (): string => crypto.randomUUID().replaceAll('-', '');
const PROMPT = 'the-words-of-the-user-nobody-else-may-read';

type Echo = (secret: string) => Response;

const json = (body: unknown, status: number, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const sse = (...events: unknown[]): Response =>
  new Response(events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''), { headers: { 'content-type': 'text/event-stream' } });
const chunk = (delta: object, more: object = {}): object => ({
  id: 'gen-1', object: 'chat.completion.chunk', created: 1, model: 'acme/atlas', provider: 'Azure', choices: [{ index: 0, delta, finish_reason: null }], ...more,
});

/** Servers, and what lies between, that say back what they were sent. */
const echoes: readonly { name: string; echo: Echo }[] = [
  { name: 'in the message of a 401', echo: (secret) => json({ error: { code: 401, message: `No user has the key ${secret}` } }, 401) },
  { name: 'in the headers of a 500', echo: (secret) => json({ error: { code: 500, message: 'Internal Server Error' } }, 500, { 'x-debug-request': `authorization: Bearer ${secret}`, 'set-cookie': `key=${secret}`, [`x-${secret.toLowerCase().replace(/[^a-z0-9-]/g, '')}`]: 'name' }) },
  { name: 'in the metadata of a 429', echo: (secret) => json({ error: { code: 429, message: 'Provider returned error', metadata: { provider_name: 'Azure', raw: `{"error":{"message":"key ${secret} is over its rate"}}`, headers: { authorization: secret } } }, user_id: secret }, 429) },
  { name: 'in a page of HTML', echo: (secret) => new Response(`<html><body>Bearer ${secret}</body></html>`, { status: 502, headers: { 'content-type': 'text/html' } }) },
  { name: 'in text that is not JSON', echo: (secret) => new Response(`dump: authorization=Bearer ${secret}`, { headers: { 'content-type': 'application/json' } }) },
  { name: 'in an error of status 200', echo: (secret) => json({ error: { code: 502, message: `upstream refused ${secret}` } }, 200) },
  { name: 'in the first event of a stream', echo: (secret) => sse({ error: { code: 502, message: `upstream refused ${secret}`, metadata: { raw: secret } } }) },
  { name: 'in an event after content', echo: (secret) => sse(chunk({ content: 'So far ' }), chunk({}, { error: { code: 502, message: `upstream refused ${secret}`, metadata: { raw: secret } }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] })) },
  { name: 'in an event that is not JSON', echo: (secret) => sse(chunk({ content: 'So far ' }), `not json: ${secret}`) },
  { name: 'in what fetch throws', echo: (secret) => { throw new TypeError('fetch failed', { cause: Object.assign(new Error(`Invalid header value: Bearer ${secret}`), { code: 'ECONNRESET', header: secret }) }); } },
  { name: 'in what fetch throws, told in a list', echo: (secret) => { throw new AggregateError([new Error(`first ${secret}`), new Error(`second ${secret}`)], `all failed: ${secret}`); } },
];

const authorization = (init: RequestInit): string => new Headers(init.headers).get('authorization') ?? '';

let output: MockInstance[];

beforeEach(() => {
  output = (['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const).map((name) => vi.spyOn(console, name).mockReturnValue());
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface Heard {
  readonly events: unknown[];
  readonly plan: Plan;
  readonly secrets: string[];
}

/** A plan whose server echoes the credential that it was sent, with every hook listening. */
function listen(client: NonNullable<Plan['client']>, echo: Echo): Heard {
  const events: unknown[] = [];
  const secrets: string[] = [];
  const hear = (event: unknown): void => void events.push(event);
  return {
    events,
    secrets,
    plan: {
      request: { messages: [{ role: 'user', content: PROMPT }] },
      client: {
        baseURL: 'http://gateway.local/api/v1',
        hooks: {
          onStart: hear, onRequest: hear, onResponse: hear, onAttempt: hear, onFailover: hear, onRetry: hear, onFirstToken: hear, onWarning: hear, onFinish: hear, onError: hear, onReceipt: hear,
        },
        models: ['b/b', 'c/c', 'd/d'],
        async fetch(_, init) {
          const secret = authorization(init).replace(/^Bearer /, '');
          secrets.push(secret);
          return echo(secret);
        },
        ...client,
      },
    },
  };
}

/** @returns every error of ours in the failure, with those of earlier windows. */
function errorsIn(error: unknown): OpenRouterError[] {
  const own = ours(error);
  return own ? [own, ...(own.previousErrors ?? []).flatMap(errorsIn)] : [];
}

function expectClean(secret: string, ...values: unknown[]): void {
  expect(secret.length).toBeGreaterThan(12);
  for (const value of values) {
    expect(written(value)).not.toContain(secret);
    expect(stringsIn(value).filter((one) => one.includes(secret))).toEqual([]);
  }
}

const keys: readonly { name: string; client: (secret: string) => NonNullable<Plan['client']>; secret: () => string }[] = [
  { name: 'a key', secret: () => `sk-or-v1-${hex()}${hex()}`, client: (apiKey) => ({ apiKey }) },
  { name: 'a key from a function', secret: () => `sk-or-v1-${hex()}`, client: (secret) => ({ apiKey: () => secret }) },
  { name: 'a key from a promise, of another make', secret: () => `tok.${hex()}`, client: (secret) => ({ apiKey: () => Promise.resolve(secret) }) },
  { name: 'an authorization header', secret: () => `internal_${hex()}`, client: (secret) => ({ headers: { authorization: `Bearer ${secret}` } }) },
];

describe.each(drivers)('$name', (driver: Driver) => {
  describe.each(keys)('$name', ({ secret: make, client }) => {
    it.each(echoes)('stays secret when it is said back $name', async ({ echo }) => {
      for (const stream of [false, true]) {
        const secret = make();
        const { plan, events, secrets } = listen(client(secret), echo);
        const { error, receipt, text, warnings } = await driver.run({ ...plan, stream });
        expect(secrets).toContain(secret);
        expect(error).toBeDefined();
        const errors = errorsIn(error);
        expect(errors.length).toBeGreaterThan(0);
        expectClean(secret, error, errors, errors.map((one) => [one.receipt, one.toJSON(), one.cause]), receipt, text, warnings, events, output.map((spy) => spy.mock.calls));
      }
    });
  });

  it.each([42, '', ' ', 'sk-or-v1-with\nline-break-0123456789', 'sk-or-v1-schlüssel-✓-0123456789'])('does not show a key that is none: %j', async (apiKey) => {
    const { plan, events } = listen({}, () => json({}, 200));
    for (const given of [apiKey, () => apiKey]) {
      // wrong on purpose
      const { error } = await driver.run({ ...plan, client: { ...plan.client, apiKey: given as string } });
      expect(ours(error)?.code).toBe('invalid_options');
      if (typeof apiKey === 'string' && apiKey.length > 12) expectClean(apiKey.slice(-16), error, events);
    }
  });

  it('does not show the key when a model is printed', () => {
    const secret = `sk-or-v1-${hex()}`;
    const model = driver.create({ client: { apiKey: secret, headers: { 'x-api-token': `tok.${secret}` } } });
    expect(inspect(model, { depth: 10 })).not.toContain(secret);
    expect(JSON.stringify(model) ?? '').not.toContain(secret);
    if (typeof model === 'object') expect(stringsIn({ ...model }).filter((one) => one.includes(secret) && driver.name !== 'fetch')).toEqual([]);
  });

  it.each([false, true])('does not put the prompt into errors and receipts that a log prints, streaming: %s', async (stream) => {
    const said = { flagged_input: PROMPT, raw: JSON.stringify({ request: { messages: [{ content: PROMPT }] } }), provider_name: 'Azure' };
    const replies: Echo[] = [
      () => json({ error: { code: 403, message: 'Flagged', metadata: said } }, 403),
      () => json({ error: { code: 400, message: 'Provider returned error', metadata: said } }, 400),
      () => sse(chunk({ content: 'So far ' }), chunk({}, { error: { code: 502, message: 'Provider returned error', metadata: said }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] })),
      () => { throw new TypeError('fetch failed'); },
      () => json({ error: { code: 503, message: 'Provider returned error', metadata: said } }, 503),
    ];
    for (const reply of replies) {
      const { plan, events } = listen({ apiKey: `sk-or-v1-${hex()}` }, reply);
      const { error, receipt } = await driver.run({ ...plan, stream });
      for (const one of [error, ...errorsIn(error)]) {
        const { message, stack = '' } = one as Error;
        for (const text of [message, stack, JSON.stringify(one), inspect(one, { depth: 10 })]) expect(text).not.toContain(PROMPT);
      }
      const receipts: (Receipt | undefined)[] = [receipt, ...errorsIn(error).map((one) => one.receipt)];
      expect(stringsIn([receipts, output.map((spy) => spy.mock.calls)]).filter((one) => one.includes(PROMPT))).toEqual([]);
      // events hold errors, whose fields that may quote it do not print
      for (const text of [JSON.stringify(events), inspect(events, { depth: 12 })]) expect(text).not.toContain(PROMPT);
    }
  });
});

describe('the AI SDK', () => {
  it('keeps keys of upstream providers secret when they are said back', async () => {
    const secret = `upstream.${hex()}`;
    const [, driver] = drivers;
    for (const { echo } of echoes) {
      const { plan, events } = listen({ apiKey: `sk-or-v1-${hex()}`, api_keys: { azure: secret } }, () => echo(secret));
      const { error } = await driver!.run({ ...plan, stream: true });
      expect(error).toBeDefined();
      expectClean(secret, error, errorsIn(error), events);
    }
  });
});

describe('LangChain', () => {
  it('serialises a model and traces its runs without the key', async () => {
    const secret = `sk-or-v1-${hex()}`;
    const traced: unknown[] = [];
    const model = new ChatOpenRouter('acme/atlas', {
      apiKey: secret, maxRetries: 0, headers: { authorization: `Bearer ${secret}` }, baseURL: 'http://gateway.local/api/v1',
      fetch: (_, init) => Promise.resolve(json({ error: { code: 401, message: authorization(init) } }, 401)),
    });
    const call = { headers: { 'x-key': secret }, callbacks: [{
      handleChatModelStart: (...args: [Serialized, ...unknown[]]) => void traced.push(args),
      handleLLMError: (...args: unknown[]) => void traced.push(args),
    }] };
    await expect(model.invoke([new HumanMessage('Hi')], call)).rejects.toMatchObject({ code: 'api_error' });
    const bound = model.bindTools([], { headers: { 'x-key': 'mine' } });
    expectClean(secret, model.toJSON(), JSON.stringify(model), JSON.stringify(bound), model.lc_kwargs, model._identifyingParams(), model.invocationParams(), model.getLsParams({}), traced);
    expect(traced).toHaveLength(2);
    expect(inspect(model, { depth: 10, showHidden: false })).not.toContain(secret);
  });
});
