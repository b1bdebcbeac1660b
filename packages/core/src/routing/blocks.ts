import type { Placed } from './chances.js';
import type { Candidate, RouteContext } from './context.js';
import { keyFor } from './filter-byok.js';
import { placeInOrder } from './filter-providers.js';
import { rank, sortOf, type Tier } from './rank.js';
import { meetsThresholds } from './speed.js';
import type { OrderReason, RouteModel } from './types.js';

/** A tier at its place among all. */
export interface Block {
  readonly ranked: readonly Placed[];
  /** Goes behind the blocks of all other models too: slower than preferred. */
  readonly late?: boolean;
}

/** Groups by a number, the smallest first. */
function grouped(candidates: readonly Candidate[], place: (candidate: Candidate) => number): readonly (readonly Candidate[])[] {
  const places = [...new Set(candidates.map(place))].toSorted((a, b) => a - b);
  return places.map((one) => candidates.filter((candidate) => place(candidate) === one));
}

/** Reasons that say more than what an endpoint is among. */
const OWN_REASONS: readonly OrderReason[] = ['outage', 'threshold', 'byok-fallback'];

/** Gives another reason for the place; what is behind others by its own fault stays so. */
export function because(reason: OrderReason, ranked: readonly Placed[]): readonly Placed[] {
  return ranked.map((one) => (OWN_REASONS.includes(one.reason) ? one : { ...one, reason }));
}

/** Those as fast as preferred, ranked among themselves, then the others. Of whom it is not known whether they are, `open` says so. */
function bySpeed(group: readonly Candidate[], rankGroup: (group: readonly Candidate[]) => readonly Tier[], context: RouteContext): readonly Block[] {
  const met = new Map(group.map((candidate) => [candidate, meetsThresholds(candidate, context)]));
  const swift = rankGroup(group.filter((candidate) => met.get(candidate) !== false));
  const slow = rankGroup(group.filter((candidate) => met.get(candidate) === false));
  return [
    ...swift.map((tier): Block => ({ ranked: tier.map((one) => (met.get(one.candidate) === undefined ? { ...one, open: true } : one)) })),
    ...slow.map((tier): Block => ({ ranked: swift.length > 0 ? because('threshold', tier) : tier, late: true })),
  ];
}

/** What the models of all sort by, where that is one thing. */
export function sharedSort(candidates: readonly Pick<Candidate, 'model'>[]): RouteModel['sort'] {
  const sorts = new Set(candidates.map(({ model }) => model.sort));
  return sorts.size === 1 ? candidates[0]?.model.sort : undefined;
}

/**
 * One group: prioritized own keys, where the conversation was, those listed in `order`, the others, and own keys to fall back on. A
 * threshold decides among the others, and among the endpoints that one entry of `order` stands for; not between the entries.
 */
export function blocksOf(group: readonly Candidate[], context: RouteContext, sticky: Candidate | undefined): readonly Block[] {
  const { provider: { order = [] }, account: { byok } } = context;
  const keys = Object.keys(byok ?? {});
  const sort = sortOf(context, sharedSort(group));
  const ranked = (part: readonly Candidate[]): readonly Tier[] => (part.length > 0 ? rank(part, sort, context) : []);
  const inOrder = (part: readonly Candidate[], reason: OrderReason, place: (candidate: Candidate) => number): readonly Block[] =>
    grouped(part, place).flatMap((same) => (same.length > 1 ? bySpeed(same, ranked, context) : ranked(same).map((tier): Block => ({ ranked: tier }))))
      .map((block) => ({ ranked: because(reason, block.ranked) }));

  const own = group.filter(({ byok: isOwn }) => isOwn);
  const first = own.filter((candidate) => keyFor(candidate, context)?.use === 'prioritized');
  const last = own.filter((candidate) => !first.includes(candidate));
  const shared = group.filter((candidate) => !candidate.byok && candidate !== sticky);
  const isListed = ({ tag }: Candidate): boolean => placeInOrder(order, tag) < order.length;
  const others = bySpeed(shared.filter((candidate) => !isListed(candidate)), ranked, context);
  const late = others.some((block) => block.late);
  // they go behind the slow ones, if any turns out to be slow
  const open = others.some((block) => block.ranked.some((one) => one.open));
  return [
    ...inOrder(first, 'byok', ({ tag, provider }) => placeInOrder(order, tag) * (keys.length + 1) + keys.indexOf(provider)),
    ...(sticky && group.includes(sticky) ? [{ ranked: [{ candidate: sticky, weight: 1, reason: 'sticky' as const }] }] : []),
    ...inOrder(shared.filter(isListed), 'order', ({ tag }) => placeInOrder(order, tag)),
    ...others,
    ...ranked(last).map((tier): Block => ({ ranked: tier.map((one) => ({ ...one, reason: 'byok-fallback', open })), late })),
  ];
}
