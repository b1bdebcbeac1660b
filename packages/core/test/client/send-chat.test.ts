import { lintRequest } from '../../src/policy/lint.js';
import { describe, expect, test } from 'vitest';
import type { ClientOptions } from '../../src/client/options.js';
import { openChat } from '../../src/client/open-chat.js';
import type { Call } from '../../src/client/prepare.js';
import { sendChat } from '../../src/client/send-chat.js';
import { sendInference } from '../../src/client/send-inference.js';
import { sendJson } from '../../src/client/send-json.js';
import { APIError } from '../../src/errors/api-error.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { OpenRouterError } from '../../src/errors/openrouter-error.js';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { PolicyViolationError } from '../../src/errors/policy-violation-error.js';
import type { Receipt } from '../../src/receipt/receipt.js';
import { KEY, rejection } from '../transport/kit.js';
import { answer, body, failure, messages, PROMPT, SECRET_ANSWER, serve } from './kit.js';

const ofOurs = (error: unknown): OpenRouterError => {
  if (!OpenRouterError.isInstance(error)) throw error;
  return error;
};
const instant = { sleep: () => Promise.resolve() };

describe('the key', () => {
  test('a function is asked anew for each request', async () => {
    let asked = 0;
    const apiKey = (): Promise<string> => Promise.resolve(`key-number-${++asked}`);
    const { config, sent } = serve((call) => (call === 0 ? failure(503) : answer()), { apiKey, effects: instant });
    await sendChat(config, { body });
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer key-number-1', 'Bearer key-number-2']);
  });

  test.each([['nothing', undefined, 'is missing'], ['an empty one', '', 'is empty'], ['a broken one', 'a\nb', 'cannot carry']])('a function that gives %s', async (_, key, said) => {
    const { config, sent } = serve(() => answer(), { apiKey: () => Promise.resolve(key as string) });
    const error = await rejection(sendChat(config, { body }));
    expect(InvalidOptionsError.isInstance(error) && error.message).toContain(said);
    expect(sent).toEqual([]);
  });

  test("the caller's own authorization header stands, and the function is not asked", async () => {
    const { config, sent } = serve(() => answer(), { apiKey: () => expect.unreachable() });
    await sendChat(config, { body, options: { headers: { Authorization: 'Basic mine' } } });
    expect(sent[0]?.headers.get('authorization')).toBe('Basic mine');
  });
});

describe('what is refused before anything is sent', () => {
  const refused = async (call: unknown, options: ClientOptions = {}): Promise<OpenRouterError> => {
    const { config, sent } = serve(() => answer(), options);
    // Plain JavaScript may pass anything; that is what is tested.
    const error = ofOurs(await rejection((async () => sendChat(config, call as Call))()));
    expect(sent).toEqual([]);
    return error;
  };

  test.each([
    [{ body: PROMPT }, 'request: expected an object, got string (such as { model, messages })'],
    [{ body: [PROMPT] }, 'request: expected an object, got an array (such as { model, messages })'],
    [{ body, options: PROMPT }, 'options: expected an object, got string'],
    [{ body, options: { signal: 5 } }, 'signal: expected an AbortSignal, got number'],
    [{ body, options: { timeout: 0, verify: 'x' } }, 'timeout: expected milliseconds, more than 0, got 0\nverify: "x" is not one of false, "throw", "strict"'],
  ])('%j', async (call, message) => {
    expect((await refused(call)).message).toBe(message);
  });

  test('a region and a base URL that is not its own', async () => {
    const error = await refused({ body, options: { region: 'eu' } }, { baseURL: 'https://proxy.test/v1' });
    expect(PolicyConflictError.isInstance(error) && error.field).toBe('region');
    const { config, sent } = serve(() => answer(), { region: 'eu' });
    await sendChat(config, { body });
    expect(sent[0]?.url).toBe('https://eu.openrouter.ai/api/v1/chat/completions');
  });

  test('a cached answer under zero data retention, unless acknowledged where zdr is set', async () => {
    const zdr = { provider: { zdr: true } };
    for (const call of [{ body, options: { cache: true } }, { body, options: { headers: { 'X-OpenRouter-Cache': 'TRUE' } } }, { body, options: { cache: true, acknowledge: ['cached-zdr'] } }]) {
      const error = await refused(call, zdr);
      expect(PolicyConflictError.isInstance(error) && error.field).toBe('provider.zdr');
    }
    const { config, sent } = serve(() => answer(), { ...zdr, acknowledge: ['cached-zdr'], cache: { ttl: 60 } });
    await sendChat(config, { body });
    expect([sent[0]?.headers.get('x-openrouter-cache'), sent[0]?.headers.get('x-openrouter-cache-ttl')]).toEqual(['true', '60']);
  });

  test('a chain that does not fit where failover is off', async () => {
    expect((await refused({ body, options: { models: ['a/b', 'c/d', 'e/f', 'g/h'] } }, { failover: false })).message).toBe('models: 5 models do not fit one request (name at most 3 fallbacks, without limits of their own, or allow failover)');
  });
});

