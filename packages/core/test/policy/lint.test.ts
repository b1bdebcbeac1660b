import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintPath } from '../../src/policy/lint-path.js';
import { lintRequest } from '../../src/policy/lint.js';

type Body = Record<string, unknown>;
const messages = [{ role: 'user', content: 'a prompt that is nobody else’s business' }];
const model = 'openai/gpt-5.1';

const lint = (body: Body, context?: Parameters<typeof lintRequest>[1]): string[] =>
  lintRequest({ model, messages, ...body }, context).map(({ code, path }) => `${code} ${path}`);
const suggestionOf = (body: Body): string | undefined => lintRequest({ model, messages, ...body })[0]?.suggestion;

describe('sound requests', () => {
  const sound: [string, Body][] = [
    ['a plain call', {}],
    ['all guardrails', { provider: { zdr: true, data_collection: 'deny', only: ['azure'], quantizations: ['fp8'], require_parameters: true } }],
    ['prices per million, also free and cheap ones', { provider: { max_price: { prompt: 0, completion: 0.02, request: 0.001, image: 0.004 } } }],
    ['latency in seconds', { provider: { preferred_max_latency: { p50: 1.5, p99: 60 } } }],
    ['camelCase preferences, which are printed in wire spelling', { provider: { dataCollection: 'deny' } }],
    ['three fallbacks', { models: ['a/b', 'c/d', 'e/f'] }],
    ['a variant with the sort that it stands for', { model: 'a/b:nitro', provider: { sort: 'throughput' } }],
    ['a variant that this version does not know', { model: 'a/b:somethingelse' }],
    ['a preset alone', { model: '@preset/code' }],
    ['an alias', { model: '~anthropic/claude-latest' }],
    [':thinking where it exists', { model: 'qwen/qwen3:thinking' }],
    [':nitro with another service tier', { model: 'a/b:nitro', service_tier: 'priority' }],
    ['n of one, as SDKs send it', { n: 1 }],
    ['a field set to nothing', { transforms: null, route: undefined, stream_options: null }],
    ['options at the top level, which may be anything', { options: {} }],
    ['a disabled plugin', { plugins: [{ id: 'web', enabled: false }] }],
    ['web search without a privacy guardrail', { tools: [{ type: 'openrouter:web_search' }] }],
    ['the native PDF engine under zdr', { provider: { zdr: true }, plugins: [{ id: 'file-parser', pdf: { engine: 'native' } }] }],
    ['a tool that stays inside, under zdr', { provider: { zdr: true }, tools: [{ type: 'openrouter:datetime' }, { type: 'function', function: { name: 'web_search' } }] }],
    ['healing of a whole JSON answer', { plugins: [{ id: 'response-healing' }], response_format: { type: 'json_object' } }],
  ];
  it.each(sound)('%s: nothing to tell', (_, body) => {
    expect(lintRequest({ model, messages, ...body })).toEqual([]);
  });
});

