import type { ProviderSort } from '@waypost/core';
import { compare } from '../decimal.js';
import type { Random } from '../random.js';
import { blendedPrice } from './price.js';
import { hasTools } from './parameters.js';
import { lastUnless } from './thresholds.js';
import type { Candidate, RouteContext } from './types.js';
import { firstChoiceWeights, pick } from './weights.js';

type Comparator = (a: Candidate, b: Candidate) => number;

const COMPARATORS: Readonly<Record<ProviderSort, Comparator>> = {
  price: (a, b) => compare(blendedPrice(a.endpoint.pricing), blendedPrice(b.endpoint.pricing)),
  throughput: (a, b) => (b.endpoint.throughput.p50 ?? 0) - (a.endpoint.throughput.p50 ?? 0),
  latency: (a, b) => (a.endpoint.latency.p50 ?? Infinity) - (b.endpoint.latency.p50 ?? Infinity),
  exacto: (a, b) => b.endpoint.exacto - a.endpoint.exacto,
};

export interface Ranking {
  readonly candidates: readonly Candidate[];
  /** Probability of being first, by place in `candidates`. */
  readonly weights: readonly number[];
}

/** The sort that is in force for a group, `undefined` for load balancing. */
export function sortOf(context: RouteContext, variant: ProviderSort | undefined): ProviderSort | undefined {
  const { sort } = context.provider;
  const own = typeof sort === 'string' ? sort : sort?.by;
  if (own !== undefined && own !== null) return own;
  if (variant !== undefined) return variant;
  if (context.body.service_tier === 'flex') return 'price';
  if (context.body.service_tier === 'priority' || context.body.service_tier === 'fast') return 'throughput';
  return context.account.sort;
}

function certain(candidates: readonly Candidate[]): Ranking {
  return { candidates, weights: candidates.map((_, i) => (i === 0 ? 1 : 0)) };
}

/**
 * Endpoints in the order in which they are tried. With a sort: by its metric. Else with tools: by the quality of tool
 * calls. Else one of the stable at random by price, then the other stable ones from the cheapest, then those with an outage.
 */
export function rank(candidates: readonly Candidate[], sort: ProviderSort | undefined, context: RouteContext, random: Random): Ranking {
  if (sort !== undefined) {
    const sorted = candidates.toSorted(COMPARATORS[sort]);
    const tier = context.body.service_tier;
    const priority = tier === 'priority' || tier === 'fast';
    return certain(priority ? lastUnless(sorted, ({ endpoint }) => endpoint.tier === 'priority') : sorted);
  }
  const stable = (candidate: Candidate): boolean => candidate.endpoint.stable;
  if (hasTools(context.body)) return certain(lastUnless(candidates.toSorted(COMPARATORS.exacto), stable));
  const weights = firstChoiceWeights(candidates);
  const first = candidates.length < 2 ? 0 : pick(weights, random());
  const rest = candidates.filter((_, i) => i !== first).toSorted(COMPARATORS.price);
  const order = candidates.filter((_, i) => i === first).concat(lastUnless(rest, stable));
  return { candidates: order, weights: order.map((candidate) => weights[candidates.indexOf(candidate)] ?? 0) };
}
