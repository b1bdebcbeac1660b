import { describe, expect, test } from 'vitest';
import type { Policy } from '../../src/policy/policy.js';
import type { VerificationCatalogue } from '../../src/receipt/catalogue.js';
import { type ServedFacts, sameModel, verifyPolicy, worstOf } from '../../src/receipt/verify-policy.js';

const served = (more: Partial<ServedFacts> = {}): ServedFacts => ({ model: 'openai/gpt-5.1', provider: 'Azure', requested: ['openai/gpt-5.1'], ...more });
const verdictOn = (policy: Policy, facts: ServedFacts, catalogue?: VerificationCatalogue) => verifyPolicy(policy, facts, catalogue).overall;
const endpoint = (tag: string, more: Record<string, unknown> = {}) => ({ tag, provider_name: 'Azure', model_id: 'openai/gpt-5.1', ...more });

test('no guardrail, nothing to keep', () => {
  expect(verifyPolicy({ order: ['openai'], sort: 'price', zdr: false, data_collection: 'allow' }, served())).toEqual({ overall: 'kept', guardrails: {} });
});

test('overall is the worst', () => {
  expect(worstOf({})).toBe('kept');
  expect(worstOf({ a: { verdict: 'kept' }, b: { verdict: 'unverifiable' } })).toBe('unverifiable');
  expect(worstOf({ a: { verdict: 'unverifiable' }, b: { verdict: 'violated' }, c: { verdict: 'kept' } })).toBe('violated');
});

describe('providers', () => {
  test.each([
    ['only', ['azure'], 'Azure', 'kept'],
    ['only', ['openai', 'azure/eu'], 'Azure', 'unverifiable'],
    ['only', ['azure/eu', 'azure'], 'Azure', 'kept'],
    ['only', ['openai'], 'Azure', 'violated'],
    ['only', ['openai'], undefined, 'unverifiable'],
    ['only', ['openai'], 'Brand New', 'violated'],
    ['only', ['brand-newest'], 'Brand New', 'unverifiable'],
    ['only', ['brand-new'], 'Brand New', 'kept'],
    ['closed', ['azure'], 'Azure', 'kept'],
    ['closed', ['openai'], 'Azure', 'violated'],
    ['ignore', ['azure'], 'Azure', 'violated'],
    ['ignore', ['azure/eu'], 'Azure', 'unverifiable'],
    ['ignore', ['openai'], 'Azure', 'kept'],
    ['ignore', ['openai'], undefined, 'unverifiable'],
    ['ignore', ['brand-newest'], 'Brand New', 'unverifiable'],
    ['ignore', ['brand-newest'], 'Azure', 'kept'],
  ] as const)('%s %j, served by %s: %s', (field, slugs, provider, verdict) => {
    expect(verdictOn({ [field]: slugs }, served({ provider }))).toBe(verdict);
  });

  test('one endpoint only: the router tells how many were tried', () => {
    const router = (...models: string[]) => ({ attempts: models.map((model) => ({ provider: 'Azure', model })) });
    const policy: Policy = { allow_fallbacks: false };
    expect(verdictOn(policy, served())).toBe('unverifiable');
    expect(verdictOn(policy, served({ router: router('a/b', 'c/d') }))).toBe('kept');
    expect(verdictOn(policy, served({ router: router('a/b', 'a/b') }))).toBe('violated');
    expect(verdictOn({ closed: ['azure'] }, served({ router: router('a/b', 'a/b') }))).toBe('kept');
  });
});

