import type { ProviderSort } from '../wire/provider-preferences.js';
import { requestedTier } from './candidates.js';
import type { Candidate, RouteContext } from './context.js';
import { hasTools } from './parameters.js';
import { blendedPrice } from './price.js';
import { figure, hasOutage, latencyMetric, throughputOf } from './speed.js';
import type { OrderReason } from './types.js';
import { pick, priceWeights } from './weights.js';

/** An endpoint at its place among some. */
export interface Ranked {
  readonly candidate: Candidate;
  /** Probability of being first of its tier; `undefined` where it is not known. */
  readonly weight: number | undefined;
  readonly reason: OrderReason;
}

/** Endpoints among which chance decides, or a figure that is not known; all of a tier are tried before any of the next. */
export type Tier = readonly Ranked[];

/** The sort that is in force for a group, `undefined` for load balancing. `variant`: what the model's variant asks for. */
export function sortOf(context: RouteContext, variant: ProviderSort | undefined): ProviderSort | undefined {
  const { sort } = context.provider;
  const own = typeof sort === 'string' ? sort : sort?.by;
  if (own != null) return own;
  if (variant !== undefined) return variant;
  const tier = requestedTier(context);
  if (tier !== undefined) return tier === 'flex' ? 'price' : 'throughput';
  return context.account.sort;
}

const priceOf = ({ endpoint }: Candidate): number | undefined => blendedPrice(endpoint.pricing);

/** What a sort compares, and whether more is better. */
function metricOf(sort: ProviderSort, group: readonly Candidate[], { options }: RouteContext): [metric: (candidate: Candidate) => number | undefined, up: 1 | -1] {
  switch (sort) {
    case 'throughput': return [(candidate) => throughputOf(candidate, 'p50'), -1];
    case 'latency': return [latencyMetric(group, options.latencyUnit), 1];
    case 'exacto': return [({ facts }) => figure(facts.exacto), -1];
    default: return [priceOf, 1];
  }
}

/** The best first, those without a figure last, else as they were. */
function sorted(group: readonly Candidate[], [metric, up]: ReturnType<typeof metricOf>): readonly Candidate[] {
  // hot: prices are texts, so that each is read once and not at every comparison
  const valued = group.map((candidate) => ({ candidate, value: (metric(candidate) ?? Infinity * up) * up }));
  return valued.sort((a, b) => (a.value === b.value ? 0 : a.value - b.value)).map(({ candidate }) => candidate);
}

/** The good ones, and the rest, each in the order they had. */
function parted(group: readonly Candidate[], good: (candidate: Candidate) => boolean): readonly [readonly Candidate[], readonly Candidate[]] {
  return [group.filter(good), group.filter((candidate) => !good(candidate))];
}

/** A strict order: each a tier of its own, or all one where nobody knows it, since one of them has no figure. */
function strict(group: readonly Candidate[], [metric]: ReturnType<typeof metricOf>, reason: OrderReason): readonly Tier[] {
  const open = group.length > 1 && group.some((candidate) => metric(candidate) === undefined);
  return open ? [group.map((candidate) => ({ candidate, weight: undefined, reason }))] : group.map((candidate) => [{ candidate, weight: 1, reason }]);
}

/** By chance; `rng` draws the first, without it the likeliest is. The others from the cheapest. */
function balanced(group: readonly Candidate[], rng: (() => number) | undefined, reason: OrderReason): Tier {
  const weights = priceWeights(group.map(priceOf));
  const known = weights.filter((weight) => weight !== undefined);
  const drawn = known.length < weights.length ? undefined : group[rng && group.length > 1 ? pick(known, rng()) : known.indexOf(Math.max(...known))];
  const rest = sorted(group, [priceOf, 1]).filter((candidate) => candidate !== drawn);
  return (drawn ? [drawn, ...rest] : rest).map((candidate) => ({ candidate, weight: weights[group.indexOf(candidate)], reason }));
}

/**
 * Endpoints in the order in which they are tried. With a sort: by its metric. Else with tools: by the quality of tool
 * calls. Else one of the stable at random by price, then the other stable ones from the cheapest, then those with an outage.
 */
export function rank(group: readonly Candidate[], sort: ProviderSort | undefined, context: RouteContext): readonly Tier[] {
  if (sort !== undefined) {
    const metric = metricOf(sort, group, context);
    const isFirst = (candidate: Candidate): boolean => requestedTier(context) !== 'priority' || candidate.tier === 'priority';
    return parted(sorted(group, metric), isFirst).flatMap((part) => strict(part, metric, 'sort'));
  }
  const [stable, unstable] = parted(group, (candidate) => !hasOutage(candidate));
  const [leading, rest] = stable.length > 0 ? [stable, unstable] : [unstable, []];
  if (!hasTools(context.body)) return [balanced(leading, context.options.rng, 'weight'), balanced(rest, undefined, 'outage')].filter((tier) => tier.length > 0);
  const quality = metricOf('exacto', group, context);
  return [...strict(sorted(leading, quality), quality, 'exacto'), ...strict(sorted(rest, quality), quality, 'outage')];
}
