import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { layerPolicy, type PolicyOptions } from '../../src/policy/layer-policy.js';
import { createReport } from '../../src/policy/report.js';
import type { RouteName } from '../../src/policy/routes.js';
import type { RequestLayer } from '../../src/request/layers.js';
import { type ResolvedRequest, resolveRequest } from '../../src/request/resolve-request.js';

const SECRET = 'the launch is on the fourth of may';
const messages = [{ role: 'user', content: SECRET }];
const request = { model: 'openai/gpt-5.1', messages };

const client = (rest: Partial<RequestLayer>): RequestLayer => ({ name: 'client', ...rest });
const call = (rest: Partial<RequestLayer>): RequestLayer => ({ name: 'call', ...rest });
const json = (text: string): Record<string, unknown> => JSON.parse(text);
const sent = (layers: readonly RequestLayer[], body: Record<string, unknown> = request): unknown => resolveRequest(layers, body).windows[0]?.body;

function refusal(run: () => ResolvedRequest): { error: Error; paths: readonly string[] } {
  try {
    run();
  } catch (error) {
    if (InvalidOptionsError.isInstance(error)) return { error, paths: error.issues.map((one) => one.path) };
    if (PolicyConflictError.isInstance(error)) return { error, paths: [error.field] };
    throw error;
  }
  throw new Error('nothing was thrown');
}
const refused = (layers: readonly RequestLayer[], body: Record<string, unknown> = request): readonly string[] => {
  const { error, paths } = refusal(() => resolveRequest(layers, body));
  expect(JSON.stringify(error) + String(error)).not.toContain(SECRET);
  return paths;
};

describe('resolveRequest', () => {
  it('leaves a plain request as it is', () => {
    expect(resolveRequest([], request)).toEqual({
      windows: [{ models: ['openai/gpt-5.1'], body: request }],
      requested: ['openai/gpt-5.1'],
      policy: {},
      provider: undefined,
      overruled: [],
      warnings: [],
    });
  });

  it('folds every layer, the request last', () => {
    const resolved = resolveRequest(
      [client({ provider: { zdr: true, sort: 'price', ignore: ['azure'] } }), { name: 'model', provider: { data_collection: 'deny' } }, call({ provider: { sort: 'latency' } })],
      { ...request, provider: { zdr: false, maxPrice: { prompt: 1 } } },
    );
    const provider = { zdr: true, data_collection: 'deny', ignore: ['azure'], sort: 'latency', max_price: { prompt: 1 } };
    expect(resolved.provider).toEqual(provider);
    expect(resolved.windows[0]?.body).toEqual({ ...request, provider });
    expect(resolved.overruled).toEqual([{ field: 'zdr', layer: 'request', asked: false, effective: true }]);
  });

  it('takes the fields of raw bodies, the inner ones last, and drops undefined ones', () => {
    expect(sent([client({ body: { temperature: 1, top_p: 0.5, seed: 1 } }), call({ body: { temperature: 0 } })], { ...request, seed: undefined, top_p: null })).toEqual({
      ...request,
      temperature: 0,
      seed: 1,
      top_p: null,
    });
  });

  it('leaves stream to the transport', () => {
    expect(sent([], { ...request, stream: true })).toEqual(request);
  });

  it('replaces the models of an outer layer', () => {
    expect(sent([client({ models: ['a/a'] }), call({ models: ['b/b', 'c/c'] })])).toEqual({ ...request, models: ['b/b', 'c/c'] });
    expect(sent([client({ models: ['a/a'] }), call({ models: null })])).toEqual({ ...request, models: ['a/a'] });
    expect(sent([client({ models: ['a/a'] }), call({ models: [] })])).toEqual(request);
    expect(sent([client({ models: ['a/a'] })], { ...request, models: ['d/d'] })).toEqual({ ...request, models: ['d/d'] });
    expect(sent([client({ models: ['a/a'] }), call({ body: { models: ['e/e'] } })])).toEqual({ ...request, models: ['e/e'] });
  });

  it('gathers warnings of every layer', () => {
    const { warnings } = resolveRequest([client({ provider: { ignore: ['Azure'] } })], { ...request, provider: { only: ['new-cloud'] } });
    expect(warnings.map((one) => [one.code, one.path])).toEqual([
      ['display-name', 'provider.ignore[0]'],
      ['unknown-provider', 'provider.only[0]'],
    ]);
  });
});

