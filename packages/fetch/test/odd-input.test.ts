import { describe, expect, it } from 'vitest';
import { compareModels } from '../src/compare.js';
import { createOpenRouter, InvalidOptionsError, OpenRouterError } from '../src/index.js';
import { createPolicyFetch } from '../src/policy-fetch.js';
import { createProxyHandler } from '../src/proxy.js';
import { generateObject } from '../src/structured.js';
import { runTools } from '../src/tools.js';
import { answer, failure, fake, HELLO, json, KEY, rejection, REQUEST } from './kit.js';

// Everything here is what plain JavaScript can give, past the types.
const js = (value: unknown): never => value as never;

const pathsOf = (error: unknown): string[] => {
  if (!InvalidOptionsError.isInstance(error)) throw error;
  return error.issues.map(({ path }) => path);
};
const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
};

describe.each([['createOpenRouter', createOpenRouter], ['createPolicyFetch', createPolicyFetch], ['createProxyHandler', createProxyHandler]])('%s', (_, create) => {
  it.each([[null], [KEY], [5], [[]]])('refuses %j in place of options, and does not show it', (given) => {
    const error = thrown(() => create(js(given)));
    expect(pathsOf(error)).toEqual(['options']);
    expect(String(error)).not.toContain(KEY);
  });

  it.each([
    [{ hooks: { onFinish: true } }, 'hooks.onFinish'],
    [{ hooks: [{}, { onRetry: 'console' }] }, 'hooks.onRetry'],
    [{ headers: null }, undefined],
    [{ headers: 'x-a: b' }, 'headers'],
    [{ headers: new Headers({ 'x-a': 'b' }) }, 'headers'],
    [{ headers: [['x-a', 'b']] }, 'headers'],
    [{ extends: () => {} }, 'extends'],
  ])('%o is told at once', (options, path) => {
    if (path === undefined) expect(create(js(options))).toBeDefined();
    else expect(pathsOf(thrown(() => create(js(options))))).toEqual([path]);
  });
});

describe.each([['createPolicyFetch', createPolicyFetch], ['createProxyHandler', createProxyHandler]])('%s', (_, create) => {
  it.each([['retry', 3], ['retry', {}], ['maxConcurrent', 0], ['maxConcurrent', 5]])('refuses %s: %j, which would be ignored', (name, value) => {
    expect(pathsOf(thrown(() => create(js({ [name]: value }))))).toEqual([name]);
    expect(create(js({ [name]: undefined, retry: false }))).toBeDefined();
  });
});

describe('a client', () => {
  const openrouter = (): ReturnType<typeof fake> => fake([json(answer())]);

  it.each(['apiKey', 'baseURL', 'fetch', 'maxConcurrent', 'appTitle', 'debug', 'effects'])('is not given another %s by with(), which would be ignored', (name) => {
    const error = thrown(() => openrouter().openrouter.with(js({ [name]: KEY })));
    expect(pathsOf(error)).toEqual([name]);
    expect(String(error)).not.toContain(KEY);
    expect(openrouter().openrouter.with(js({ [name]: undefined }))).toBeDefined();
  });

  it.each([[undefined], [null], [5], ['x'], [{}], [{ chat: 5 }]])('that is %j is none for functions that take one', async (client) => {
    const calls = [
      runTools(js(client), REQUEST, { tools: {} }),
      generateObject(js(client), REQUEST, { schema: { type: 'object' } }),
      compareModels(js(client), REQUEST, ['a/b']),
    ];
    for (const call of calls) expect(pathsOf(await rejection(call))).toEqual(['client']);
  });

  it('refuses options that are none everywhere', async () => {
    const { openrouter: client, requests } = openrouter();
    for (const options of [5, 'POST', [], () => {}]) {
      const calls = [client.chat(REQUEST, js(options)), client.stream(REQUEST, js(options)).final(), client.request('/key', js(options)), client.key(js(options)), compareModels(client, REQUEST, ['a/b'], js(options))];
      for (const call of calls) expect(pathsOf(await rejection(call))).toEqual(['options']);
    }
    expect(requests).toHaveLength(0);
    await client.request('/key', js(null));
    await compareModels(client, REQUEST, ['a/b'], js(null));
    expect(requests).toHaveLength(2);
  });

  it.each([['x=1'], [5], [[['x', '1']]], [new URLSearchParams('x=1')], [new Map([['x', '1']])]])('refuses a query that would be lost: %o', async (query) => {
    const { openrouter: client, requests } = openrouter();
    for (const call of [client.request('/models', { query: js(query) }), client.models.list(js(query)), client.models.count(js(query))]) expect(pathsOf(await rejection(call))).toEqual(['query']);
    expect(requests).toHaveLength(0);
  });

  it('refuses what no query can hold, and leaves out what is null', async () => {
    const { openrouter: client, requests } = openrouter();
    expect(pathsOf(await rejection(client.request('/models', { query: js({ a: {}, b: 1n, c: 'x' }) })))).toEqual(['query.a', 'query.b']);
    expect(pathsOf(await rejection(client.models.list({ supported_parameters: js({}) })))).toEqual(['query.supported_parameters']);
    await client.request('/models', { query: { a: null, b: ['x', 'y'], c: false } });
    expect(requests.map(({ url }) => url.replace(/^.*\?/, ''))).toEqual(['b=x%2Cy&c=false']);
  });

  it('refuses what JSON has no word for, before anything is sent', async () => {
    const circular: Record<string, unknown> = { role: 'user', content: 'a secret prompt' };
    circular['self'] = circular;
    for (const options of [{}, { hooks: { onStart: (_: unknown, call: { body(): unknown }) => void call.body() } }]) {
      const { openrouter: client, requests } = fake([json(answer())], options);
      for (const request of [{ ...REQUEST, seed: 1n }, { ...REQUEST, messages: [circular] }]) {
        const error = await rejection(client.chat(js(request)));
        expect(pathsOf(error)).toEqual(['request']);
        expect(String(error)).not.toContain('secret');
      }
      expect(pathsOf(await rejection(client.request('/keys', { body: { limit: 1n } })))).toEqual(['request']);
      expect(requests).toHaveLength(0);
    }
  });

  it('takes an answer without a body for one', async () => {
    const { openrouter: client } = fake([() => new Response(null, { status: 204, headers: { 'x-request-id': 'r' } })]);
    expect(await client.request('/keys/abc', { method: 'DELETE' })).toMatchObject({ body: undefined, status: 204, headers: { 'x-request-id': 'r' } });
    expect(await rejection(client.key())).toMatchObject({ name: 'APIError', message: 'The answer of /key has no data' });
    const { openrouter: empty } = fake([() => new Response('', { headers: { 'content-type': 'application/json' } })], { retry: false });
    expect(OpenRouterError.isInstance(await rejection(empty.request('/key')))).toBe(true);
  });

  it('keeps what a call leaves undefined of its retries', async () => {
    const { openrouter: client, requests } = fake([failure(500, 'no')], { retry: { maxRetries: 3 } });
    await rejection(client.chat(REQUEST, { retry: js({ maxRetries: undefined, baseDelayMs: 1 }) }));
    expect(requests).toHaveLength(4);
    expect(pathsOf(await rejection(client.chat(REQUEST, { retry: { retryOn: js(5) } })))).toEqual(['retry.retryOn']);
  });

  it('makes a response of a stream whatever is said of its init', async () => {
    const { openrouter: client } = fake([HELLO()]);
    expect(await client.stream(REQUEST).toResponse(js(null)).text()).toContain('Hel');
  });
});
