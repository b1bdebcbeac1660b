import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { usd } from '../../src/policy/price.js';
import { type EndpointListing, explain, planRoute, type RouteOptions, type RouteRequest } from '../../src/routing/index.js';
import { chances, listed, MODEL, plan, priced, tags } from './kit.js';

const WEATHER = { type: 'function', function: { name: 'weather' } } as const;
const SECRET = 'the prompt';
const PICTURE = [{ role: 'user' as const, content: [{ type: 'image_url' as const, image_url: { url: SECRET } }] }];
const KEPT = { zdr: true, dataPolicy: { retains: false, trains: false, publishes: false }, distillable: true, outputModalities: ['text'], inputModalities: ['text', 'image'] };

interface Case {
  readonly name: string;
  readonly request: RouteRequest;
  readonly step: string;
  readonly preference: string;
  readonly detail: string;
  readonly options?: RouteOptions;
  readonly by?: 'account';
}

const facts = (bad: object): RouteOptions => ({ facts: { good: KEPT, bad: { ...KEPT, ...bad } } });

// Of the endpoints `good` and `bad`, each keeps out the second.
const cases: readonly Case[] = [
  { name: 'zdr', request: { provider: { zdr: true } }, step: 'Filter by Data Policy', preference: 'zdr', detail: 'retains data', options: facts({ zdr: false }) },
  {
    name: 'data_collection', request: { provider: { data_collection: 'deny' } }, step: 'Filter by Data Policy', preference: 'data_collection',
    detail: 'stores prompts, trains on prompts', options: facts({ dataPolicy: { retains: true, trains: true, publishes: false } }),
  },
  {
    name: 'distillation', request: { provider: { enforce_distillable_text: true } }, step: 'Filter by Distillable Text', preference: 'enforce_distillable_text',
    detail: 'the author forbids distillation', options: facts({ distillable: false }),
  },
  { name: 'only', request: { provider: { only: ['good'] } }, step: 'Filter by Allowed Providers', preference: 'only', detail: 'bad is not among good' },
  { name: 'ignore', request: { provider: { ignore: ['bad'] } }, step: 'Filter by Ignored Providers', preference: 'ignore', detail: 'bad is ignored' },
  { name: 'quantizations', request: { provider: { quantizations: ['fp8'] } }, step: 'Filter by Quantization', preference: 'quantizations', detail: 'int4 is not among fp8' },
  {
    name: 'max_price', request: { provider: { max_price: { prompt: 1.5 } } }, step: 'Filter by Max Price', preference: 'max_price',
    detail: '$2 per million prompt tokens is above $1.5',
  },
  {
    name: 'max_price in camelCase and per token', request: { provider: { maxPrice: { prompt: usd.perToken('0.0000015') } } }, step: 'Filter by Max Price',
    preference: 'max_price', detail: '$2 per million prompt tokens is above $1.5',
  },
  { name: 'tools', request: { tools: [WEATHER] }, step: 'Filter by Tool Compatibility', preference: 'tools', detail: 'takes no tools' },
  { name: 'images', request: { messages: PICTURE }, step: 'Filter by Image Support', preference: 'messages', detail: 'takes no image input', options: facts({ inputModalities: ['text'] }) },
  { name: 'modalities', request: {}, step: 'Filter by Model Output Modalities', preference: 'modalities', detail: 'gives no text', options: facts({ outputModalities: ['rerank'] }) },
  {
    name: 'require_parameters', request: { temperature: 1, provider: { require_parameters: true } }, step: 'Filter by Parameters', preference: 'require_parameters',
    detail: 'does not support temperature',
  },
  { name: 'max_tokens', request: { max_tokens: 500 }, step: 'Filter by Parameters', preference: 'max_tokens', detail: 'gives at most 100 tokens, not 500' },
  {
    name: 'the output format, softly', request: { response_format: { type: 'json_schema', json_schema: { name: 'x' } } }, step: 'Filter by Parameters', preference: 'response_format',
    detail: 'does not support structured_outputs, which another endpoint of the model does',
  },
  { name: 'the context', request: { max_tokens: 50 }, step: 'Filter by Context Length', preference: 'max_tokens', detail: 'has a context of 1000 tokens, not 1030', options: { promptTokens: 980 } },
  { name: 'a prompt that fills the context', request: {}, step: 'Filter by Context Length', preference: 'messages', detail: 'has a context of 1000 tokens, not 1001', options: { promptTokens: 1001 } },
  { name: 'a closed list', request: { provider: { order: ['good'], allow_fallbacks: false } }, step: 'Filter by Fallback', preference: 'allow_fallbacks', detail: 'bad is not in order, and nothing else is tried' },
  { name: "the account's list", request: {}, step: 'Filter by Allowed Providers', preference: 'only', detail: 'bad is not among good', options: { account: { only: ['good'] } }, by: 'account' },
  { name: "the account's retention", request: {}, step: 'Filter by Guardrails', preference: 'zdr', detail: 'retains data', options: { ...facts({ zdr: false }), account: { zdr: true } }, by: 'account' },
  {
    name: 'an own key that is always used', request: {}, step: 'Add BYOK Endpoints', preference: 'byok', detail: 'the own key of bad is always used',
    options: { account: { byok: { bad: { use: 'fallback', always: true } } } }, by: 'account',
  },
];

