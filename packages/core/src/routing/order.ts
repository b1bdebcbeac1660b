import { byModel } from './candidates.js';
import type { Candidate, RouteContext } from './context.js';
import { keyFor } from './filter-byok.js';
import { placeInOrder } from './filter-providers.js';
import { rank, type Ranked, sortOf } from './rank.js';
import { meetsThresholds } from './speed.js';
import type { OrderBasis, PlannedEndpoint } from './types.js';

/** Endpoints among which something decides; all of a block are tried before any of the next. */
interface Block {
  readonly ranked: readonly Ranked[];
  /** Goes behind the blocks of all other models too: slower than preferred. */
  readonly late?: boolean;
}

/** Groups by a number, the smallest first. */
function grouped(candidates: readonly Candidate[], place: (candidate: Candidate) => number): readonly (readonly Candidate[])[] {
  const places = [...new Set(candidates.map(place))].toSorted((a, b) => a - b);
  return places.map((one) => candidates.filter((candidate) => place(candidate) === one));
}

/** Those as fast as preferred, ranked among themselves, then the others. */
function bySpeed(group: readonly Candidate[], rankGroup: (group: readonly Candidate[]) => readonly Ranked[], context: RouteContext): readonly [swift: Block, slow: Block] {
  const met = new Map(group.map((candidate) => [candidate, meetsThresholds(candidate, context)]));
  const swift = rankGroup(group.filter((candidate) => met.get(candidate) !== false));
  const slow = rankGroup(group.filter((candidate) => met.get(candidate) === false));
  // where it is not known of one whether it is slow, it is not known who is first
  const open = group.length > 1 && swift.some(({ candidate }) => met.get(candidate) === undefined);
  return [
    { ranked: open ? swift.map((one) => ({ ...one, weight: undefined })) : swift },
    { ranked: swift.length > 0 ? slow.map((one) => ({ ...one, reason: 'threshold' as const })) : slow, late: true },
  ];
}

/** One group: prioritized own keys, where the conversation was, those listed in `order`, the others, and own keys to fall back on. */
function blocksOf(group: readonly Candidate[], context: RouteContext, sticky: Candidate | undefined, oneModel: boolean): readonly Block[] {
  const { provider: { order = [], allow_fallbacks: fallbacks }, account: { byok = {} } } = context;
  const keys = Object.keys(byok);
  const sort = sortOf(context, oneModel ? group[0]?.model.sort : undefined);
  const ranked = (part: readonly Candidate[]): readonly Ranked[] => (part.length > 0 ? rank(part, sort, context) : []);
  const named = (reason: Ranked['reason'], part: readonly Ranked[]): Block => ({ ranked: part.map((one) => ({ ...one, reason })) });
  const inOrder = (part: readonly Candidate[], reason: Ranked['reason'], place: (candidate: Candidate) => number): readonly Block[] =>
    grouped(part, place).flatMap((same) => bySpeed(same, ranked, context).map((block) => named(reason, block.ranked)));

  const own = group.filter(({ byok: isOwn }) => isOwn);
  const first = own.filter((candidate) => keyFor(candidate, context)?.use === 'prioritized');
  const last = own.filter((candidate) => !first.includes(candidate));
  const shared = group.filter((candidate) => !candidate.byok && candidate !== sticky);
  const isListed = ({ tag }: Candidate): boolean => placeInOrder(order, tag) < order.length;
  const [swift, slow] = bySpeed(shared.filter((candidate) => !isListed(candidate)), ranked, context);
  const blocks: readonly Block[] = [
    ...inOrder(first, 'byok', ({ tag, provider }) => placeInOrder(order, tag) * (keys.length + 1) + keys.indexOf(provider)),
    named('sticky', sticky && group.includes(sticky) ? [{ candidate: sticky, weight: 1, reason: 'sticky' }] : []),
    ...inOrder(shared.filter(isListed), 'order', ({ tag }) => placeInOrder(order, tag)),
    swift, slow,
    { ...named('byok-fallback', ranked(last)), late: slow.ranked.length > 0 },
  ].filter((block) => block.ranked.length > 0);
  return fallbacks === false && order.length === 0 ? blocks.slice(0, 1).map((block) => onlyFirst(block, context)) : blocks;
}

/** The one that is tried where only one is; where chance was not asked, all that it may be. */
function onlyFirst({ ranked, late }: Block, { options: { rng } }: RouteContext): Block {
  const possible = ranked.filter(({ weight }) => weight !== 0);
  return { ranked: rng ? possible.slice(0, 1) : possible, ...(late && { late }) };
}

/** A router model serves with the first of its models that is left. */
function oneModelPerRouter(groups: readonly (readonly Candidate[])[]): readonly (readonly Candidate[])[] {
  const seen = new Set<string>();
  return groups.filter((group) => {
    const model = group[0]?.model;
    if (model === undefined || (model.strategy !== 'auto' && model.strategy !== 'free')) return true;
    const first = !seen.has(model.requested);
    seen.add(model.requested);
    return first;
  });
}

/**
 * Endpoints in the order in which they will be tried, with the probability of each to be the first. `partition: "none"`
 * ranks all models in one list. A threshold moves slow endpoints behind those of later models too.
 */
export function orderCandidates(eligible: readonly Candidate[], context: RouteContext, sticky: Candidate | undefined): { readonly order: readonly PlannedEndpoint[]; readonly basis?: OrderBasis } {
  const { sort } = context.provider;
  const groups = oneModelPerRouter(byModel(eligible));
  const whole = typeof sort === 'object' && sort.partition === 'none';
  const blocks = whole
    ? blocksOf(groups.flat(), context, sticky, groups.length === 1)
    : groups.flatMap((group) => blocksOf(group, context, sticky, true));
  const sequence = [...blocks.filter(({ late }) => !late), ...blocks.filter(({ late }) => late)];
  const order = sequence.flatMap(({ ranked }, i) =>
    ranked.map(({ candidate, weight, reason }): PlannedEndpoint => ({ ...candidate, reason, probability: i === 0 ? weight : 0 })));
  const [first] = order;
  if (first === undefined) return { order };
  const by = first.reason;
  const sorted = by === 'sort' ? sortOf(context, whole && groups.length > 1 ? undefined : first.model.sort) : undefined;
  return { order, basis: { by, ...(sorted && { sort: sorted }) } };
}