describe('attempts', () => {
  test('a wait beyond the deadline is not begun', async () => {
    const { config, sent } = serve(() => failure(429, 'slow', {}, { 'retry-after': '10' }), { deadline: 8000 });
    const error = await rejection(sendChat(config, { body }));
    expect(APIError.isInstance(error) && error.retryAfterMs).toBe(10_000);
    expect(sent).toHaveLength(1);
  });

  test('the deadline counts over retries, not from each anew', async () => {
    const { config, clock, sent } = serve((call) => (call === 0 ? failure(503, 'x', {}, { 'retry-after': '6' }) : new Promise<Response>(() => {})), { deadline: 8000 });
    const began = clock.now();
    const pending = rejection(sendChat(config, { body }));
    await clock.advance(6000);
    expect(sent).toHaveLength(2);
    await clock.advance(2000);
    expect(await pending).toMatchObject({ name: 'TimeoutError', kind: 'deadline' });
    expect(clock.now() - began).toBe(8000);
  });

  test.each([[500, 60_000, 500], [60_000, 500, 500], [500, undefined, 500]])("an entry's timeout of %i under the client's of %s: %i", async (own, timeout, holds) => {
    const { config, clock } = serve(() => new Promise<Response>(() => {}), { retry: false, ...(timeout && { timeout }) });
    const began = clock.now();
    const pending = rejection(sendChat(config, { body: { messages, models: [{ model: 'a/b', timeout: own }] } }).finally(() => expect(clock.now() - began).toBe(holds)));
    await clock.advance(60_000);
    expect(await pending).toMatchObject({ name: 'TimeoutError', kind: 'response', limitMs: holds });
  });

  test('a long chain fails over, an entry with limits alone and under them', async () => {
    const models = ['b/1', 'b/2', { model: 'c/1', maxPrice: { completion: 2 }, timeout: 500 }, 'd/1'];
    const hang = new Promise<Response>(() => {});
    const { config, sent, clock } = serve((call) => (call === 0 ? failure(503) : call === 1 ? hang : answer({ model: 'd/1' })), {
      provider: { max_price: { completion: 5, prompt: 1 } }, timeout: 60_000,
    });
    const pending = sendChat(config, { body: { ...body, models } });
    await clock.advance(499);
    expect(sent).toHaveLength(2);
    await clock.advance(1);
    const { receipt, request } = await pending;
    expect(sent.map(({ body: { model, models: list, provider } }) => ({ model, list, provider }))).toMatchObject([
      { model: 'openai/gpt-5.1', list: ['b/1', 'b/2'], provider: { max_price: { completion: 5, prompt: 1 } } },
      { model: 'c/1', provider: { max_price: { completion: 2, prompt: 1 } } },
      { model: 'd/1', provider: { max_price: { completion: 5, prompt: 1 } } },
    ]);
    expect(request.model).toBe('d/1');
    expect(receipt?.fallbackUsed).toBe(true);
    expect(receipt?.attempts?.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['overloaded', 'timeout', 'ok']);
    expect(receipt?.requested).toEqual(['openai/gpt-5.1', 'b/1', 'b/2', 'c/1', 'd/1']);
    // two attempts may have cost something that nobody told
    expect(receipt?.cost.partial).toBe(true);
  });

  test('pictures and films are asked for once', async () => {
    const { config, sent } = serve(() => failure(503), { retry: 5, models: ['a/b', 'c/d', 'e/f', 'g/h'] });
    for (const route of ['images', 'videos'] as const) await rejection(sendInference(config, { body: { model: 'a/b', prompt: 'x' }, options: { models: [] } }, `/${route}`, route));
    expect(sent).toHaveLength(2);
  });
});