describe('a raw body', () => {
  it.each(['model', 'messages', 'stream'])('cannot set %s', (field) => {
    for (const value of ['openai/gpt-5.1', messages, true, null]) expect(refused([call({ path: 'extraBody', body: { [field]: value } })])).toContain(`extraBody.${field}`);
  });

  it('cannot weaken a guardrail', () => {
    const guarded = client({ provider: { zdr: true, only: ['azure', 'openai'], max_price: { prompt: 1 } } });
    const raw = call({ body: { provider: { zdr: false, only: ['openai'], maxPrice: { prompt: 9 } } } });
    expect(sent([guarded, raw])).toMatchObject({ provider: { zdr: true, only: ['openai'], max_price: { prompt: 1 } } });
    expect(resolveRequest([guarded, raw], request).overruled.map((one) => one.field)).toEqual(['zdr', 'max_price.prompt']);
    expect(refused([guarded, call({ body: { provider: { only: ['groq'] } } })])).toEqual(['provider.only']);
    expect(sent([guarded, call({ body: { provider: null } })])).toMatchObject({ provider: { zdr: true } });
  });

  it.each(['zdr', '[]', 1, true])('cannot carry %j for preferences', (provider) => {
    expect(refused([client({ provider: { zdr: true } }), call({ body: { provider } })])).toEqual(['provider']);
    expect(refused([client({ provider: { zdr: true } })], { ...request, provider })).toEqual(['provider']);
  });

  it.each([
    ['max_price', { prompt: 1 }], ['maxPrice', { prompt: 1 }], ['only', ['azure']], ['order', ['azure']], ['ignore', ['azure']], ['sort', 'price'],
    ['zdr', true], ['data_collection', 'deny'], ['dataCollection', 'deny'], ['allow_fallbacks', false], ['allowFallbacks', false],
    ['require_parameters', true], ['requireParameters', true], ['quantizations', ['fp8']], ['enforceDistillableText', true],
    ['allowedModels', ['a/*']], ['allowed_models', ['a/*']], ['region', 'eu'], ['acknowledge', ['cached-zdr']],
  ])('cannot carry %s at its top level, where it would have no effect', (field, value) => {
    expect(refused([], { ...request, [field]: value })).toEqual([field]);
    expect(refused([call({ path: 'extraBody', body: { [field]: value } })])).toEqual([`extraBody.${field}`]);
  });

  it.each<[string, unknown]>([['text', `{"messages":"${SECRET}"}`], ['a list', [{ zdr: true }]], ['a number', 1]])('cannot be %s, and is not shown', (_, body) => {
    expect(refused([call({ body: JSON.parse(JSON.stringify(body)) })])).toEqual(['body']);
  });

  it('may hold keys of the prototype without touching it', () => {
    const hostile = json('{"__proto__":{"zdr":false,"messages":[],"stream":true,"preset":"x"},"constructor":{"prototype":{"zdr":false}},"provider":{"zdr":true}}');
    expect(Object.keys(json(JSON.stringify(sent([call({ body: hostile })]))))).toEqual(['model', '__proto__', 'constructor', 'messages', 'provider']);
    expect(refused([call({ body: json('{"__proto__":{"messages":[{"role":"user"}]}}') })], { model: 'a/a' })).toEqual(['messages']);
    expect(refused([call({ body: json('{"provider":{"__proto__":{"zdr":true}}}') })])).toEqual(['provider.__proto__']);
    expect(refused([call({ body: json('{"provider":{"constructor":{"zdr":true}}}') })])).toEqual(['provider.constructor']);
    expect({}).not.toHaveProperty('zdr');
  });

  it('is checked on the reading that is sent', () => {
    let reads = 0;
    const turning: RequestLayer = {
      name: 'call',
      get body(): Record<string, unknown> {
        reads += 1;
        return reads === 1 ? { seed: 1 } : { model: 'b/b', messages: [], zdr: false };
      },
    };
    expect(sent([turning])).toEqual({ ...request, seed: 1 });
    const names = ['azure'];
    const provider = new Proxy({ only: names }, { get: (target, key) => (key === 'only' ? [...names] : Reflect.get(target, key)) });
    const { windows } = resolveRequest([client({ provider })], request);
    names.push('openai');
    expect(windows[0]?.body.provider).toEqual({ only: ['azure'] });
  });
});

