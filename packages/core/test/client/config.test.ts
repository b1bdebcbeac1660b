import { describe, expect, test } from 'vitest';
import { type ClientConfig, createConfig, extendConfig } from '../../src/client/config.js';
import type { ClientOptions } from '../../src/client/options.js';
import { createResilience } from '../../src/client/resilience.js';
import { sendChat } from '../../src/client/send-chat.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import type { Warning } from '../../src/policy/policy.js';
import { KEY, rejection } from '../transport/kit.js';
import { answer, body, failure, serve } from './kit.js';

/** What is wrong with options that no compiler has seen. */
function issuesOf(options: unknown, make: (options: ClientOptions) => ClientConfig = (given) => createConfig(given, { resilience: createResilience })): Record<string, string> {
  try {
    // A caller in plain JavaScript may pass anything; that is what is tested.
    make(options as ClientOptions);
  } catch (error) {
    if (!InvalidOptionsError.isInstance(error)) throw error;
    return Object.fromEntries(error.issues.map(({ path, message }) => [path, message]));
  }
  return {};
}

describe('createConfig', () => {
  test('lists everything that is wrong at once', () => {
    const wrong = {
      apiKey: 5, baseURL: 'nope', fetch: 'x', timeout: -1, idleTimeout: 'x', deadline: Number.NaN, verify: 'always', receipt: 'long', retry: 'often',
      acknowledge: 5, models: 'a/b', provider: { zdr: 'yes' }, headers: { 'a b': 'x' }, cache: { ttl: 0 }, appCategories: 'cli',
    };
    expect(Object.keys(issuesOf(wrong)).sort()).toEqual([
      'acknowledge', 'apiKey', 'appCategories', 'baseURL', 'cache.ttl', 'deadline', 'fetch', 'headers.a b', 'idleTimeout', 'models', 'provider.zdr', 'receipt', 'retry', 'timeout', 'verify',
    ]);
    expect(issuesOf({ verify: 'always', apiKey: 5, fetch: 'x', timeout: 0 })).toEqual({
      verify: '"always" is not one of false, "throw", "strict"',
      apiKey: 'expected a string or a function, got number',
      fetch: 'expected a function, got string',
      timeout: 'expected milliseconds, more than 0, got 0',
    });
  });

  test.each([[{ retry: { maxRetries: -1 } }, 'retry.maxRetries'], [{ retry: { maxRetries: 1.5 } }, 'retry.maxRetries'], [{ retry: 2.5 }, 'retry.maxRetries'], [{ retry: { baseDelayMs: '5' } }, 'retry.baseDelayMs'], [{ retry: { maxDelayMs: Number.NaN } }, 'retry.maxDelayMs'], [{ retry: { budget: true } }, 'retry.budget'], [{ retry: { budget: { ratio: -1 } } }, 'retry.budget.ratio'], [{ maxConcurrent: 0 }, 'maxConcurrent'], [{ maxConcurrent: 1.5 }, 'maxConcurrent'], [{ maxConcurrent: '5' }, 'maxConcurrent'], [{ failover: 'never' }, 'failover'], [{ failover: { on: 'server' } }, 'failover'], [{ hooks: 5 }, 'hooks'], [{ hooks: [{}, 'x'] }, 'hooks'], [{ apiKey: ' ' }, 'apiKey'], [{ acknowledge: ['zdr'] }, 'acknowledge[0]']])('%j', (options, path) => {
    expect(Object.keys(issuesOf(options))).toEqual([path]);
  });

  test.each([['providers', 'provider'], ['provder', 'provider'], ['allowed_models', 'allowedModels'], ['regoin', 'region'], ['verfy', 'verify'], ['aknowledge', 'acknowledge']])(
    'a protecting option that is misspelt, %s, is not lost in silence',
    (name, meant) => {
      const options = { [name]: { zdr: true } };
      expect(issuesOf(options)).toEqual({ [name]: 'is not an option' });
      expect(issuesOf(options, (given) => extendConfig(createConfig(), 'model', given))).toEqual({ [name]: 'is not an option' });
      expect(() => createConfig(options)).toThrow(`did you mean "${meant}"?`);
    },
  );

  test.each([['zdr', 'zdr'], ['dataCollection', 'data_collection'], ['max_price', 'max_price'], ['only', 'only']])('a preference beside provider, %s, is not lost in silence', (name, field) => {
    const options = { [name]: true };
    expect(issuesOf(options)).toEqual({ [name]: 'has no effect at the top level' });
    expect(issuesOf(options, (given) => extendConfig(createConfig(), 'model', given))).toEqual({ [name]: 'has no effect at the top level' });
    expect(() => createConfig(options)).toThrow(`write provider: { ${field}: … }`);
    expect(issuesOf({ [name]: null })).toEqual({});
  });

  test.each(['extraBody', 'extra_body', 'modelKwargs', 'providerOptions'])('nor is a body that nobody reads: %s', (name) => {
    expect(issuesOf({ [name]: { provider: { zdr: true } } })).toEqual({ [name]: 'is not an option' });
  });

  test('headers are a plain object, or none', () => {
    expect(issuesOf({ headers: null })).toEqual({});
    for (const headers of [new Headers({ a: 'b' }), new Map([['a', 'b']]), ['a'], 'a: b']) expect(issuesOf({ headers })).toEqual({ headers: 'expected an object of texts by name' });
  });

  test('fields of every body carry numbers', () => {
    expect(issuesOf({ max_tokens: Number.NaN }, (fields) => extendConfig(createConfig(), 'model', {}, { ...fields }))).toEqual({ max_tokens: 'is NaN, which no request can carry' });
  });

  test('names of a framework are none of our business', () => {
    expect(issuesOf({ temperature: 1, verbose: true, model: 'a/b', callbacks: [], metadata: true, version: 'v1', reason: undefined })).toEqual({});
  });

  test('a key that no header can carry is refused, and not shown', () => {
    const issues = issuesOf({ apiKey: `${KEY}\nx-evil: 1` });
    expect(issues).toEqual({ apiKey: 'has characters that a header cannot carry, such as a line break' });
  });

  test.each([[undefined, {}], [false, undefined], [0, undefined], [3, { maxRetries: 3 }], [{ maxRetries: 1, baseDelayMs: 5 }, { maxRetries: 1, baseDelayMs: 5 }]] as const)('retry: %j', (retry, expected) => {
    expect(createConfig({ retry }, { resilience: createResilience }).retry).toEqual(expected);
    // not where a framework repeats calls
    expect(createConfig({ retry }).retry).toBeUndefined();
  });

  test('nothing changed later in what was given changes the client', async () => {
    const options = {
      provider: { only: ['azure'], max_price: { prompt: 5 }, options: { azure: { deep: { kept: true } } } },
      models: ['a/b'],
      allowedModels: ['openai/*', 'a/*'],
      headers: { 'x-app': 'one' },
      retry: { maxRetries: 1 },
      failover: { on: ['server' as const] },
      hooks: {},
      acknowledge: ['cached-zdr' as const],
      timeout: 1000,
    };
    const fields = { reasoning: { effort: 'high' } };
    const { config, sent } = serve(() => answer(), options, { body: fields });
    options.provider.only.push('openai');
    options.provider.max_price.prompt = 500;
    options.provider.options.azure.deep.kept = false;
    options.models.push('c/d');
    options.allowedModels.push('*');
    options.headers['x-app'] = 'two';
    options.retry.maxRetries = 9;
    options.failover.on.length = 0;
    options.hooks = { onRequest: () => expect.unreachable() };
    options.acknowledge.length = 0;
    options.timeout = 1;
    fields.reasoning.effort = 'low';
    await sendChat(config, { body });
    expect(sent[0]?.body).toEqual({
      ...body,
      models: ['a/b'],
      reasoning: { effort: 'high' },
      provider: { only: ['azure'], max_price: { prompt: 5 }, options: { azure: { deep: { kept: true } } } },
    });
    expect(sent[0]?.headers.get('x-app')).toBe('one');
    expect([config.retry, config.failover, config.limits]).toEqual([{ maxRetries: 1 }, { on: ['server'] }, { timeout: 1000 }]);
    expect(config.layers[0]).toMatchObject({ acknowledge: ['cached-zdr'], policy: { allowedModels: [['openai/*', 'a/*']] } });
  });
});

