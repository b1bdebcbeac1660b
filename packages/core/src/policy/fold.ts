import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { PRICES } from './fields.js';
import { allowedSlugs, foldPolicies } from './guardrails.js';
import type { Overruled, Policy } from './policy.js';
import { printedOrder } from './print.js';

/** A layer's policy and the name that messages and receipts give it: `client`, `model`, `call` … */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

export interface FoldedPolicy {
  readonly policy: Policy;
  readonly overruled: readonly Overruled[];
}

/**
 * Folds layers, outermost first, into one policy, and tells which stated loosenings changed nothing.
 *
 * @throws {PolicyConflictError} when the guardrails together admit nothing.
 */
export function foldLayers(layers: readonly NamedPolicy[]): FoldedPolicy {
  const overruled: Overruled[] = [];
  let policy: Policy = {};
  for (const layer of layers) {
    const folded = foldPolicies(policy, layer.policy);
    requireSatisfiable(folded, layers);
    noteOverruled(policy, layer, folded, overruled);
    policy = folded;
  }
  noteCutOrder(policy, layers, overruled);
  return { policy, overruled };
}

function requireSatisfiable(policy: Policy, layers: readonly NamedPolicy[]): void {
  const saying = (...fields: (keyof Policy)[]): string[] =>
    layers.filter((layer) => fields.some((field) => layer.policy[field] !== undefined)).map((layer) => layer.name);
  const told = (field: keyof Policy): string =>
    layers.flatMap(({ name, policy: said }) => (said[field] === undefined ? [] : [`${JSON.stringify(said[field])} (${name})`])).join(' and ');
  const conflict = (field: string, message: string, suggestion: string, ...from: (keyof Policy)[]): never => {
    throw new PolicyConflictError({ field, message, suggestion, layers: saying(...from) });
  };
  if (policy.only?.length === 0) conflict('provider.only', `${told('only')} have no provider in common`, 'a call can only narrow the list', 'only');
  if (policy.closed?.length === 0) {
    conflict('provider.order', `${told('closed')}, each with allow_fallbacks: false, have no provider in common`, 'a call can only narrow the list', 'closed');
  }
  const allowed = allowedSlugs(policy);
  if (allowed?.length === 0) {
    const { ignore: _, ...lists } = policy;
    if (allowedSlugs(lists)?.length === 0) {
      conflict('provider.only', `${told('only')} and the closed order ${told('closed')} have no provider in common`, 'leave at least one provider', 'only', 'closed');
    }
    const covered = policy.closed ? (policy.only ? 'only and the closed order' : 'the closed order') : 'only';
    conflict('provider.ignore', `${told('ignore')} covers all of ${covered}`, 'leave at least one provider', 'only', 'closed', 'ignore');
  }
  if (policy.quantizations?.length === 0) {
    conflict('provider.quantizations', `${told('quantizations')} have none in common`, 'a call can only narrow the list', 'quantizations');
  }
  if (policy.region === 'conflict') conflict('region', `${told('region')} cannot both be kept`, 'name one region', 'region');
}

const covers = (kept: readonly string[] | undefined, asked: readonly string[]): boolean =>
  asked.every((one) => kept?.includes(one));

/** What `layer` asked for and the layers before it had already closed. */
function noteOverruled(before: Policy, layer: NamedPolicy, after: Policy, overruled: Overruled[]): void {
  const asked = layer.policy;
  const note = (field: string, value: unknown, effective: unknown): void => {
    overruled.push({ field, layer: layer.name, asked: value, effective });
  };
  if (asked.zdr === false && before.zdr) note('zdr', false, true);
  if (asked.dataCollection === 'allow' && before.dataCollection === 'deny') note('data_collection', 'allow', 'deny');
  if (asked.requireParameters === false && before.requireParameters) note('require_parameters', false, true);
  if (asked.enforceDistillableText === false && before.enforceDistillableText) note('enforce_distillable_text', false, true);
  if (asked.oneEndpoint === false && (before.oneEndpoint || before.closed)) note('allow_fallbacks', true, false);
  if (asked.closed && before.oneEndpoint && asked.closed.length > 1) note('order', asked.closed, printedOrder(after));
  if (asked.only && before.only && !covers(after.only, asked.only)) note('only', asked.only, after.only);
  if (asked.closed && before.closed && !covers(after.closed, asked.closed)) note('order', asked.closed, after.closed);
  if (asked.quantizations && before.quantizations && !covers(after.quantizations, asked.quantizations)) {
    note('quantizations', asked.quantizations, after.quantizations);
  }
  for (const key of PRICES) {
    const wanted = asked.maxPrice?.[key];
    const bound = before.maxPrice?.[key];
    if (wanted !== undefined && bound !== undefined && wanted > bound) note(`max_price.${key}`, wanted, bound);
  }
  for (const [key, value] of Object.entries(asked.unknown ?? {})) {
    const kept = after.unknown?.[key];
    if (JSON.stringify(kept) !== JSON.stringify(value)) note(key, value, kept);
  }
}

/** The sequence that stands is the innermost layer's; what the guardrails cut from it is told once. */
function noteCutOrder(policy: Policy, layers: readonly NamedPolicy[], overruled: Overruled[]): void {
  const owner = layers.findLast((layer) => layer.policy.order !== undefined);
  const asked = owner?.policy.order;
  if (!owner || !asked || overruled.some((one) => one.field === 'order' && one.layer === owner.name)) return;
  const printed = printedOrder(policy) ?? [];
  // within a closed list an entry may stand for narrower ones
  const kept = asked.every((slug) => printed.some((one) => one === slug || one.startsWith(`${slug}/`)));
  if (!kept) overruled.push({ field: 'order', layer: owner.name, asked, effective: printed });
}
