import type { ProviderSort } from '../wire/provider-preferences.js';
import { requestedTier } from './candidates.js';
import type { Candidate, RouteContext } from './context.js';
import { hasTools } from './parameters.js';
import { blendedPrice } from './price.js';
import { hasOutage, latencyMetric, throughputOf } from './speed.js';
import type { OrderReason } from './types.js';
import { pick, priceWeights } from './weights.js';

/** An endpoint at its place among some. */
export interface Ranked {
  readonly candidate: Candidate;
  /** Probability of being first of them; `undefined` where it is not known. */
  readonly weight: number | undefined;
  readonly reason: OrderReason;
}

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
    case 'exacto': return [({ facts }) => facts.exacto, -1];
    default: return [priceOf, 1];
  }
}

/** The best first, those without a figure last, else as they were. */
function sorted(group: readonly Candidate[], [metric, up]: ReturnType<typeof metricOf>): readonly Candidate[] {
  // hot: prices are texts, so that each is read once and not at every comparison
  const valued = group.map((candidate) => ({ candidate, value: (metric(candidate) ?? Infinity * up) * up }));
  return valued.sort((a, b) => (a.value === b.value ? 0 : a.value - b.value)).map(({ candidate }) => candidate);
}

/** The good ones, then the rest, each in the order they had. */
function lastUnless(group: readonly Candidate[], good: (candidate: Candidate) => boolean): readonly Candidate[] {
  return [...group.filter(good), ...group.filter((candidate) => !good(candidate))];
}

/** A strict order among `leading`, which come first; nobody knows it where one of them has no figure. */
function strict(group: readonly Candidate[], leading: readonly Candidate[], [metric]: ReturnType<typeof metricOf>, reason: (candidate: Candidate) => OrderReason): readonly Ranked[] {
  const open = leading.length > 1 && leading.some((candidate) => metric(candidate) === undefined);
  return group.map((candidate, i) => ({
    candidate,
    weight: open && leading.includes(candidate) ? undefined : Number(i === 0),
    reason: reason(candidate),
  }));
}

/** By chance among those without an outage; without a source of chance, the likeliest first. */
function balanced(group: readonly Candidate[], leading: readonly Candidate[], { options: { rng } }: RouteContext, reason: (candidate: Candidate) => OrderReason): readonly Ranked[] {
  const weights = priceWeights(leading.map(priceOf));
  const known = weights.filter((weight) => weight !== undefined);
  const byPrice = sorted(group, [priceOf, 1]);
  const drawn = known.length < weights.length ? undefined : leading[rng && leading.length > 1 ? pick(known, rng()) : known.indexOf(Math.max(...known))];
  const rest = lastUnless(byPrice.filter((candidate) => candidate !== drawn), (candidate) => leading.includes(candidate));
  return (drawn ? [drawn, ...rest] : rest).map((candidate) => {
    const at = leading.indexOf(candidate);
    return { candidate, weight: at < 0 ? 0 : weights[at], reason: reason(candidate) };
  });
}

/**
 * Endpoints in the order in which they are tried. With a sort: by its metric. Else with tools: by the quality of tool
 * calls. Else one of the stable at random by price, then the other stable ones from the cheapest, then those with an outage.
 */
export function rank(group: readonly Candidate[], sort: ProviderSort | undefined, context: RouteContext): readonly Ranked[] {
  if (sort !== undefined) {
    const metric = metricOf(sort, group, context);
    const isFirst = (candidate: Candidate): boolean => requestedTier(context) !== 'priority' || candidate.tier === 'priority';
    const order = lastUnless(sorted(group, metric), isFirst);
    const first = order.filter(isFirst);
    return strict(order, first.length > 0 ? first : order, metric, () => 'sort');
  }
  const stable = group.filter((candidate) => !hasOutage(candidate));
  const leading = stable.length > 0 ? stable : group;
  const reasonOf = (reason: OrderReason) => (candidate: Candidate): OrderReason => (leading.includes(candidate) ? reason : 'outage');
  if (!hasTools(context.body)) return balanced(group, leading, context, reasonOf('weight'));
  const quality = metricOf('exacto', group, context);
  return strict(lastUnless(sorted(group, quality), (candidate) => leading.includes(candidate)), leading, quality, reasonOf('exacto'));
}
