import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { foldLayers } from '../../src/policy/fold.js';
import type { PolicyOptions } from '../../src/policy/layer-policy.js';
import { printPolicy } from '../../src/policy/print.js';
import { applySuggestion, explain, planRoute, type RouteOptions, type RouteRequest } from '../../src/routing/index.js';
import type { Endpoint } from '../../src/wire/models.js';
import type { ProviderPreferences } from '../../src/wire/provider-preferences.js';
import { admits, endpoint, layer, parsed, type Endpoint as Known } from '../policy/universe.js';
import { eligible, listed, MODEL } from './kit.js';

// What guardrails mean comes from `universe.ts`, which is written from the documentation and shares nothing with the code under test.

const RUNS = { numRuns: 1500 };
const PER_TOKEN = new Set(['prompt', 'completion']);

function onWire(one: Known): Endpoint {
  const pricing = Object.fromEntries(Object.entries(one.price).map(([component, price]) => [component, `${price}${PER_TOKEN.has(component) ? 'e-6' : ''}`]));
  return { tag: one.tag, provider_name: one.tag, quantization: one.quantization, pricing, supported_parameters: one.allParameters ? ['temperature'] : [] };
}

/** A world of endpoints, each tag once, about which everything is known. */
const world = fc.uniqueArray(endpoint, { minLength: 1, maxLength: 8, selector: ({ tag }) => tag });
const factsOf = (endpoints: readonly Known[]): RouteOptions => ({
  facts: Object.fromEntries(endpoints.map(({ tag, zdr, collects, distillable }) => [tag, { zdr, distillable, dataPolicy: { retains: collects, trains: false, publishes: false } }])),
});
const requestOf = (provider: RouteRequest['provider'], more: RouteRequest = {}): RouteRequest => ({ model: MODEL, temperature: 1, provider: provider ?? null, ...more });
const listing = (endpoints: readonly Known[]): ReturnType<typeof listed> => listed(MODEL, ...endpoints.map(onWire));

const choices: fc.Arbitrary<RouteRequest> = fc.record({
  service_tier: fc.constantFrom('flex' as const, 'priority' as const, 'default' as const),
  model: fc.constantFrom(MODEL, `${MODEL}:nitro`, `${MODEL}:floor`),
}, { requiredKeys: [] });
const policy = layer.map(({ provider }) => provider ?? {});

/** The layers folded and printed; undefined where they conflict. */
function folded(...layers: readonly PolicyOptions['provider'][]): ProviderPreferences | undefined {
  try {
    return printPolicy(foldLayers(layers.map((provider, i) => parsed({ provider }, `layer ${i}`))).policy, true) ?? {};
  } catch (error) {
    if (PolicyConflictError.isInstance(error)) return undefined;
    throw error;
  }
}

