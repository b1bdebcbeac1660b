import type { MaxPrice } from '../wire/provider-preferences.js';
import { PRICES } from './fields.js';
import type { Policy, Region } from './policy.js';
import { ignores, intersectSlugs } from './slugs.js';

// Which quantizations also count as which family. Source: OpenRouter API, provider routing.
const FAMILIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['fp4', ['mxfp4', 'nvfp4']],
  ['fp8', ['mxfp8']],
]);

/** Whether an entry of `quantizations` matches an endpoint's quantization. */
export function matchesQuantization(entry: string, quantization: string): boolean {
  return entry === quantization || (FAMILIES.get(entry)?.includes(quantization) ?? false);
}

function intersectQuantizations(a: readonly string[], b: readonly string[]): string[] {
  const shared = new Set<string>();
  for (const x of a) {
    for (const y of b) {
      if (matchesQuantization(x, y)) shared.add(y);
      else if (matchesQuantization(y, x)) shared.add(x);
    }
  }
  return [...shared];
}

function smallerPrice(a: MaxPrice, b: MaxPrice): MaxPrice {
  const price: MaxPrice = {};
  for (const key of PRICES) {
    const least = Math.min(a[key] ?? Infinity, b[key] ?? Infinity);
    if (least < Infinity) price[key] = least;
  }
  return price;
}

/** Folds two opinions; the absent one is the identity. */
function both<T>(a: T | undefined, b: T | undefined, fold: (a: T, b: T) => T): T | undefined {
  return a === undefined ? b : b === undefined ? a : fold(a, b);
}

const or = (a: boolean, b: boolean): boolean => a || b;
const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];

/** The conjunction of two lists of glob lists, repetitions dropped. */
function everyList(a: readonly (readonly string[])[], b: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const keys = new Set(a.map((list) => list.join('\n')));
  return [...a, ...b.filter((list) => !keys.has(list.join('\n')))];
}

const sameRegion = (a: Region | 'conflict', b: Region | 'conflict'): Region | 'conflict' => (a === b ? a : 'conflict');

const define = (policy: { [Key in keyof Required<Policy>]: Policy[Key] }): Policy => {
  const kept = Object.entries(policy).filter(([, value]) => value !== undefined);
  // The entries are those of `policy` less the undefined ones, which Policy's optional keys stand for.
  return Object.fromEntries(kept) as Policy;
};

/**
 * Folds an inner policy into an outer one: guardrails tighten, and of preferences the inner stands. Associative, and over
 * the guardrails idempotent; what the result admits is admitted by both. A list may come out empty, meaning that nothing is
 * admitted: `requireSatisfiable` says so before anything is sent.
 */
export function foldPolicies(outer: Policy, inner: Policy): Policy {
  return define({
    only: both(outer.only, inner.only, intersectSlugs),
    // the inner list first: its sequence stands
    closed: both(inner.closed, outer.closed, intersectSlugs),
    oneEndpoint: both(outer.oneEndpoint, inner.oneEndpoint, or),
    ignore: both(outer.ignore, inner.ignore, union),
    zdr: both(outer.zdr, inner.zdr, or),
    enforceDistillableText: both(outer.enforceDistillableText, inner.enforceDistillableText, or),
    requireParameters: both(outer.requireParameters, inner.requireParameters, or),
    dataCollection: both(outer.dataCollection, inner.dataCollection, (a, b) => (a === 'deny' ? a : b)),
    quantizations: both(outer.quantizations, inner.quantizations, intersectQuantizations),
    maxPrice: both(outer.maxPrice, inner.maxPrice, smallerPrice),
    allowedModels: both(outer.allowedModels, inner.allowedModels, everyList),
    region: both(outer.region, inner.region, sameRegion),
    uncached: both(outer.uncached, inner.uncached, or),
    order: inner.order ?? outer.order,
    sort: inner.sort ?? outer.sort,
    preferredMinThroughput: inner.preferredMinThroughput ?? outer.preferredMinThroughput,
    preferredMaxLatency: inner.preferredMaxLatency ?? outer.preferredMaxLatency,
    options: inner.options ?? outer.options,
    // nobody knows which of these tighten, so that the outer value stands
    unknown: both(outer.unknown, inner.unknown, (a, b) => ({ ...b, ...a })),
  });
}

/**
 * The slugs that the allow-lists of a policy leave, those that `ignore` covers taken out; undefined where there is no
 * allow-list.
 */
export function allowedSlugs(policy: Policy): readonly string[] | undefined {
  const allowed = both(policy.closed, policy.only, intersectSlugs);
  return allowed?.filter((slug) => !policy.ignore?.some((entry) => ignores(entry, slug)));
}
