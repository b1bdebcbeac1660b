import type { MaxPrice } from '../wire/provider-preferences.js';
import { DEFAULTS, type Field, FIELD_NAMES, PRICES } from './fields.js';
import type { Policy } from './policy.js';
import { ignores, intersect, intersectSlugs } from './slugs.js';

// Which quantizations also count as which family. Source: OpenRouter API, provider routing.
const FAMILIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['fp4', ['mxfp4', 'nvfp4']],
  ['fp8', ['mxfp8']],
]);

/** Whether an entry of `quantizations` matches an endpoint's quantization. */
export function matchesQuantization(entry: string, quantization: string): boolean {
  return entry === quantization || (FAMILIES.get(entry)?.includes(quantization) ?? false);
}

function smallerPrice(a: MaxPrice, b: MaxPrice): MaxPrice {
  const price: MaxPrice = {};
  for (const key of PRICES) {
    const least = Math.min(a[key] ?? Infinity, b[key] ?? Infinity);
    if (least < Infinity) price[key] = least;
  }
  return price;
}

/** Both lists in one, repetitions dropped. */
function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return [...new Map([...a, ...b].map((one) => [JSON.stringify(one), one])).values()];
}

type Stated = { -readonly [Key in keyof Policy]-?: NonNullable<Policy[Key]> };
type Meet<Value> = (outer: Value, inner: Value) => Value;

/** How opinions on a guardrail meet, but for those with a default. What is not in here is a preference. */
const MEETS: { readonly [Key in keyof Policy]?: Meet<Stated[Key]> } = {
  only: intersectSlugs,
  // the inner list first: its sequence stands
  closed: (outer, inner) => intersectSlugs(inner, outer),
  ignore: union,
  quantizations: (outer, inner) => intersect(outer, inner, matchesQuantization),
  max_price: smallerPrice,
  allowedModels: union,
  region: (outer, inner) => (outer === inner ? outer : 'conflict'),
  // nobody knows which of these tighten, so that the outer value stands
  unknown: (outer, inner) => ({ ...inner, ...outer }),
};

function meet<Key extends keyof Policy>(key: Key, outer: Stated[Key], inner: Stated[Key]): Stated[Key] {
  const both: Meet<Stated[Key]> | undefined = MEETS[key];
  // of a guardrail with a default, what is not the default is the tighter
  const tight = key in DEFAULTS && inner === DEFAULTS[key as Field];
  return both ? both(outer, inner) : tight ? outer : inner;
}

/**
 * Folds an inner policy into an outer one: guardrails tighten, and of preferences the inner stands. Associative, and over
 * the guardrails idempotent; what the result admits is admitted by both. A list may come out empty, meaning that nothing is
 * admitted: `requireSatisfiable` says so before anything is sent.
 */
export function foldPolicies(outer: Policy, inner: Policy): Policy {
  const folded: Partial<Stated> = { ...outer };
  const fold = <Key extends keyof Policy>(asked: Partial<Stated>, key: Key): void => {
    const before: Stated[Key] | undefined = folded[key];
    const value: Stated[Key] | undefined = asked[key];
    if (value !== undefined) folded[key] = before === undefined ? value : meet(key, before, value);
  };
  // The keys are those of a checked policy.
  for (const key of Object.keys(inner) as (keyof Policy)[]) fold(inner, key);
  return folded;
}

/** The wire names under which the guardrails in force would be sent. */
export function guardrailsInForce(policy: Policy): Field[] {
  const closing: readonly Field[] = policy.closed ? ['order', 'allow_fallbacks'] : [];
  return FIELD_NAMES.filter((field) => {
    const stated = policy[field] !== undefined && policy[field] !== DEFAULTS[field];
    return closing.includes(field) || (stated && (field in MEETS || field in DEFAULTS));
  });
}

/** Those of some slugs that `ignore` does not cover. */
export function notIgnored(slugs: readonly string[] | undefined, policy: Policy): readonly string[] | undefined {
  return slugs?.filter((slug) => !policy.ignore?.some((entry) => ignores(entry, slug)));
}

/** The slugs that the allow-lists of a policy leave; undefined where there is no allow-list. */
export function allowedSlugs(policy: Policy): readonly string[] | undefined {
  const { closed, only } = policy;
  return notIgnored(closed && only ? intersectSlugs(closed, only) : (closed ?? only), policy);
}