describe('data', () => {
  const catalogue = { zdr: [endpoint('azure')], endpoints: [endpoint('azure')] };
  test.each([
    ['no catalogue', undefined, {}, 'unverifiable'],
    ['all its endpoints keep nothing', catalogue, {}, 'kept'],
    ['one of them does', { ...catalogue, endpoints: [endpoint('azure'), endpoint('azure/eu')] }, {}, 'unverifiable'],
    ['whether it has others is not known', { zdr: catalogue.zdr }, {}, 'unverifiable'],
    ['none of them', { ...catalogue, zdr: [endpoint('azure', { model_id: 'openai/other' })] }, {}, 'violated'],
    ['nobody named', catalogue, { provider: undefined }, 'unverifiable'],
    ['tools share it', catalogue, { sharesData: true }, 'unverifiable'],
  ] as const)('zdr, %s', (_, list, facts, verdict) => {
    expect(verdictOn({ zdr: true }, served(facts), list)).toBe(verdict);
  });

  test('what no list tells', () => {
    for (const policy of [{ data_collection: 'deny' }, { enforce_distillable_text: true }, { require_parameters: true }] as const) expect(verdictOn(policy, served(), catalogue)).toBe('unverifiable');
    expect(verifyPolicy({ data_collection: 'deny' }, served({ sharesData: true })).guardrails['data_collection']?.detail).toContain('other services');
  });

  test.each([
    [[], 'unverifiable'],
    [['fp8'], 'kept'],
    [['mxfp8', 'fp8'], 'kept'],
    [['fp8', 'int4'], 'unverifiable'],
    [['int4', undefined], 'violated'],
  ] as const)('quantizations of its endpoints: %j', (kinds, verdict) => {
    const endpoints = kinds.map((quantization, i) => endpoint(`azure/${i}`, { quantization }));
    expect(verdictOn({ quantizations: ['fp8'] }, served(), { endpoints })).toBe(verdict);
  });
});

describe('models', () => {
  test.each([
    [[['openai/*']], 'openai/gpt-5.1', 'kept'],
    [[['openai/gpt-5.1']], 'openai/gpt-5.1-2025-11-13', 'kept'],
    [[['openai/gpt-5.1'], ['anthropic/*']], 'openai/gpt-5.1', 'unverifiable'],
    [[['openai/gpt-5.1']], 'openai/something-else', 'unverifiable'],
    [[['openai/*']], 'meta/llama', 'violated'],
    [[['openai/*']], undefined, 'unverifiable'],
  ] as const)('%j, served %s: %s', (allowedModels, model, verdict) => {
    expect(verdictOn({ allowedModels }, served({ model }))).toBe(verdict);
  });

  test('a dated form is the same model, another size is not told apart by more than a hyphen', () => {
    expect(['a/b', 'a/b-2026', 'a/b:free', 'a/bc', undefined].map((model) => sameModel('a/b:nitro', model))).toEqual([true, true, true, false, false]);
  });

  test.each([[undefined, 'kept'], [null, 'kept'], ['EU-west', 'kept'], ['us-east', 'violated']])('region eu, told %s', (region, verdict) => {
    expect(verdictOn({ region: 'eu' }, served({ router: { region } }))).toBe(verdict);
  });
});

describe('prices', () => {
  const usage = (prompt: number | null, completion: number | null, written = 0) => ({
    prompt_tokens: 1_000_000,
    completion_tokens: 1_000_000,
    prompt_tokens_details: { cache_write_tokens: written },
    cost_details: { upstream_inference_prompt_cost: prompt, upstream_inference_completions_cost: completion },
  });
  test.each([
    ['kept', { prompt: 1, completion: 2 }, usage(1, 2)],
    ['kept to the last digits of a double', { prompt: 0.3 }, usage(0.1 + 0.2, null)],
    ['violated by the prompt', { prompt: 1 }, usage(1.1, 0)],
    ['violated by the completion, whatever the rest', { completion: 2, request: 0.1 }, usage(null, 2.1)],
    ['unverifiable without usage', { prompt: 1 }, undefined],
    ['unverifiable where one is not told', { prompt: 1, completion: 2 }, usage(1, null)],
    ['unverifiable for what has no component', { prompt: 1, request: 0.1 }, usage(1, 0)],
    ['unverifiable where a cache was written', { prompt: 1 }, usage(1.25, 0, 100)],
    ['unverifiable without token counts', { prompt: 1 }, { cost_details: { upstream_inference_prompt_cost: 1 } }],
  ])('%s', (expected, price, told) => {
    const { overall, guardrails } = verifyPolicy({ max_price: price }, served({ usage: told }));
    expect(overall).toBe(expected.split(' ')[0]);
    if (overall === 'violated') expect(guardrails['max_price']?.detail).toMatch(/cost .* USD, at most .* was allowed/);
  });
});