describe('presets', () => {
  const guarded = client({ provider: { zdr: true } });
  const preset = { model: 'openai/gpt-5.1@preset/email', messages };

  it('are refused beside preferences, which would replace their own', () => {
    expect(refused([guarded], preset)).toEqual(['preset']);
    expect(refused([guarded], { ...request, models: ['a/b@preset/x'] })).toEqual(['preset']);
    expect(refused([guarded], { ...request, preset: 'email' })).toEqual(['preset']);
    expect(refused([guarded, call({ body: { preset: 'email' } })])).toEqual(['preset']);
    expect(refused([], { ...request, preset: { slug: 'email' }, provider: { sort: 'price' } })).toEqual(['preset']);
    expect(refused([client({ allowedModels: ['openai/*'] })], preset)).toEqual(['preset']);
    expect(refused([client({ models: [{ model: 'a/b@preset/x', maxPrice: { prompt: 1 } }] })])).toEqual(['preset']);
  });

  it('pass without preferences, or acknowledged', () => {
    expect(sent([], preset)).toEqual(preset);
    expect(sent([{ ...guarded, acknowledge: ['preset-override'] }], preset)).toEqual({ ...preset, provider: { zdr: true } });
    expect(sent([guarded, call({ acknowledge: ['preset-override'] })], preset)).toEqual({ ...preset, provider: { zdr: true } });
    expect(refused([guarded, call({ acknowledge: ['cached-zdr'] })], preset)).toEqual(['preset']);
  });

  it('may opt in to service tiers, so that ignored providers are spelt out', () => {
    expect(sent([client({ provider: { ignore: ['openai'] }, acknowledge: ['preset-override'] })], preset)).toMatchObject({
      provider: { ignore: ['openai', 'openai/flex', 'openai/priority'] },
    });
  });
});

describe('service tiers', () => {
  const ignoring = [client({ provider: { ignore: ['openai'] } })];
  const all = { provider: { ignore: ['openai', 'openai/flex', 'openai/priority'] } };

  it.each(['flex', 'priority', 'fast', 'scale', 'new-tier'])('service_tier %s spells out the tiers of what is ignored', (tier) => {
    expect(sent(ignoring, { ...request, service_tier: tier })).toMatchObject(all);
    expect(sent([...ignoring, call({ body: { service_tier: tier } })])).toMatchObject(all);
  });

  it.each(['a/b:nitro', 'a/b:floor', 'a/b:free:floor'])('so does %s, also as a fallback', (id) => {
    expect(sent(ignoring, { ...request, model: id })).toMatchObject(all);
    expect(sent(ignoring, { ...request, models: [id] })).toMatchObject(all);
  });

  it('nothing else does', () => {
    for (const tier of ['default', 'auto', null]) expect(sent(ignoring, { ...request, service_tier: tier })).toMatchObject({ provider: { ignore: ['openai'] } });
    expect(sent(ignoring, { ...request, model: 'a/b:free' })).toMatchObject({ provider: { ignore: ['openai'] } });
  });
});

describe('allowedModels', () => {
  it('bounds what any layer chooses', () => {
    const bound = client({ allowedModels: ['openai/*'] });
    expect(sent([bound])).toEqual(request);
    expect(refused([bound], { ...request, model: 'a/a' })).toEqual(['allowedModels']);
    expect(refused([bound], { ...request, models: ['a/a'] })).toEqual(['allowedModels']);
    expect(refused([bound, call({ models: ['a/a'] })])).toEqual(['allowedModels']);
    expect(refused([bound, call({ body: { models: [{ model: 'a/a' }] } })])).toEqual(['allowedModels']);
    expect(refused([bound, call({ body: { tools: [{ type: 'openrouter:advisor', parameters: { model: 'a/a' } }] } })])).toEqual(['allowedModels']);
    expect(refused([bound], { messages })).toEqual(['allowedModels']);
    expect(refused([bound, call({ allowedModels: ['anthropic/*'] })])).toEqual(['allowedModels']);
  });
});

describe('routes', () => {
  const on = (route: RouteName, provider: PolicyOptions['provider'], models?: RequestLayer['models']): ResolvedRequest =>
    resolveRequest([client({ provider, models })], { model: 'a/b', prompt: 'A tree' }, { route });

  it('confine the policy to what they honour', () => {
    expect(on('images', { sort: 'price', ignore: ['azure'], zdr: false }).windows[0]?.body).toEqual({ model: 'a/b', prompt: 'A tree', provider: { sort: 'price', ignore: ['azure'] } });
    expect(refusal(() => on('images', { zdr: true })).paths).toEqual(['provider.zdr']);
    expect(refusal(() => on('speech', { only: ['azure'] })).paths).toEqual(['provider.only']);
  });

  it('send fallback models only where they are a field', () => {
    const { windows, requested, warnings } = on('embeddings', {}, ['c/d', 'e/f', 'g/h', 'i/j']);
    expect(windows.map(({ body }) => body)).toEqual([{ model: 'a/b', prompt: 'A tree' }]);
    expect(requested).toEqual(['a/b']);
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([['not-honoured', 'models']]);
    expect(on('completions', {}, ['c/d']).windows[0]?.body.models).toEqual(['c/d']);
  });

  it('hold the limits of a single model to that too', () => {
    expect(refusal(() => on('images', {}, [{ model: 'a/b', maxPrice: { image: 1 } }])).paths).toEqual(['provider.max_price']);
    expect(on('embeddings', {}, [{ model: 'a/b', maxPrice: { prompt: 1 } }]).windows[0]?.body.provider).toEqual({ max_price: { prompt: 1 } });
  });
});

