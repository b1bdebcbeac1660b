import { because, type Block, blocksOf, sharedSort } from './blocks.js';
import { byModel } from './candidates.js';
import { isRouterModel } from './chain.js';
import { chancesOf, type Placed } from './chances.js';
import type { Candidate, RouteContext } from './context.js';
import { sortOf } from './rank.js';
import type { OrderBasis, PlannedEndpoint, RouteModel } from './types.js';

/**
 * Blocks with what is not known of an endpoint's eligibility, and without what nothing hangs on: the speed of one that is alone. Of models
 * that a router may serve with, only one will be there.
 */
function doubted(blocks: readonly Block[]): readonly Block[] {
  const all = blocks.flatMap(({ ranked }) => ranked);
  const alone = all.filter(({ reason }) => reason !== 'byok-fallback').length === 1;
  const routed = [...new Set(all.map(({ candidate }) => candidate.model))].filter(isRouterModel);
  const isOption = (model: RouteModel): boolean => routed.some((other) => other !== model && other.requested === model.requested);
  const isOpen = ({ candidate, open }: Placed): boolean => candidate.unknown.length > 0 || (open === true && !alone) || isOption(candidate.model);
  return blocks.map((block) => ({ ...block, ranked: block.ranked.map((one) => ({ ...one, open: isOpen(one) })) }));
}

/** The one that is tried where only one is; where chance was not asked, or something is not known, all that it may be. */
function onlyFirst(blocks: readonly Block[], context: RouteContext): readonly Block[] {
  const chances = chancesOf(doubted(blocks).map(({ ranked }) => ranked));
  const possible = blocks.map((block, i) => ({ ...block, ranked: block.ranked.filter((_, at) => chances[i]?.[at] !== 0) })).filter(({ ranked }) => ranked.length > 0);
  return context.options.rng ? possible.slice(0, 1).map((block) => ({ ...block, ranked: block.ranked.slice(0, 1) })) : possible;
}

/** A router model serves with the model that the conversation had, else with the first of its models of which something is left; all that this may be. */
function oneModelPerRouter(groups: readonly (readonly Candidate[])[], sticky: Candidate | undefined): readonly (readonly Candidate[])[] {
  const seen = new Set<string>();
  return groups.flatMap((group) => {
    const model = group[0]?.model;
    if (model === undefined || !isRouterModel(model)) return [group];
    if (seen.has(model.requested)) return [];
    seen.add(model.requested);
    const all = groups.filter(([one]) => one?.model.requested === model.requested);
    const isHeld = ([one]: readonly Candidate[]): number => Number(one?.model === sticky?.model);
    const possible = all.toSorted((a, b) => isHeld(b) - isHeld(a));
    const sure = possible.findIndex((one) => one.some(({ unknown }) => unknown.length === 0));
    return sure < 0 ? possible : possible.slice(0, sure + 1);
  });
}

/** All blocks in the order of trying: the slow ones last, which are told so where that moves them. */
function sequenceOf(blocks: readonly Block[]): readonly Block[] {
  const end = blocks.findLastIndex(({ late }) => !late);
  const told = blocks.map((block, i) => (block.late && i < end ? { ...block, ranked: because('threshold', block.ranked) } : block));
  return [...told.filter(({ late }) => !late), ...told.filter(({ late }) => late)];
}

/**
 * Endpoints in the order in which they will be tried, with the probability of each to be the first. `partition: "none"`
 * ranks all models in one list. A threshold moves slow endpoints behind those of later models too.
 */
export function orderCandidates(eligible: readonly Candidate[], context: RouteContext, sticky: Candidate | undefined): { readonly order: readonly PlannedEndpoint[]; readonly basis?: OrderBasis } {
  const { sort, order: listed, allow_fallbacks: fallbacks } = context.provider;
  const groups = oneModelPerRouter(byModel(eligible), sticky);
  const whole = typeof sort === 'object' && sort.partition === 'none';
  const lists = whole ? [groups.flat()] : groups;
  const single = fallbacks === false && listed === undefined;
  const blocks = lists.map((list) => blocksOf(list, context, sticky)).flatMap((some) => (single ? onlyFirst(some, context) : some));
  const sequence = doubted(sequenceOf(blocks));
  const chances = chancesOf(sequence.map(({ ranked }) => ranked));
  const order = sequence.flatMap(({ ranked }, i) =>
    ranked.map(({ candidate, reason }, at): PlannedEndpoint => ({ ...candidate, reason, probability: chances[i]?.[at] })));
  const [first] = order;
  if (first === undefined) return { order };
  const by = first.reason;
  const sorted = by === 'sort' ? sortOf(context, sharedSort(whole ? groups.flat() : [first])) : undefined;
  return { order, basis: { by, ...(sorted && { sort: sorted }) } };
}