describe('provider', () => {
  it.each<[string, Body, string]>([
    ['price per token', { max_price: { prompt: 0.00000125 } }, 'price-per-token provider.max_price.prompt'],
    ['price per token as text', { max_price: { completion: '0.00001' } }, 'price-per-token provider.max_price.completion'],
    ['price per thousand', { max_price: { prompt: 0.00125 } }, 'price-per-thousand provider.max_price.prompt'],
    ['sort by quality', { sort: 'quality' }, 'sort-quality provider.sort'],
    ['sort by quality, long form', { sort: { by: 'quality' } }, 'sort-quality provider.sort.by'],
    ['variant in order', { order: [':floor'] }, 'variant-as-provider provider.order[0]'],
    ['variant in only', { only: ['openai', ':nitro'] }, 'variant-as-provider provider.only[1]'],
    ['threshold without prefix', { min_throughput: 50 }, 'threshold-name provider.min_throughput'],
    ['threshold without prefix', { max_latency: 2 }, 'threshold-name provider.max_latency'],
    ['threshold without prefix, camelCase', { maxLatency: 2 }, 'threshold-name provider.maxLatency'],
    ['latency in milliseconds', { preferred_max_latency: 1500 }, 'latency-in-ms provider.preferred_max_latency'],
    ['latency in milliseconds', { preferred_max_latency: { p50: 1, p90: 3000 } }, 'latency-in-ms provider.preferred_max_latency.p90'],
    ['route inside', { route: 'fallback' }, 'route provider.route'],
    ['a misspelt value', { data_collection: 'denyy' }, 'invalid-preference provider.data_collection'],
    ['a misspelt provider', { ignore: ['opnai'] }, 'invalid-preference provider.ignore[0]'],
    ['a display name', { ignore: ['Azure'] }, 'display-name provider.ignore[0]'],
    ['an unknown provider', { only: ['brand-new-cloud'] }, 'unknown-provider provider.only[0]'],
    ['sort beside order', { sort: 'price', order: ['azure'] }, 'sort-with-order provider.sort'],
    ['a provider both listed and ignored', { only: ['azure', 'openai'], ignore: ['openai'] }, 'listed-and-ignored provider.only'],
    ['a tier of an ignored provider', { order: ['openai/flex', 'azure'], ignore: ['openai'] }, 'listed-and-ignored provider.order'],
  ])('%s', (_, provider, warning) => {
    expect(lint({ provider })).toEqual([warning]);
  });

  it('says what number was probably meant', () => {
    expect(suggestionOf({ provider: { max_price: { prompt: 0.0000025 } } })).toBe('write 2.5');
    expect(suggestionOf({ provider: { max_price: { prompt: 0.0025 } } })).toBe('write 2.5');
    expect(suggestionOf({ provider: { preferred_max_latency: 1500 } })).toBe('write 1.5');
  });

  it('tells apart what sort does beside order', () => {
    const told = (provider: Body): string | undefined => lintRequest({ model, messages, provider })[0]?.message;
    expect(told({ sort: 'price', order: ['azure'] })).toContain('what is left');
    expect(told({ sort: 'price', order: ['azure'], allow_fallbacks: false })).toContain('nothing');
  });

  it('is told of when it stands at the top level', () => {
    expect(lint({ max_price: { prompt: 1 }, order: ['azure'], sort: 'price', dataCollection: 'deny' })).toEqual([
      'misplaced-preference max_price',
      'misplaced-preference order',
      'misplaced-preference sort',
      'misplaced-preference dataCollection',
    ]);
    expect(suggestionOf({ dataCollection: 'deny' })).toBe('provider: { data_collection: … }');
    expect(lint({ min_throughput: 10, max_latency: 2 })).toEqual(['threshold-name min_throughput', 'threshold-name max_latency']);
  });
});

describe('models', () => {
  it.each<[string, Body, string[]]>([
    ['more than three', { models: ['a/b', 'c/d', 'e/f', 'g/h'] }, ['too-many-models models']],
    ['a list that is none', { models: 'a/b' }, ['invalid-models models']],
    ['one twice', { models: ['c/d', model] }, ['repeated-model models[1]']],
    ['no author', { model: 'gpt-4o' }, ['bare-model-id model']],
    ['not an id', { model: 'a b' }, ['invalid-model-id model']],
    ['not a string', { model: 4 }, ['invalid-model-id model']],
    ['a misspelt variant', { models: ['a/b:nitor'] }, ['unknown-variant models[0]']],
    [':online', { model: 'a/b:free:online' }, ['online-variant model']],
    [':thinking on Claude', { model: 'anthropic/claude-sonnet-4.6:thinking' }, ['thinking-variant model']],
    [':free without data collection', { model: 'a/b:free', provider: { data_collection: 'deny' } }, ['free-with-deny model']],
    [':nitro with order', { model: 'a/b:nitro', provider: { order: ['azure'] } }, ['tier-lost model']],
    [':floor with the default tier', { model: 'a/b:floor', service_tier: 'default' }, ['tier-lost model']],
    ['a variant against sort', { model: 'a/b:nitro', provider: { sort: 'price' } }, ['variant-and-sort model']],
    ['a variant against the long form', { model: 'a/b:exacto', provider: { sort: { by: 'latency' } } }, ['variant-and-sort model']],
    ['a variant against another', { model: 'a/b:floor:nitro' }, ['variant-and-sort model']],
    ['fallbacks that one provider must serve', { models: ['a/b'], provider: { order: ['azure'], allow_fallbacks: false } }, ['models-behind-one-provider models']],
  ])('%s', (_, body, warnings) => {
    expect(lint(body)).toEqual(warnings);
  });

  it('guesses the author of well-known bare ids', () => {
    const of = (id: string): string | undefined => suggestionOf({ model: id });
    expect(of('gpt-4o')).toBe('write "openai/gpt-4o"');
    expect(of('o3')).toBe('write "openai/o3"');
    expect(of('claude-sonnet-4.6')).toBe('write "anthropic/claude-sonnet-4.6"');
    expect(of('whatever')).toBe('write "author/whatever"');
  });

  it('reads the model of an entry with limits', () => {
    expect(lint({ models: [{ model: 'gpt-4o', timeout: 1000 }] })).toEqual(['bare-model-id models[0]']);
  });
});

