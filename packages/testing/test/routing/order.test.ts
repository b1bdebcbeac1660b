import type { ProviderPreferences } from '@waypost/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueOf, priced, route, tags } from '../helpers.js';

const WEATHER = { type: 'function', function: { name: 'weather' } } as const;

describe('order', () => {
  it('is by the metric of sort, without chance', () => {
    const by = (sort: 'price' | 'throughput' | 'latency' | 'exacto'): readonly string[] =>
      tags(route({ model: 'acme/atlas-mini', provider: { sort } }, { random: () => { throw new Error('asked'); } }));
    expect(by('price')).toEqual(['deepinfra/fp4', 'nebius', 'together', 'groq']);
    expect(by('throughput')).toEqual(['groq', 'together', 'deepinfra/fp4', 'nebius']);
    expect(by('latency').slice(0, 2)).toEqual(['groq', 'together']);
    expect(by('exacto')).toEqual(['together', 'nebius', 'deepinfra/fp4', 'groq']);
  });

  it('puts listed providers first, in the order of the list, then the others', () => {
    expect(tags(route({ provider: { order: ['deepinfra', 'azure'] } }))).toEqual(['deepinfra/fp8', 'azure', 'openai']);
    expect(tags(route({ provider: { order: ['azure', 'nobody'], sort: 'price' } }))).toEqual(['azure', 'deepinfra/fp8', 'openai']);
  });

  it('closes the list with allow_fallbacks: false', () => {
    expect(tags(route({ provider: { order: ['azure', 'openai'], allow_fallbacks: false } }))).toEqual(['azure', 'openai']);
  });

  it('has one endpoint per model with allow_fallbacks: false alone', () => {
    expect(tags(route({ provider: { sort: 'price', allow_fallbacks: false } }))).toEqual(['deepinfra/fp8']);
    expect(tags(route({ models: ['cinder/spark'], provider: { sort: 'price', allow_fallbacks: false } }))).toEqual(['deepinfra/fp8', 'groq']);
  });

  it('exhausts one model before the next, or ranks all together with partition none', () => {
    const chain = { model: 'acme/atlas', models: ['cinder/spark'] };
    expect(tags(route({ ...chain, provider: { sort: 'price' } }))).toEqual(['deepinfra/fp8', 'openai', 'azure', 'groq', 'cerebras']);
    expect(tags(route({ ...chain, provider: { sort: { by: 'price', partition: 'none' } } }))).toEqual(['groq', 'cerebras', 'deepinfra/fp8', 'openai', 'azure']);
  });

  it('moves endpoints below a threshold to the end, and never drops them', () => {
    expect(tags(route({ provider: { sort: 'price', preferred_min_throughput: 60 } }))).toEqual(['openai', 'azure', 'deepinfra/fp8']);
    expect(tags(route({ provider: { sort: 'price', preferred_min_throughput: { p50: 60, p99: 28 } } }))).toEqual(['openai', 'deepinfra/fp8', 'azure']);
    expect(tags(route({ provider: { sort: 'price', preferred_max_latency: 0.1 } }))).toEqual(['deepinfra/fp8', 'openai', 'azure']);
  });

  it('lets a later model that meets the threshold come before an earlier one that does not', () => {
    const body = { model: 'cinder/spark', models: ['acme/atlas'], provider: { sort: 'price', preferred_min_throughput: 80 } } as const;
    expect(tags(route(body))).toEqual(['openai', 'groq', 'cerebras', 'deepinfra/fp8', 'azure']);
  });

  it('does not let a threshold move what was listed', () => {
    expect(tags(route({ provider: { order: ['deepinfra'], preferred_min_throughput: 60 } }))[0]).toBe('deepinfra/fp8');
  });

  it('chooses at random among those that meet the threshold only', () => {
    const catalogue = catalogueOf(priced('cheap', 1, { throughput: { p50: 1 } }), priced('dear', 100));
    const result = route({ model: 'acme/one', provider: { preferred_min_throughput: 10 } }, { catalogue });
    expect(tags(result)).toEqual(['dear', 'cheap']);
    expect(result).toMatchObject({ plan: { weights: [1, 0] } });
  });

  it('goes by the quality of tool calls where there are tools, unless sorted otherwise', () => {
    expect(tags(route({ tools: [WEATHER] }))).toEqual(['openai', 'azure', 'deepinfra/fp8']);
    expect(tags(route({ model: 'acme/atlas-mini', tools: [WEATHER] }))).toEqual(['together', 'deepinfra/fp4', 'nebius']);
    expect(tags(route({ tools: [WEATHER], provider: { sort: 'price' } }))[0]).toBe('deepinfra/fp8');
    expect(tags(route({ model: 'acme/atlas:floor', tools: [WEATHER] }))[0]).toBe('openai/flex');
  });

  it('takes the default sort of the account, which a request overrides', () => {
    expect(tags(route({}, { account: { sort: 'throughput' } }))[0]).toBe('openai');
    expect(tags(route({ provider: { sort: 'price' } }, { account: { sort: 'throughput' } }))[0]).toBe('deepinfra/fp8');
  });

  it('tries prioritized own keys before everything, even before order, and fallback keys last', () => {
    const result = route({ provider: { order: ['openai'] } }, { account: { byok: { azure: 'prioritized', openai: 'fallback' } } });
    if (!result.ok) throw new Error('Nothing was left.');
    const plan = result.plan.order.map(({ endpoint, byok }) => `${endpoint.tag}${byok ? ' own' : ''}`);
    expect(plan[0]).toBe('azure own');
    expect(plan[1]).toBe('openai');
    expect(plan.at(-1)).toBe('openai own');
    expect(result.plan.funnel.find(({ step }) => step === 'Add BYOK Endpoints')?.endpoint_count).toBe(5);
  });

  it('is a permutation of what the filters leave, whatever the preferences', () => {
    const slug = fc.constantFrom('deepinfra', 'deepinfra/fp4', 'nebius', 'together', 'groq', 'nobody');
    const provider = fc.record({
      order: fc.array(slug, { maxLength: 3 }),
      sort: fc.constantFrom<ProviderPreferences['sort']>('price', 'throughput', 'latency', 'exacto', { partition: 'none' }, { by: 'price' }),
      preferred_min_throughput: fc.integer({ min: 1, max: 500 }),
      preferred_max_latency: fc.double({ min: 0.1, max: 2, noNaN: true }),
    }, { requiredKeys: [] });
    fc.assert(fc.property(provider, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (preferences, point) => {
      const result = route({ model: 'acme/atlas-mini', provider: preferences }, { random: () => point });
      expect(tags(result).toSorted()).toEqual(['deepinfra/fp4', 'groq', 'nebius', 'together']);
      if (result.ok) expect(result.plan.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    }));
  });
});