describe('what goes out with an answer', () => {
  /** Sets all there is to null, and adds to every list, as far as that can be done. */
  function spoil(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    Object.values(value).forEach(spoil);
    if (Array.isArray(value)) Reflect.set(value, value.length, '*');
    for (const key of Object.keys(value)) Reflect.set(value, key, null);
  }

  test.each([
    { zdr: true, ignore: ['openai'], quantizations: ['fp8' as const], max_price: { prompt: 1 }, options: { azure: { deep: { kept: true } } } },
    { zdr: true },
  ])('changes no later call, whatever is done to it: %j', async (provider) => {
    const models = ['c/d', { model: 'e/f', maxPrice: { completion: 2 } }];
    const outer = serve((call) => (call % 3 === 2 ? answer() : failure(502)), { provider, models, allowedModels: ['openai/*', 'c/*', 'e/*'], retry: false }, { body: { plugins: [{ id: 'web', max_results: 1 }] } });
    const config = extendConfig(outer.config, 'model', { provider: { sort: 'price' } });
    const bodies: unknown[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const call = { body: structuredClone(body), options: { provider: { zdr: false } } };
      const error = await rejection(sendChat({ ...config, failover: { on: [] } }, call));
      const { request, receipt, warnings } = await sendChat(config, call);
      bodies.push(outer.sent.splice(0).map((one) => one.body));
      [error, request, receipt, warnings].forEach(spoil);
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(JSON.stringify(bodies[0])).toContain('"completion":2');
  });
});

describe('extendConfig', () => {
  test('adds a layer inside: limits and headers replace, guardrails stay, verify only gets stricter', async () => {
    const { config: outer, sent } = serve(() => answer(), { provider: { zdr: true }, verify: 'throw', timeout: 1000, deadline: 5000, headers: { 'x-a': '1', 'x-b': '1' } });
    const inner = extendConfig(outer, 'model', { provider: { zdr: false, sort: 'price' }, timeout: 50, headers: { 'x-b': '2' }, verify: false }, { user: 'u' });
    expect([inner.limits, inner.verify, extendConfig(inner, 'x', { verify: 'strict' }).verify]).toEqual([{ timeout: 50, deadline: 5000 }, 'throw', 'strict']);
    await sendChat(inner, { body });
    expect(sent[0]?.body).toEqual({ ...body, user: 'u', provider: { zdr: true, sort: 'price' } });
    expect([sent[0]?.headers.get('x-a'), sent[0]?.headers.get('x-b')]).toEqual(['1', '2']);
    expect(outer.limits.timeout).toBe(1000);
  });

  test('checks as a client does, and tells the hook of what is odd', () => {
    const warnings: Warning[] = [];
    const config = createConfig({ hooks: { onWarning: (warning) => warnings.push(warning) } });
    expect(issuesOf({ timeout: 0, models: 5 }, (options) => extendConfig(config, 'model', options))).toHaveProperty('models');
    const extended = extendConfig(config, 'model', { provider: { only: ['Azure'] } });
    expect(warnings).toHaveLength(1);
    expect(extended.warnings).toEqual(warnings);
  });
});