describe('each filter', () => {
  const good = priced('good', 1, { quantization: 'mxfp8', max_completion_tokens: 1000 });
  const bad = priced('bad', 2, { quantization: 'int4', max_completion_tokens: 100, context_length: 1000, supported_parameters: ['max_tokens'] });

  it.each(cases)('$name tells what it drops and why', ({ request, step, preference, detail, options, by = 'request' }) => {
    const result = plan(request, [good, bad], options);
    const [passed] = result.funnel.filter(({ dropped }) => dropped.length > 0);
    expect(passed).toMatchObject({ step, dropped: [{ candidate: { tag: 'bad', byok: false }, findings: [{ step, preference, detail, by, verdict: 'excluded' }] }] });
    expect(tags(result)[0]).toBe('good');
    expect(JSON.stringify(result.funnel.flatMap(({ dropped }) => dropped.flatMap(({ findings }) => findings)))).not.toContain(SECRET);
  });

  it('reads a length by the context where no longest answer is listed, and the greater where two are given', () => {
    const short = priced('a', 1, { context_length: 1000 });
    expect(plan({ max_tokens: 1000 }, [short]).order).toHaveLength(1);
    expect(plan({ max_tokens: 1001 }, [short]).funnel.at(-1)?.dropped[0]?.findings).toMatchObject([{ preference: 'max_tokens', detail: 'gives at most 1000 tokens, not 1001' }]);
    expect(plan({ max_tokens: 1001, max_completion_tokens: 5 }, [short]).failedStep).toBe('Filter by Parameters');
    expect(plan({ max_tokens: Number.NaN }, [short], { promptTokens: 1 }).order).toHaveLength(1);
    expect(plan({ max_tokens: 5 }, [{ tag: 'a', provider_name: 'A' }]).order[0]?.unknown.map(({ preference }) => preference)).toEqual(['max_tokens']);
  });

  it.each<[string, RouteRequest, readonly string[], boolean]>([
    ['max_completion_tokens', { max_completion_tokens: 5 }, ['max_tokens'], true],
    ['max_tokens', { max_tokens: 5 }, ['max_completion_tokens'], true],
    ['reasoning_effort', { reasoning_effort: 'low' }, ['include_reasoning', 'reasoning'], true],
    ['include_reasoning', { include_reasoning: true }, ['reasoning'], true],
    ['reasoning', { reasoning: { effort: 'low' } }, ['reasoning_effort'], true],
    ['reasoning without any', { reasoning: { effort: 'low' } }, ['max_tokens'], false],
    ['top_k', { top_k: 5 }, ['top_p'], false],
  ])('takes %s for what it is, whatever name the listing has for it', (_name, request, supported, passes) => {
    const { order } = plan({ ...request, provider: { require_parameters: true } }, [priced('a', 1, { supported_parameters: [...supported] })]);
    expect(order).toHaveLength(passes ? 1 : 0);
  });

  it('that leaves nothing is the last step', () => {
    const result = plan({ provider: { only: ['bad'], max_price: { prompt: 1 } } }, [good, bad]);
    expect(result.failedStep).toBe('Filter by Max Price');
    expect(result.funnel.map(({ endpoint_count: left }) => left)).toEqual([2, 2, 2, 1, 1, 1, 0]);
    expect(result.order).toEqual([]);
    expect(result.basis).toBeUndefined();
  });
});

