import { byModel } from './candidates.js';
import { isRouterModel } from './chain.js';
import { chancesOf, type Placed } from './chances.js';
import type { Candidate, RouteContext } from './context.js';
import { keyFor } from './filter-byok.js';
import { placeInOrder } from './filter-providers.js';
import { rank, sortOf, type Tier } from './rank.js';
import { meetsThresholds } from './speed.js';
import type { OrderBasis, OrderReason, PlannedEndpoint, RouteModel } from './types.js';

/** A tier at its place among all. */
interface Block {
  readonly ranked: readonly Placed[];
  /** Goes behind the blocks of all other models too: slower than preferred. */
  readonly late?: boolean;
}

/** Groups by a number, the smallest first. */
function grouped(candidates: readonly Candidate[], place: (candidate: Candidate) => number): readonly (readonly Candidate[])[] {
  const places = [...new Set(candidates.map(place))].toSorted((a, b) => a - b);
  return places.map((one) => candidates.filter((candidate) => place(candidate) === one));
}

/** Gives another reason for the place; what is behind others by its own fault stays so. */
function because(reason: OrderReason, ranked: readonly Placed[]): readonly Placed[] {
  return ranked.map((one) => (one.reason === 'outage' || one.reason === 'threshold' ? one : { ...one, reason }));
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
function sharedSort(candidates: readonly Pick<Candidate, 'model'>[]): RouteModel['sort'] {
  const sorts = new Set(candidates.map(({ model }) => model.sort));
  return sorts.size === 1 ? candidates[0]?.model.sort : undefined;
}

/**
 * One group: prioritized own keys, where the conversation was, those listed in `order`, the others, and own keys to fall back on. A
 * threshold decides among the others, and among the endpoints that one entry of `order` stands for; not between the entries.
 */
function blocksOf(group: readonly Candidate[], context: RouteContext, sticky: Candidate | undefined): readonly Block[] {
  const { provider: { order = [], allow_fallbacks: fallbacks }, account: { byok }, options: { rng } } = context;
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
  const blocks: readonly Block[] = [
    ...inOrder(first, 'byok', ({ tag, provider }) => placeInOrder(order, tag) * (keys.length + 1) + keys.indexOf(provider)),
    ...(sticky && group.includes(sticky) ? [{ ranked: [{ candidate: sticky, weight: 1, reason: 'sticky' as const }] }] : []),
    ...inOrder(shared.filter(isListed), 'order', ({ tag }) => placeInOrder(order, tag)),
    ...others,
    ...ranked(last).map((tier): Block => ({ ranked: tier.map((one) => ({ ...one, reason: 'byok-fallback', open })), late })),
  ];
  return fallbacks === false && order.length === 0 ? onlyFirst(blocks, rng !== undefined) : blocks;
}

/** The same, with what is not known of an endpoint's eligibility, and without what nothing hangs on: the speed of one that is alone. */
function doubted(blocks: readonly Block[]): readonly Block[] {
  const alone = blocks.flatMap(({ ranked }) => ranked).filter(({ reason }) => reason !== 'byok-fallback').length === 1;
  const isOpen = ({ candidate, open }: Placed): boolean => candidate.unknown.length > 0 || (open === true && !alone);
  return blocks.map((block) => ({ ...block, ranked: block.ranked.map((one) => ({ ...one, open: isOpen(one) })) }));
}

/** The one that is tried where only one is; where chance was not asked, or something is not known, all that it may be. */
function onlyFirst(blocks: readonly Block[], isDrawn: boolean): readonly Block[] {
  const chances = chancesOf(doubted(blocks).map(({ ranked }) => ranked));
  const possible = blocks.map((block, i) => ({ ...block, ranked: block.ranked.filter((_, at) => chances[i]?.[at] !== 0) })).filter(({ ranked }) => ranked.length > 0);
  return isDrawn ? possible.slice(0, 1).map((block) => ({ ...block, ranked: block.ranked.slice(0, 1) })) : possible;
}

/** A router model serves with the model that the conversation had, else with the first of its models that is left. */
function oneModelPerRouter(groups: readonly (readonly Candidate[])[], sticky: Candidate | undefined): readonly (readonly Candidate[])[] {
  const chosen = new Map<string, RouteModel>();
  for (const model of [sticky, ...groups.map(([first]) => first)].flatMap((one) => one?.model ?? [])) {
    if (isRouterModel(model) && !chosen.has(model.requested)) chosen.set(model.requested, model);
  }
  return groups.filter(([first]) => first !== undefined && (chosen.get(first.model.requested) ?? first.model) === first.model);
}

/** All blocks in the order of trying: the slow ones last, which are told so where that moves them. */
function sequenceOf(blocks: readonly Block[]): readonly Block[] {
  const end = blocks.findLastIndex(({ late }) => !late);
  const isFallback = ({ ranked }: Block): boolean => ranked.every(({ reason }) => reason === 'byok-fallback');
  const slow = blocks.flatMap((block, i) => (!block.late ? [] : i < end && !isFallback(block) ? [{ ...block, ranked: because('threshold', block.ranked) }] : [block]));
  return [...blocks.filter(({ late }) => !late), ...slow];
}

/**
 * Endpoints in the order in which they will be tried, with the probability of each to be the first. `partition: "none"`
 * ranks all models in one list. A threshold moves slow endpoints behind those of later models too.
 */
export function orderCandidates(eligible: readonly Candidate[], context: RouteContext, sticky: Candidate | undefined): { readonly order: readonly PlannedEndpoint[]; readonly basis?: OrderBasis } {
  const { sort } = context.provider;
  const groups = oneModelPerRouter(byModel(eligible), sticky);
  const whole = typeof sort === 'object' && sort.partition === 'none';
  const lists = whole ? [groups.flat()] : groups;
  const sequence = doubted(sequenceOf(lists.flatMap((list) => blocksOf(list, context, sticky))));
  const chances = chancesOf(sequence.map(({ ranked }) => ranked));
  const order = sequence.flatMap(({ ranked }, i) =>
    ranked.map(({ candidate, reason }, at): PlannedEndpoint => ({ ...candidate, reason, probability: chances[i]?.[at] })));
  const [first] = order;
  if (first === undefined) return { order };
  const by = first.reason;
  const sorted = by === 'sort' ? sortOf(context, sharedSort(whole ? groups.flat() : [first])) : undefined;
  return { order, basis: { by, ...(sorted && { sort: sorted }) } };
}