describe('a wrong request', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['no messages', { model: 'a/b' }, ['messages']],
    ['a prompt beside messages', { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }], prompt: 'other' }, ['prompt']],
    ['empty messages', { model: 'a/b', messages: [] }, ['messages']],
    ['null messages', { model: 'a/b', messages: null }, ['messages']],
    ['text for messages', { model: 'a/b', messages: SECRET }, ['messages']],
    ['text for a message', { model: 'a/b', messages: [SECRET] }, ['messages[0]']],
    ['a message without a role', { model: 'a/b', messages: [...messages, { content: SECRET }] }, ['messages[1]']],
    ['effort and a budget', { ...request, reasoning: { effort: 'low', max_tokens: 5 } }, ['reasoning']],
    ['two efforts', { ...request, reasoning: { effort: 'low' }, reasoning_effort: 'high' }, ['reasoning_effort']],
    ['a model that is no text', { messages, model: { id: SECRET } }, ['model']],
    ['a model id that is none', { messages, model: 'gpt 5' }, ['model']],
    ['an empty model id', { messages, model: '' }, ['model']],
    ['a fallback that is none', { ...request, models: ['a/b', 'a b'] }, ['models[1]']],
    ['text for models', { ...request, models: 'a/b' }, ['models']],
    ['several at once', { messages: [], models: 1, provider: { zdr: 'yes', sort: 'quality' } }, ['models', 'provider.zdr', 'provider.sort', 'messages']],
  ])('%s', (_, body, paths) => {
    expect(refused([], body)).toEqual(paths);
  });

  it.each([
    [{ reasoning: { effort: 'low', max_tokens: null } }],
    [{ reasoning: { effort: 'low' }, reasoning_effort: 'low' }],
    [{ reasoning: null }],
  ])('%j is none', (fields) => {
    expect(sent([], { ...request, ...fields })).toEqual({ ...request, ...fields });
  });

  it('is told together with wrong layers, also with an acknowledgement that is no list', () => {
    const layers = [client({ provider: json('{"zdr":1}') }), call({ acknowledge: JSON.parse('"preset-override"') })];
    expect(refused(layers, { model: 'a/b', messages: [] })).toEqual(['provider.zdr', 'acknowledge', 'messages']);
  });
});

describe('layers', () => {
  it('are read at every call: what was resolved before stays as it was', () => {
    const only = ['azure'];
    const layers = [client({ provider: { only } })];
    const first = resolveRequest(layers, request);
    only.push('openai');
    expect(first.windows[0]?.body.provider).toEqual({ only: ['azure'] });
    expect(resolveRequest(layers, request).windows[0]?.body.provider).toEqual({ only: ['azure', 'openai'] });
  });

  it('may bring a policy parsed beforehand, which later changes of the options do not reach', () => {
    const options = { provider: { only: ['azure'], max_price: { prompt: 1 } }, allowedModels: ['openai/*'] };
    const layers = [client({ policy: layerPolicy(options, '', createReport()) })];
    options.provider.only.push('openai');
    options.provider.max_price.prompt = 100;
    options.allowedModels.push('*');
    expect(resolveRequest(layers, request).provider).toEqual({ only: ['azure'], max_price: { prompt: 1 } });
    expect(refused(layers, { ...request, model: 'a/a' })).toEqual(['allowedModels']);
  });

  it('lose nothing where they have both a parsed policy and options', () => {
    const both = client({ policy: { zdr: true }, provider: { data_collection: 'deny' } });
    expect(resolveRequest([both], request).provider).toEqual({ zdr: true, data_collection: 'deny' });
    expect(refused([client({ policy: {}, allowedModels: ['a/*'] })])).toEqual(['allowedModels']);
    expect(resolveRequest([client({ policy: {}, region: 'eu' })], request).policy.region).toBe('eu');
  });
});