describe('the receipt', () => {
  test('of a success', async () => {
    const { config } = serve(() => answer({ openrouter_metadata: { strategy: 'direct', attempt: 1 } }), { provider: { only: ['azure'] } });
    const { receipt, response, status } = await sendChat(config, { body });
    expect([status, response.choices[0]?.message.content]).toEqual([200, SECRET_ANSWER]);
    expect(receipt).toMatchObject({
      id: 'gen-1',
      requested: ['openai/gpt-5.1'],
      served: { model: 'openai/gpt-5.1', provider: 'Azure', providerSlug: 'azure' },
      fallbackUsed: false,
      strategy: 'direct',
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      cost: { total: 0.002, upstream: 0.002, partial: false },
      verdict: { overall: 'kept', guardrails: { only: { verdict: 'kept' } } },
      policy: { provider: { only: ['azure'] } },
      attempts: [{ models: ['openai/gpt-5.1'], outcome: 'ok', status: 200, provider: 'Azure', generationId: 'gen-1' }],
    });
  });

  test('of a failure is on the error, with what was waited', async () => {
    const { config, sent } = serve(() => failure(503, 'busy', { provider_name: 'Azure' }), { retry: { maxRetries: 1, baseDelayMs: 100 }, effects: instant });
    const error = ofOurs(await rejection(sendChat(config, { body })));
    expect(sent).toHaveLength(2);
    expect(error.receipt).toMatchObject({ fallbackUsed: false, cost: { partial: true }, attempts: [{ outcome: 'error', reason: 'overloaded', status: 503, provider: 'Azure', waitedMs: 50 }, { outcome: 'error' }] });
    expect(error.receipt).not.toHaveProperty('served');
  });

  test('a failure that cannot have cost anything leaves the cost whole', async () => {
    const { config } = serve((call) => (call === 0 ? failure(429) : answer()), { effects: instant });
    const { receipt } = await sendChat(config, { body });
    expect([receipt?.attempts?.length, receipt?.cost.partial, receipt?.fallbackUsed]).toEqual([2, false, false]);
  });

  test('summary and off; loosenings that changed nothing are told all the same', async () => {
    const call = { body: { ...body, provider: { zdr: false } } };
    const { config } = serve(() => answer(), { provider: { zdr: true } });
    const summary = await sendChat(config, { ...call, options: { receipt: 'summary' } });
    expect(Object.keys(summary.receipt ?? {})).not.toEqual(expect.arrayContaining(['policy']));
    expect(summary.receipt?.overruled).toEqual([{ field: 'zdr', layer: 'request', asked: false, effective: true }]);
    const off = await sendChat(config, { ...call, options: { receipt: 'off' } });
    expect(off.receipt).toBeUndefined();
    expect(off.warnings).toEqual([{ code: 'overruled', path: 'provider.zdr', message: 'false, set by request, is overruled by a tighter policy; true holds' }]);
  });

  test('holds no prompt, no answer and no key', async () => {
    const receipts: Receipt[] = [];
    const options: ClientOptions = { hooks: { onReceipt: (receipt) => receipts.push(receipt) }, retry: 1, effects: instant };
    const echo = { raw: `cannot handle "${PROMPT}" of ${KEY}`, provider_name: 'Azure' };
    const { config } = serve((call) => (call < 2 ? failure(502, 'x', echo) : answer()), options);
    const error = ofOurs(await rejection(sendChat(config, { body })));
    await sendChat(config, { body });
    expect(receipts).toHaveLength(2);
    expect(error.receipt).toEqual(receipts[0]);
    expect(JSON.stringify(receipts)).not.toMatch(/private|sk-or/);
  });
});

describe('verify', () => {
  const violating = () => answer({ provider: 'OpenAI' });
  test.each([
    ['nothing', undefined, violating, 'ok'],
    ['throw', 'throw', violating, 'only: OpenAI served'],
    ['throw', 'throw', () => answer({ provider: undefined }), 'ok'],
    ['strict', 'strict', () => answer({ provider: undefined }), 'only: the response names no provider'],
    ['strict', 'strict', () => answer(), 'ok'],
  ] as const)('%s: %#', async (_, verify, respond, said) => {
    const { config, sent } = serve(respond, { provider: { only: ['azure'] }, verify });
    const outcome = await sendChat(config, { body }).catch((error: unknown) => error);
    // what was sent has been processed, so it is never sent again
    expect(sent).toHaveLength(1);
    if (said === 'ok') return expect(outcome).toHaveProperty('receipt.served');
    if (!PolicyViolationError.isInstance(outcome)) throw outcome;
    expect(outcome.message).toContain(said);
    expect([outcome.generationId, outcome.receipt?.id]).toEqual(['gen-1', 'gen-1']);
  });

  test.each([
    ['a tool of a layer', { layers: [{ name: 'extraBody', body: { tools: [{ type: 'openrouter:web_search' }] } }], body }],
    ['a plugin of the call', { body: { ...body, plugins: [{ id: 'web' }] } }],
    ['an :online model', { body: { ...body, model: 'openai/gpt-5.1:online' } }],
    ['an :online fallback', { body, options: { models: ['a/b:online'] } }],
  ])('%s may share data, whatever the catalogue says', async (_, call) => {
    const endpoint = { provider_name: 'Azure', tag: 'azure', model_id: 'openai/gpt-5.1' };
    const { config } = serve(() => answer(), { provider: { zdr: true }, catalogue: { zdr: [endpoint], endpoints: [endpoint] } });
    expect((await sendChat(config, { body })).receipt?.verdict.overall).toBe('kept');
    expect((await sendChat(config, call)).receipt?.verdict.guardrails['zdr']).toMatchObject({ verdict: 'unverifiable', detail: expect.stringContaining('other services') });
  });
});