describe('a plan', () => {
  it('never has an endpoint that a guardrail refuses', () => {
    fc.assert(fc.property(world, policy, choices, (endpoints, provider, more) => {
      const admitted = new Set(endpoints.filter((one) => admits(provider, one)).map(({ tag }) => tag));
      for (const { tag } of planRoute(requestOf(provider, more), listing(endpoints), factsOf(endpoints)).order) expect(admitted).toContain(tag);
    }), RUNS);
  });

  it('has every endpoint that the guardrails admit, service tiers aside', () => {
    fc.assert(fc.property(world, policy, (endpoints, provider) => {
      const admitted = endpoints.filter((one) => admits(provider, one) && !/\/(flex|priority)$/.test(one.tag)).map(({ tag }) => tag);
      expect(eligible(planRoute(requestOf(provider), listing(endpoints), factsOf(endpoints)))).toEqual(expect.arrayContaining(admitted));
    }), RUNS);
  });

  it('gains no endpoint where an inner layer tightens the policy, but service tiers that it names', () => {
    fc.assert(fc.property(world, policy, policy, (endpoints, outer, inner) => {
      const [loose, tight] = [folded(outer), folded(outer, inner)];
      if (loose === undefined || tight === undefined) return;
      const named = [...(tight.only ?? []), ...(tight.order ?? [])];
      const over = (provider: ProviderPreferences): readonly string[] => eligible(planRoute(requestOf(provider), listing(endpoints), factsOf(endpoints)));
      const before = over(loose);
      for (const tag of over(tight)) if (!named.includes(tag) || !/\/(flex|priority)$/.test(tag)) expect(before).toContain(tag);
    }), RUNS);
  });

  it('gains no endpoint where the account tightens', () => {
    fc.assert(fc.property(world, policy, policy, (endpoints, provider, { only, ignore, zdr, data_collection: collection }) => {
      const account = { ...(only && { only }), ...(ignore && { ignore }), ...(zdr != null && { zdr }), ...(collection && { data_collection: collection }) };
      const over = (options: RouteOptions): readonly string[] => eligible(planRoute(requestOf(provider), listing(endpoints), { ...factsOf(endpoints), ...options }));
      expect(over({})).toEqual(expect.arrayContaining([...over({ account })]));
    }), RUNS);
  });

  it('has probabilities that sum to one, and an endpoint with a chance first', () => {
    fc.assert(fc.property(world, policy, choices, fc.option(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { nil: undefined }), (endpoints, provider, more, point) => {
      // speeds, without which it is not known who is first by them
      const health = { health: () => ({ throughput: { p50: 10 }, latency: { p50: 1 } }) };
      const { order, single } = planRoute(requestOf(provider, more), listing(endpoints), { ...factsOf(endpoints), ...health, ...(point !== undefined && { rng: () => point }) });
      if (order.length === 0) return;
      expect(order[0]?.probability).toBeGreaterThan(0);
      const sum = order.reduce((total, { probability }) => total + (probability ?? Number.NaN), 0);
      if (single && point !== undefined) expect(order).toHaveLength(1);
      else expect(sum).toBeCloseTo(1, 9);
    }), RUNS);
  });
});

describe('an explanation', () => {
  it('agrees with the plan, and excludes what the guardrails refuse', () => {
    fc.assert(fc.property(world, policy, choices, (endpoints, provider, more) => {
      const request = requestOf(provider, more);
      const { order } = planRoute(request, listing(endpoints), factsOf(endpoints));
      const { endpoints: rows, status } = explain(request, listing(endpoints), factsOf(endpoints));
      expect(rows.filter((row) => row.status === 'eligible').map(({ tag }) => tag)).toEqual(order.map(({ tag }) => tag));
      expect(status).toBe(order.length > 0 ? 'routable' : 'unroutable');
      for (const row of rows) {
        const one = endpoints.find(({ tag }) => tag === row.tag);
        if (one && !admits(provider, one)) expect(row.findings.some(({ verdict }) => verdict === 'excluded')).toBe(true);
        if (row.status === 'excluded') expect(row.findings.length).toBeGreaterThan(0);
      }
    }), RUNS);
  });

  it('suggests what really makes the request routable, and nothing smaller does', () => {
    let suggested = 0;
    fc.assert(fc.property(world, policy, choices, (endpoints, provider, more) => {
      const request = requestOf(provider, more);
      const { status, suggestions } = explain(request, listing(endpoints), factsOf(endpoints));
      const isRoutable = (changed: RouteRequest): boolean => planRoute(changed, listing(endpoints), factsOf(endpoints)).order.length > 0;
      if (status === 'routable') expect(suggestions).toEqual([]);
      for (const suggestion of suggestions) {
        const { order } = planRoute(applySuggestion(request, suggestion), listing(endpoints), factsOf(endpoints));
        expect([...new Set(order.map(({ tag }) => tag))]).toEqual(suggestion.endpoints);
        expect(order.length).toBeGreaterThan(0);
        // each change is needed
        for (const left of suggestion.changes) {
          const changes = suggestion.changes.filter((change) => change !== left);
          expect(isRoutable(applySuggestion(request, { ...suggestion, changes }))).toBe(false);
        }
        expect(suggestion.privacy).toBe(suggestion.changes.some(({ preference }) => preference === 'zdr' || preference === 'data_collection'));
      }
      // where nothing is suggested, no preference could be dropped that helps
      if (status === 'unroutable' && suggestions.length === 0) {
        const { service_tier: _, ...bare } = request;
        expect(isRoutable({ ...bare, provider: null })).toBe(false);
      }
      suggested += suggestions.length;
    }), RUNS);
    expect(suggested).toBeGreaterThan(100);
  });
});
