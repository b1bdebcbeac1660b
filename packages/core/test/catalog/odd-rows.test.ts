import { describe, expect, test } from 'vitest';
import { balanced } from '../../src/catalog/balanced.js';
import { costOf } from '../../src/catalog/cost-of.js';
import { effectivePricing } from '../../src/catalog/effective-pricing.js';
import { estimateCost } from '../../src/catalog/estimate-cost.js';
import { fallbackChain } from '../../src/catalog/fallback-chain.js';
import { filterModels } from '../../src/catalog/filter-models.js';
import type { CatalogModel } from '../../src/catalog/model.js';
import { needsOf } from '../../src/catalog/needs-of.js';
import { rankModels } from '../../src/catalog/rank-models.js';
import { cheapest, fastest, longest, smartest } from '../../src/catalog/strategies.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { ids, indices, row } from './kit.js';

/** A row as a server may send it, whatever its type says. */
const odd = (id: string, more: object): CatalogModel => Object.assign(row(id), more);

const models = [
  odd('a/words', { pricing: { prompt: 'NaN', completion: 'much' }, context_length: '200000', benchmarks: { artificial_analysis: { intelligence_index: 'high' } } }),
  odd('a/nan', { pricing: { prompt: NaN, completion: NaN }, context_length: NaN, ...indices(NaN), endpoints: [{ throughput_last_30m: { p50: NaN } }, {}] }),
  odd('a/huge', { pricing: { prompt: '1e9999', completion: '1e9999' }, context_length: Infinity, ...indices(Infinity), endpoints: [{ tag: 'x', throughput_last_30m: 40 }] }),
  odd('a/null', { pricing: null, architecture: null, top_provider: null, supported_parameters: null, benchmarks: null, endpoints: null, context_length: null }),
  odd('b/known', { ...indices(50), endpoints: [{ tag: 'x', throughput_last_30m: { p50: 40 } }] }),
  odd('c/known', { ...indices(60), endpoints: [{ tag: 'y', throughput_last_30m: { p50: 80 } }] }),
];