describe('what a catalogue does not tell', () => {
  const request: RouteRequest = { provider: { zdr: true, dataCollection: 'deny', enforceDistillableText: true } };

  it('is unknown, not guessed', () => {
    const [one] = plan(request, [priced('a', 1)]).order;
    expect(one?.unknown.map(({ preference, verdict }) => [preference, verdict])).toEqual([['data_collection', 'unknown'], ['zdr', 'unknown'], ['enforce_distillable_text', 'unknown']]);
  });

  it('excludes where the caller wants it so', () => {
    expect(plan(request, [priced('a', 1)], { unknown: 'drop' })).toMatchObject({ order: [], failedStep: 'Filter by Data Policy' });
  });

  it('is known of zdr with the list of /endpoints/zdr, and of :free endpoints by the documentation', () => {
    const zdr = [{ ...priced('a', 1), model_id: MODEL }, { ...priced('b', 1), model_id: 'acme/other' }];
    expect(tags(plan({ provider: { zdr: true } }, [priced('a', 1), priced('b', 1)], { zdr: { data: zdr } }))).toEqual(['a']);
    const free = planRoute({ model: 'acme/one:free', provider: { data_collection: 'deny' } }, listed('acme/one:free', priced('a', 0)));
    expect(free.failedStep).toBe('Filter by Data Policy');
  });

  it('is, without the listing of the model, also what it takes and gives; text is given', () => {
    const endpoints = [{ ...priced('a', 1), model_id: MODEL }];
    expect(planRoute({ model: MODEL }, endpoints).order[0]?.unknown).toEqual([]);
    const asked = planRoute({ model: MODEL, messages: PICTURE, modalities: ['image'] }, endpoints).order[0];
    expect(asked?.unknown.map(({ preference }) => preference)).toEqual(['messages', 'modalities']);
  });

  it('leaves prices, parameters and speeds open', () => {
    const bare = { tag: 'a', provider_name: 'A' };
    const result = plan({ tools: [WEATHER], temperature: 1, provider: { max_price: { prompt: 1 }, require_parameters: true } }, [bare]);
    expect(result.order[0]?.unknown.map(({ preference }) => preference)).toEqual(['max_price', 'tools', 'require_parameters']);
    expect(chances(plan({ provider: { sort: 'latency' } }, [priced('a', 1), priced('b', 1)]))).toEqual([['a', undefined], ['b', undefined]]);
    expect(chances(plan({ tools: [WEATHER] }, [priced('a', 1), priced('b', 1)]))).toEqual([['a', undefined], ['b', undefined]]);
  });

  it('takes figures that are none for such', () => {
    const odd = (figure: unknown): RouteOptions => ({ health: ({ tag }) => (tag === 'a' ? { throughput: { p50: figure as number } } : { throughput: { p50: 10 } }), facts: { a: { exacto: figure as number }, b: { exacto: 1 } } });
    for (const figure of [Number.NaN, 'fast', null]) {
      for (const request3 of [{ provider: { sort: 'throughput' } }, { provider: { preferred_min_throughput: 5 } }, { tools: [WEATHER] }] satisfies RouteRequest[]) {
        expect(chances(plan(request3, [priced('b', 1), priced('a', 1)], odd(figure)))).toEqual([['b', undefined], ['a', undefined]]);
      }
    }
    expect(chances(plan({}, [priced('a', 1, { pricing: { prompt: '1e999', completion: '1' } }), priced('b', 1)]))).toEqual([['b', undefined], ['a', undefined]]);
  });

  it('does not read a latency whose unit is not told', () => {
    const endpoints = [priced('a', 1, { latency_last_30m: { p50: 900 } }), priced('b', 2, { latency_last_30m: { p50: 300 } })];
    const request2: RouteRequest = { provider: { preferred_max_latency: 0.5 } };
    expect(chances(plan(request2, endpoints))).toEqual([['a', undefined], ['b', undefined]]);
    expect(chances(plan(request2, endpoints, { latencyUnit: 'milliseconds' }))).toEqual([['b', 1], ['a', 0]]);
    expect(tags(plan({ provider: { sort: 'latency' } }, endpoints))).toEqual(['b', 'a']);
    expect(tags(plan(request2, endpoints, { health: { a: { latency: { p50: 0.1 } }, b: { latency: { p50: 0.9 } } } }))).toEqual(['a', 'b']);
  });
});

describe('a request', () => {
  it.each<[string, unknown]>([
    ['lists that are none', { provider: { only: 'a', order: 7, ignore: { a: 1 }, quantizations: 'fp8' } }],
    ['lists of what is no text', { provider: { only: [null], ignore: [{}] } }],
    ['a sort that does not exist', { provider: { sort: 'quality', max_price: 3, preferred_min_throughput: 'fast' } }],
    ['fields of other kinds', { models: 'x', messages: 'hi', tools: 'all', modalities: 'text', response_format: 'json', provider: [] }],
    ['messages of other kinds', { messages: [null, 1, { content: [null, 'x'] }] }],
  ])('may hold %s, which routing passes over', (_name, request) => {
    const result = plan(request as RouteRequest, [priced('a', 1), priced('b', 3)]);
    expect(chances(result).map(([tag, chance]) => [tag, chance?.toFixed(6)])).toEqual([['a', '0.900000'], ['b', '0.100000']]);
  });
});

