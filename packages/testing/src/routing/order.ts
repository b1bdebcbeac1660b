import type { Random } from '../random.js';
import { byModel } from './candidates.js';
import { placeInOrder } from './filter-fallback.js';
import { rank, sortOf } from './rank.js';
import { lastUnless, meetsThresholds } from './thresholds.js';
import type { Candidate, RouteContext } from './types.js';

interface Placed {
  readonly candidate: Candidate;
  readonly weight: number;
  /** Named in `order`: thresholds do not move it. */
  readonly listed: boolean;
}

function isListed(candidate: Candidate, order: readonly string[]): boolean {
  return placeInOrder(order, candidate.endpoint) < order.length;
}

/** Those that are as fast as preferred, ranked among themselves, then the others. */
function rankByThreshold(group: readonly Candidate[], context: RouteContext, random: Random, oneModel: boolean): readonly Placed[] {
  const order = context.provider.order ?? [];
  const sort = sortOf(context, oneModel ? group[0]?.requested.sort : undefined);
  const swift = group.filter(({ endpoint }) => meetsThresholds(endpoint, context.provider));
  const slow = group.filter((candidate) => !swift.includes(candidate));
  return [swift, slow].flatMap((part, i) => {
    const ranking = rank(part, sort, context, random);
    const counts = i === 0 || swift.length === 0;
    return ranking.candidates.map((candidate, j) => ({
      candidate,
      listed: isListed(candidate, order),
      weight: counts ? (ranking.weights[j] ?? 0) : 0,
    }));
  });
}

/** One group: those listed in `order`, then the ranked others, own keys around OpenRouter's capacity. */
function place(group: readonly Candidate[], context: RouteContext, random: Random, oneModel: boolean): readonly Placed[] {
  const order = context.provider.order ?? [];
  const keys = context.account.byok ?? {};
  const use = ({ candidate }: Placed): string | undefined => (candidate.byok ? keys[candidate.endpoint.provider] : undefined);
  const ranked = rankByThreshold(group, context, random, oneModel);
  const named = ranked
    .filter(({ listed }) => listed)
    .toSorted((a, b) => placeInOrder(order, a.candidate.endpoint) - placeInOrder(order, b.candidate.endpoint));
  const sequence = lastUnless(
    lastUnless([...named, ...ranked.filter(({ listed }) => !listed)], (item) => use(item) === 'prioritized'),
    (item) => use(item) !== 'fallback',
  );
  // A list or an own key decides who is first; nothing is left to chance.
  const decided = named.length > 0 || sequence.some(({ candidate }) => candidate.byok);
  const placed = decided ? sequence.map((item, i) => ({ ...item, weight: Number(i === 0) })) : sequence;
  return context.provider.allow_fallbacks === false && order.length === 0 ? placed.slice(0, 1) : placed;
}

/** A router model serves with the first of its models that is left. */
function oneModelPerRouter(groups: readonly (readonly Candidate[])[]): readonly (readonly Candidate[])[] {
  const seen = new Set<string>();
  return groups.filter((group) => {
    const requested = group[0]?.requested;
    if (requested === undefined || (requested.strategy !== 'auto' && requested.strategy !== 'free')) return true;
    const first = !seen.has(requested.requested);
    seen.add(requested.requested);
    return first;
  });
}

/**
 * Endpoints in the order in which they will be tried, with the probability of each to be the first. `partition: "none"`
 * ranks all models in one list. A threshold moves slow endpoints behind those of later models too.
 */
export function orderCandidates(
  eligible: readonly Candidate[],
  context: RouteContext,
  random: Random,
): { readonly order: readonly Candidate[]; readonly weights: readonly number[] } {
  const { sort } = context.provider;
  const groups = oneModelPerRouter(byModel(eligible));
  const whole = typeof sort === 'object' && sort !== null && sort.partition === 'none';
  const placed = whole
    ? place(groups.flat(), context, random, groups.length === 1)
    : groups.flatMap((group, i) => place(group, context, random, true).map((item) => (i === 0 ? item : { ...item, weight: 0 })));
  const final = lastUnless(placed, ({ listed, candidate }) => listed || meetsThresholds(candidate.endpoint, context.provider));
  return { order: final.map(({ candidate }) => candidate), weights: final.map(({ weight }) => weight) };
}