describe('rows that hold what their type does not allow', () => {
  test.each([
    ['cheapest', cheapest(), ['b/known', 'c/known']],
    ['fastest', fastest(), ['c/known', 'b/known']],
    ['smartest', smartest(), ['c/known', 'b/known']],
    ['longest', longest(), ['b/known', 'c/known']],
    ['balanced', balanced({ price: 1, intelligence: 1, throughput: 1 }), ['c/known', 'b/known']],
  ])('%s ranks what is known, and the others behind it', (_, by, expected) => {
    const ranked = rankModels(models, by);
    expect(ids(ranked.map(({ model }) => model)).slice(0, 2)).toEqual(expected);
    expect(ranked.slice(2).map(({ score }) => score)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a strategy that gives no number ranks last', () => {
    const ranked = rankModels(models, { name: 'own', score: (all) => all.map((_, i) => ({ value: i < 4 ? NaN : i, why: '' })) });
    expect(ids(ranked.map(({ model }) => model)).slice(0, 2)).toEqual(['c/known', 'b/known']);
  });

  test('filters and chains pass over them', () => {
    expect(ids(filterModels(models, { providers: ['y'] }))).toEqual(['c/known']);
    expect(ids(filterModels(models, { maxPrice: { prompt: 5 }, minContext: 1 }))).toEqual(['b/known', 'c/known']);
    expect(fallbackChain('b/known', models, { by: smartest() }).models).toEqual(['b/known', 'c/known', 'a/words']);
  });

  test('lists that are none have nothing in them', () => {
    const none = odd('a/none', { supported_parameters: 'tools', architecture: { input_modalities: 'text', output_modalities: {} }, endpoints: [null, 5, { tag: 7 }], top_provider: { max_completion_tokens: '5000' } });
    for (const criteria of [{ supports: ['tool'] }, { inputs: ['te'] }, { outputs: ['text'] }, { providers: ['x'] }, { minOutput: 1 }]) expect(filterModels([none], criteria)).toEqual([]);
    expect(filterModels([odd('a/none', { supported_parameters: {}, endpoints: 'x' })], { supports: ['tools'], providers: ['x'] })).toEqual([]);
    expect(rankModels([none], fastest())[0]?.score).toBeUndefined();
  });

  test('a part of a message that is named as what every object has asks for nothing', () => {
    const content = ['constructor', '__proto__', 'toString', 'image_url'].map((type) => ({ type }));
    expect(needsOf({ messages: [{ content }], modalities: [null, ''] })).toEqual({ inputs: ['text', 'image'], outputs: ['text'] });
  });

  test('an override without a price, or at no time, changes none', () => {
    const over = (override: object, conditions: object): unknown => effectivePricing(Object.assign({ prompt: '1' }, { overrides: [override] } as object), conditions).prompt;
    expect(over({ min_prompt_tokens: 5, prompt: null }, { promptTokens: 10 })).toBe('1');
    for (const at of [Number.NaN, Infinity, 8.7e15]) expect(over({ utc_start: 0, prompt: '2' }, { at })).toBe('1');
    expect(over({ utc_days: 5, prompt: '2' }, { at: 0 })).toBe('1');
    expect(over({ utc_days: ['thursday'], prompt: '2' }, { at: 0 })).toBe('2');
  });

  test('an override that is none changes no price', () => {
    const odds: object = { overrides: [null, 'x', { prompt: '3' }] };
    const pricing = Object.assign({ prompt: '1', completion: '2' }, odds);
    expect(effectivePricing(pricing).prompt).toBe('3');
  });
});

test.each([
  [{ minContext: '100' }, 'criteria.minContext'],
  [{ minOutput: [] }, 'criteria.minOutput'],
  [{ minBenchmark: { coding: NaN } }, 'criteria.minBenchmark.coding'],
])('criteria that are no numbers: %j', (criteria, path) => {
  // plain JavaScript may give anything
  expect(() => filterModels(models, Object.assign({}, criteria as object))).toThrow(path);
});

test.each([
  ['usage.prompt_tokens_details.cached_tokens', { prompt_tokens: 10, prompt_tokens_details: { cached_tokens: -5 } }],
  ['usage.completion_tokens_details.reasoning_tokens', { completion_tokens: 10, completion_tokens_details: { reasoning_tokens: NaN } }],
  ['usage.server_tool_use_details.web_search_requests', { server_tool_use_details: { web_search_requests: Infinity } }],
])('a usage that counts nothing: %s', (path, usage) => {
  const cost = (): unknown => costOf(usage, { prompt: '1', completion: '1' });
  expect(cost).toThrow(InvalidOptionsError);
  expect(cost).toThrow(path);
});

test.each<[string, () => unknown]>([
  ['estimate.promptToken: is not a known key (did you mean "promptTokens"?)', () => estimateCost(row('a/b'), JSON.parse('{ "promptToken": 5 }'))],
  ['estimate: expected an object, got null', () => estimateCost(row('a/b'), JSON.parse('null'))],
  ['cacheTtl', () => estimateCost(row('a/b'), JSON.parse('{ "cacheTtl": "2h" }'))],
  ['at: expected milliseconds', () => estimateCost(row('a/b'), { at: Number.NaN })],
  ['pricing: expected the prices', () => effectivePricing(JSON.parse('null'))],
  ['request: expected the body', () => needsOf(JSON.parse('null'))],
  ['chain.lenght', () => fallbackChain('b/known', models, JSON.parse('{ "lenght": 2 }'))],
  ['chain: expected an object', () => fallbackChain('b/known', models, JSON.parse('null'))],
  ['mix.promt', () => cheapest(JSON.parse('{ "promt": 2 }'))],
  ['mix: expected shares', () => cheapest(JSON.parse('{ "prompt": "3" }'))],
])('what a caller misspells: %s', (message, run) => {
  expect(run).toThrow(InvalidOptionsError);
  expect(run).toThrow(message);
});

test('what is no usage, or no prices', () => {
  // @ts-expect-error -- both are required
  expect(() => costOf(undefined, null)).toThrow('usage: expected an object, got undefined');
});