describe('a listing', () => {
  const a = priced('a', 1);
  const data = listed(MODEL, a);

  it.each<[string, EndpointListing]>([
    ['an answer', { data }], ['its data', data], ['several', [data]], ['bare endpoints of one model', [a]],
    ['bare endpoints that name theirs', [{ ...a, model_id: MODEL }, { ...a, model_id: 'acme/other', tag: 'b' }]],
  ])('may be %s', (_name, endpoints) => {
    expect(tags(planRoute({ model: `${MODEL}:floor` }, endpoints))).toEqual(['a']);
  });

  it.each<[string, unknown]>([
    ['architecture', { id: MODEL, architecture: null, endpoints: [a] }],
    ['modalities', { id: MODEL, architecture: { input_modalities: null, output_modalities: 'text' }, endpoints: [a] }],
    ['prices, context and parameters', { id: MODEL, endpoints: [{ tag: 'a', pricing: null, context_length: null, supported_parameters: null, status: null, quantization: null }] }],
    ['prices that are a text', { id: MODEL, endpoints: [{ tag: 'a', pricing: 'free' }] }],
    ['a model_id', [{ ...a, model_id: null }]],
  ])('may lack %s', (_name, odd) => {
    const request: RouteRequest = { model: MODEL, temperature: 1, provider: { require_parameters: true, max_price: { prompt: 2 } } };
    const result = planRoute(request, odd as EndpointListing, { promptTokens: 5 });
    expect(tags(result)).toEqual(['a']);
    expect(explain(request, odd as EndpointListing).endpoints[0]?.provider).toBe('a');
  });

  it('says which models it does not have', () => {
    const result = planRoute({ model: 'acme/two', models: [MODEL] }, data);
    expect(result.models.map(({ id, listed: has }) => [id, has])).toEqual([['acme/two', false], [MODEL, true]]);
    expect(result.strategy).toBe('fallback');
  });

  it.each<[string, () => unknown, string]>([
    ['endpoints of nobody knows which model', () => planRoute({ model: 'a/b', models: ['c/d'] }, [a]), 'endpoints[0].model_id'],
    ['what is no endpoint', () => planRoute({ model: 'a/b' }, JSON.parse('[{"id": 1}]')), 'endpoints[0]'],
    ['no list at all', () => planRoute({ model: 'a/b' }, JSON.parse('null')), 'endpoints'],
    ['no request', () => planRoute(JSON.parse('"a/b"'), data), 'request'],
    ['a model without an id', () => planRoute({ model: 'a/b' }, JSON.parse('{"endpoints": []}')), 'endpoints.id'],
    ['an endpoint within a model that is none', () => planRoute({ model: 'a/b' }, JSON.parse('[{"id": "a/b", "endpoints": [{"tag": "x"}, null]}]')), 'endpoints[0].endpoints[1]'],
    ['an endpoint within a model that has no tag', () => planRoute({ model: 'a/b' }, JSON.parse('{"id": "a/b", "endpoints": [{"tag": ""}]}')), 'endpoints.endpoints[0]'],
  ])('%s is an error', (_name, run, path) => {
    let caught: unknown;
    try { run(); } catch (error) { caught = error; }
    expect(InvalidOptionsError.isInstance(caught) && caught.issues[0]?.path).toBe(path);
  });

  it('takes aliases, static variants of them, and what a router may choose from', () => {
    const models = [listed('acme/one', a), listed('acme/one:free', priced('f', 0)), listed('acme/two', priced('b', 2))];
    const via = (model: string, aliases: RouteOptions['aliases'] = {}): readonly string[] => tags(planRoute({ model }, models, { aliases }));
    expect(via('~acme/one-latest', { '~acme/one-latest': 'acme/one' })).toEqual(['a']);
    expect(via('~acme/one-latest:free', { '~acme/one-latest': 'acme/one' })).toEqual(['f']);
    expect(via('~acme/two-latest:free', { '~acme/two-latest': 'acme/two' })).toEqual([]);
    expect(via('openrouter/auto', { 'openrouter/auto': ['acme/two', 'acme/one'] })).toEqual(['b']);
    expect(planRoute({ model: 'openrouter/auto' }, models).models[0]?.listed).toBe(false);
  });
});
