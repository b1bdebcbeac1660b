import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { foldLayers } from '../../src/policy/fold.js';
import { foldPolicies } from '../../src/policy/guardrails.js';
import type { Policy } from '../../src/policy/policy.js';
import { printPolicy } from '../../src/policy/print.js';
import type { PolicyOptions } from '../../src/policy/layer-policy.js';
import { admits, admitsQuantization, admitsTag, endpoint, layer, parsed, QUANTIZATIONS, serves, TAGS } from './universe.js';

const RUNS = { numRuns: 1500 };
const policy = layer.map((options) => parsed(options).policy);
const said = (options: PolicyOptions): PolicyOptions['provider'] & {} => options.provider ?? {};

const set = (values: readonly unknown[] | undefined): unknown[] | undefined => values && [...new Set(values.map((one) => JSON.stringify(one)))].sort();

/** The guardrails of a policy, in which a list is a set. */
function guardrails(value: Policy): unknown {
  const { order: _, sort: _s, preferred_min_throughput: _t, preferred_max_latency: _l, options: _o, unknown: _u, ...rest } = value;
  return {
    ...rest,
    only: set(rest.only),
    closed: set(rest.closed),
    ignore: set(rest.ignore),
    quantizations: set(rest.quantizations),
    allowedModels: set(rest.allowedModels),
  };
}

/** Folds and prints; undefined where the guardrails are told to admit nothing. */
function printed(layers: readonly PolicyOptions[], tierEndpoints: boolean): ReturnType<typeof printPolicy> | 'conflict' {
  try {
    return printPolicy(foldLayers(layers.map((one, i) => parsed(one, `layer ${i}`))).policy, tierEndpoints);
  } catch (error) {
    if (PolicyConflictError.isInstance(error)) return 'conflict';
    throw error;
  }
}

const noRegion = layer.map((options): PolicyOptions => ({ ...options, region: undefined }));
const layers = fc.array(noRegion, { minLength: 1, maxLength: 4 });

describe('folding of guardrails', () => {
  it('is associative', () => {
    fc.assert(
      fc.property(policy, policy, policy, (a, b, c) => {
        expect(guardrails(foldPolicies(foldPolicies(a, b), c))).toEqual(guardrails(foldPolicies(a, foldPolicies(b, c))));
      }),
      RUNS,
    );
  });

  it('is idempotent', () => {
    fc.assert(fc.property(policy, (a) => { expect(guardrails(foldPolicies(a, a))).toEqual(guardrails(a)); }), RUNS);
    fc.assert(
      fc.property(policy, policy, (a, b) => {
        const once = foldPolicies(a, b);
        expect(guardrails(foldPolicies(once, b))).toEqual(guardrails(once));
        expect(guardrails(foldPolicies(a, once))).toEqual(guardrails(once));
      }),
      RUNS,
    );
  });

  it('does not depend on the sequence of the layers', () => {
    fc.assert(fc.property(policy, policy, (a, b) => { expect(guardrails(foldPolicies(a, b))).toEqual(guardrails(foldPolicies(b, a))); }), RUNS);
  });

  it('leaves a policy as it is beside one without opinions', () => {
    fc.assert(
      fc.property(policy, (a) => {
        expect(foldPolicies({}, a)).toEqual(a);
        expect(foldPolicies(a, {})).toEqual(a);
      }),
      RUNS,
    );
  });
});

describe('the printed provider object, read by a server to the letter', () => {
  it('lets nothing through that any layer refuses, service tiers included', () => {
    fc.assert(
      fc.property(layers, fc.array(endpoint, { minLength: 1, maxLength: 8 }), fc.boolean(), (given, endpoints, tierEndpoints) => {
        const provider = printed(given, tierEndpoints);
        if (provider === 'conflict') return;
        for (const one of endpoints) {
          if (serves(provider ?? {}, one, tierEndpoints)) expect(given.every((options) => admits(said(options), one))).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('lets through all that every layer admits: it tightens no more than asked', () => {
    fc.assert(
      fc.property(layers, fc.array(endpoint, { minLength: 1, maxLength: 8 }), (given, endpoints) => {
        const single = given.some(({ provider }) => provider?.allow_fallbacks === false && !provider.order);
        const provider = printed(given, true);
        if (provider === 'conflict' || single) return;
        for (const one of endpoints) {
          if (given.every((options) => admits(said(options), one))) expect(serves(provider ?? {}, one, true)).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('names at most one entry and no fallback where a layer wants one endpoint', () => {
    fc.assert(
      fc.property(layers, (given) => {
        const provider = printed(given, false);
        if (provider === 'conflict') return;
        const fixed = given.filter((options) => said(options).allow_fallbacks === false);
        if (fixed.length > 0) expect(provider?.allow_fallbacks).toBe(false);
        if (fixed.some((options) => !said(options).order)) expect(provider?.order?.length ?? 0).toBeLessThanOrEqual(1);
        else if (fixed.length > 0) expect(provider?.order?.length).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  it('never names in order or only what is ignored', () => {
    fc.assert(
      fc.property(layers, (given) => {
        const provider = printed(given, true);
        if (provider === 'conflict') return;
        const refused = (tag: string): boolean => given.some((options) => !admitsTag({ ignore: said(options).ignore ?? null }, tag));
        expect([...(provider?.order ?? []), ...(provider?.only ?? [])].filter(refused)).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('conflicts', () => {
  it('are thrown exactly where the slugs or the quantizations leave nothing', () => {
    fc.assert(
      fc.property(layers, (given) => {
        const listed = given.some((options) => said(options).only ?? (said(options).allow_fallbacks === false && said(options).order));
        const tagLeft = !listed || TAGS.some((tag) => given.every((options) => admitsTag(said(options), tag)));
        const quantizationLeft = QUANTIZATIONS.some((one) => given.every((options) => admitsQuantization(said(options), one)));
        expect(printed(given, false) === 'conflict').toBe(!tagLeft || !quantizationLeft);
      }),
      { numRuns: 5000 },
    );
  });
});