describe('other fields', () => {
  it.each<[string, Body, string]>([
    ['route', { route: 'fallback', models: ['a/b'] }, 'route route'],
    ['transforms', { transforms: ['middle-out'] }, 'transforms transforms'],
    ['usage', { usage: { include: true } }, 'usage-no-op usage'],
    ['stream_options', { stream: true, stream_options: { include_usage: true } }, 'usage-no-op stream_options'],
    ['include_reasoning', { include_reasoning: false }, 'include-reasoning include_reasoning'],
    ['n', { n: 2 }, 'unsupported-n n'],
    ['fallbacks', { fallbacks: [{ model: 'a/b' }] }, 'fallbacks-on-chat fallbacks'],
    ['camelCase', { maxTokens: 100 }, 'camel-case maxTokens'],
    ['our own options', { allowedModels: ['a/*'] }, 'misplaced-option allowedModels'],
    ['no messages', { messages: [] }, 'no-messages messages'],
    ['two ways of effort', { reasoning: { effort: 'low', max_tokens: 1000 } }, 'reasoning-both reasoning'],
    ['two efforts', { reasoning: { effort: 'low' }, reasoning_effort: 'high' }, 'reasoning-differs reasoning_effort'],
    ['a schema that may be ignored', { response_format: { type: 'json_schema', json_schema: { name: 'x' } } }, 'format-not-required response_format'],
    ['spoken answers without a stream', { modalities: ['text', 'audio'] }, 'audio-without-stream modalities'],
    ['the web plugin', { plugins: [{ id: 'web' }] }, 'web-plugin plugins'],
    ['pdf-text', { plugins: [{ id: 'file-parser', pdf: { engine: 'pdf-text' } }] }, 'pdf-text plugins'],
    ['healing in a stream', { stream: true, response_format: { type: 'json_object' }, plugins: [{ id: 'response-healing' }] }, 'healing-with-stream plugins'],
    ['healing of free text', { plugins: [{ id: 'response-healing' }] }, 'healing-without-format plugins'],
  ])('%s', (_, body, warning) => {
    expect(lint(body)).toEqual([warning]);
  });

  it('writes the field of the API for a camelCase one', () => {
    expect(suggestionOf({ maxCompletionTokens: 100 })).toBe('write max_completion_tokens');
  });

  it('leaves the rules of chat out for other routes', () => {
    const body = { n: 4, fallbacks: [{ model: 'a/b' }], messages: undefined };
    expect(lint(body)).toHaveLength(3);
    expect(lint(body, { path: '/api/v1/chat/completions' })).toHaveLength(3);
    expect(lint(body, { path: '/images' })).toEqual([]);
    expect(lint({ ...body, zdr: true }, { path: '/images' })).toEqual(['misplaced-preference zdr']);
  });
});