describe('hooks and headers', () => {
  test('hooks see each step in order, and no key', async () => {
    const seen: unknown[] = [];
    const { config } = serve((call) => (call === 0 ? failure(503) : answer()), {
      hooks: {
        onRequest: (event) => seen.push(['request', event]),
        onAttempt: ({ outcome }) => seen.push(['attempt', outcome]),
        onReceipt: ({ id }) => seen.push(['receipt', id]),
        onWarning: ({ code }) => seen.push(['warning', code]),
      },
      effects: instant,
      provider: { zdr: true },
    });
    await sendChat(config, { body, options: { provider: { zdr: false } } });
    const request = ['request', { url: 'https://openrouter.ai/api/v1/chat/completions', models: ['openai/gpt-5.1'] }];
    expect(seen).toEqual([['warning', 'overruled'], request, ['attempt', 'error'], request, ['attempt', 'ok'], ['receipt', 'gen-1']]);
  });

  test('what a hook throws reaches the caller', async () => {
    const oops = new Error('hook');
    const { config } = serve(() => answer(), { hooks: { onRequest: () => { throw oops; } } });
    expect(await rejection(sendChat(config, { body }))).toBe(oops);
  });

  test.each([[undefined, 'enabled'], [false, 'disabled'], [true, 'enabled']])('metadata: %s', async (metadata, header) => {
    const { config, sent } = serve(() => answer(), { metadata });
    await sendChat(config, { body });
    expect(sent[0]?.headers.get('x-openrouter-metadata')).toBe(header);
  });

  test('attribution goes out; catalogue routes get neither cache nor metadata headers', async () => {
    const { config, sent } = serve(() => Response.json({ data: [] }), { appUrl: 'https://app.test', appTitle: 'App', cache: true, headers: { 'x-a': '1' } });
    await sendJson(config, { path: '/models', query: { q: 'x', skipped: undefined }, options: { headers: { 'x-b': '2' } } });
    const { url, headers, method } = sent[0] ?? expect.unreachable();
    expect([url, method]).toEqual(['https://openrouter.ai/api/v1/models?q=x', 'GET']);
    expect(['http-referer', 'x-openrouter-title', 'x-a', 'x-b', 'authorization', 'x-openrouter-cache', 'x-openrouter-metadata'].map((name) => headers.get(name))).toEqual([
      'https://app.test', 'App', '1', '2', `Bearer ${KEY}`, null, null,
    ]);
  });

  test('a request that may have changed something is not repeated', async () => {
    const { config, sent } = serve(() => failure(503), { effects: instant });
    await rejection(sendJson(config, { path: '/keys', body: { name: 'x' } }));
    expect(sent.map(({ method }) => method)).toEqual(['POST']);
    await rejection(sendJson(config, { path: '/key' }));
    expect(sent).toHaveLength(4);
  });

  test('a connection that fails is told with where it went, without the key', async () => {
    const { config } = serve(() => Promise.reject(new TypeError(`refused ${KEY}`)), { retry: false });
    const error = await rejection(sendChat(config, { body, options: { headers: { messages: String(messages.length) } } }));
    expect(NetworkError.isInstance(error) && [error.url, error.message]).toEqual(['https://openrouter.ai/api/v1/chat/completions', 'Request failed: refused [redacted]']);
  });
});

describe('lint', () => {
  test('sees whether the answer is to be a stream', async () => {
    const seen: unknown[] = [];
    const { config } = serve(() => answer(), { lint: ({ stream }) => [void seen.push(stream)].flatMap(() => []) });
    await sendChat(config, { body });
    await openChat(config, { body });
    expect(seen).toEqual([undefined, true]);
  });

  test('adds what a linter finds in the body and headers that are sent', async () => {
    const told: string[] = [];
    const { config } = serve(() => answer(), { lint: lintRequest, headers: { 'X-Title': 'app' }, hooks: { onWarning: ({ code }) => told.push(code) } });
    const { warnings } = await sendChat(config, { body: { ...body, transforms: ['middle-out'], provider: { maxPrice: { prompt: 0.00000125 } } } });
    expect(warnings.map(({ code }) => code).sort()).toEqual(['price-per-token', 'transforms', 'x-title']);
    expect(told.sort()).toEqual(['price-per-token', 'transforms', 'x-title']);
  });

  test('is off unless given', async () => {
    const { config } = serve(() => answer());
    expect((await sendChat(config, { body: { ...body, transforms: ['middle-out'] } })).warnings).toEqual([]);
  });
});