describe('what leaves the policy', () => {
  it.each<[string, Body, string]>([
    ['the search tool', { tools: [{ type: 'openrouter:web_search' }] }, 'leaves-policy tools'],
    ['its shorthand', { tools: [{ type: 'web_search_preview' }] }, 'leaves-policy tools'],
    ['the fetch tool', { tools: [{ type: 'openrouter:web_fetch', parameters: { engine: 'exa' } }] }, 'leaves-policy tools'],
    ['the fetch plugin', { plugins: [{ id: 'web-fetch' }] }, 'leaves-policy plugins'],
    ['a PDF engine', { plugins: [{ id: 'file-parser', pdf: { engine: 'mistral-ocr' } }] }, 'leaves-policy plugins'],
    [':online', { models: ['a/b:online'] }, 'leaves-policy model'],
  ])('%s', (_, body, warning) => {
    expect(lint({ ...body, provider: { zdr: true } })).toContain(warning);
    expect(lint({ ...body, provider: { data_collection: 'deny' } })).toContain(warning);
    expect(lint(body)).not.toContain(warning);
  });
});

describe('headers', () => {
  it.each<[Record<string, string>, string]>([
    [{ 'X-Title': 'App' }, 'x-title X-Title'],
    [{ 'x-openrouter-experimental-metadata': 'enabled' }, 'metadata-header x-openrouter-experimental-metadata'],
    [{ 'X-OpenRouter-Categories': 'legal,game,roleplay' }, 'too-many-categories X-OpenRouter-Categories'],
  ])('%j', (headers, warning) => {
    expect(lint({}, { headers })).toEqual([warning]);
    expect(lint({}, { headers: new Headers(headers) })).toEqual([warning.toLowerCase()]);
  });

  it('tells of a cache that keeps what zdr asks not to be kept', () => {
    const headers = { 'X-OpenRouter-Cache': 'true' };
    expect(lint({ provider: { zdr: true } }, { headers })).toEqual(['cached-zdr X-OpenRouter-Cache']);
    expect(lint({}, { headers })).toEqual([]);
  });

  it('passes the current names', () => {
    expect(lint({}, { headers: { 'X-OpenRouter-Title': 'App', 'X-OpenRouter-Categories': 'legal,game', 'X-OpenRouter-Metadata': 'enabled' } })).toEqual([]);
  });
});

describe('paths', () => {
  it.each([
    ['/auth/key', 'auth-key-path', 'GET /key'],
    ['https://openrouter.ai/api/v1/auth/key?x=1', 'auth-key-path', 'GET /key'],
    ['/api/v1/generation/gen-123', 'generation-path', 'GET /generation?id=…'],
    ['models/openai/gpt-5.1', 'model-path', 'GET /model/{author}/{slug}, or /models/{author}/{slug}/endpoints'],
    ['/presets/code/chat/completions', 'preset-path', 'POST /chat/completions with preset: "…"'],
  ])('%s', (path, code, suggestion) => {
    expect(lintPath(path)).toEqual([expect.objectContaining({ code, suggestion })]);
    expect(lint({}, { path })).toContain(`${code} ${lintPath(path)[0]?.path}`);
  });

  it.each(['/key', '/auth/keys', '/auth/keys/code', '/generation?id=gen-1', '/generation/content?id=gen-1', '/generation/feedback',
    '/models', '/models/user', '/models/count', '/models/a/b/endpoints', '/model/a/b', '/chat/completions', ''])('%s is right', (path) => {
    expect(lintPath(path)).toEqual([]);
  });
});

describe('of any request', () => {
  const KEYS = ['model', 'models', 'messages', 'provider', 'plugins', 'tools', 'response_format', 'modalities', 'reasoning', 'service_tier',
    'stream', 'n', 'constructor', 'toString'];

  it('throws nothing and changes nothing', () => {
    const value = fc.oneof(fc.jsonValue(), fc.anything(), fc.array(fc.record({ id: fc.anything(), type: fc.anything(), pdf: fc.anything() })));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KEYS), value), (body) => {
        const keys = Object.keys(body);
        for (const warning of lintRequest(body)) expect(warning).toEqual(expect.objectContaining({ code: expect.any(String), message: expect.any(String) }));
        expect(Object.keys(body)).toEqual(keys);
      }),
      { numRuns: 300 },
    );
  });

  it('shows no prompt', () => {
    const told = JSON.stringify(lintRequest({ messages, n: 3, maxTokens: 1, model: 'x', transforms: ['middle-out'], provider: { sort: 'quality' } }));
    expect(told).not.toContain('nobody');
  });
});
