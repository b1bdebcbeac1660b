import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { allowedSlugs, foldPolicies } from './guardrails.js';
import type { Overruled, Policy } from './policy.js';
import { printedOrder } from './print.js';
import { isEmpty } from './check-parts.js';
import { isRecord } from './report.js';

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
    if (isEmpty(layer.policy)) continue;
    policy = foldPolicies(policy, layer.policy);
    requireSatisfiable(policy, layers);
    const { order: _, closed, unknown, ...asked } = layer.policy;
    const kept = { ...policy, ...closing(policy), ...policy.unknown };
    noteOverruled(layer.name, { ...asked, ...(closed && { order: closed }), ...unknown }, kept, overruled);
  }
  // the sequence that stands is the innermost layer's; what the guardrails of all cut from it is told once
  const owner = layers.findLast((layer) => layer.policy.order);
  if (owner && !overruled.some((one) => one.field === 'order' && one.layer === owner.name)) {
    noteOverruled(owner.name, { order: owner.policy.order }, { order: printedOrder(policy) ?? [] }, overruled);
  }
  return { policy, overruled };
}

/** What a closed list, or one endpoint, makes of the two preferences that can be either. */
const closing = (policy: Policy): object => (policy.closed ? { allow_fallbacks: false, order: printedOrder(policy) } : {});

function requireSatisfiable(policy: Policy, layers: readonly NamedPolicy[]): void {
  const conflict = (field: string, ...keys: (keyof Policy)[]): never => {
    const saying = layers.filter((layer) => keys.some((key) => layer.policy[key] !== undefined));
    const said = saying.flatMap((layer) =>
      keys.flatMap((key) => (layer.policy[key] === undefined ? [] : `${key === 'closed' ? 'closed order' : key} ${JSON.stringify(layer.policy[key])} (${layer.name})`)),
    );
    throw new PolicyConflictError({
      field,
      message: `${said.join(' and ')} leave nothing`,
      suggestion: 'an inner layer can only narrow',
      layers: saying.map((layer) => layer.name),
    });
  };
  if (policy.only?.length === 0) conflict('provider.only', 'only');
  if (policy.closed?.length === 0) conflict('provider.order', 'closed');
  if (allowedSlugs({ ...policy, ignore: [] })?.length === 0) conflict('provider.only', 'only', 'closed');
  if (allowedSlugs(policy)?.length === 0) conflict('provider.ignore', 'only', 'closed', 'ignore');
  if (policy.quantizations?.length === 0) conflict('provider.quantizations', 'quantizations');
  if (policy.region === 'conflict') conflict('region', 'region');
}

/** Whether what was asked for is what holds, or for a list, part of it. */
function holds(kept: unknown, asked: unknown): boolean {
  if (Array.isArray(asked) && Array.isArray(kept)) return asked.every((one) => kept.some((other) => holds(other, one)));
  return JSON.stringify(kept) === JSON.stringify(asked);
}

/** Notes what a layer asked for and the layers before it had already closed. A price is told by its components. */
function noteOverruled(layer: string, asked: object, kept: { readonly [field: string]: unknown }, overruled: Overruled[]): void {
  for (const [field, value] of Object.entries(asked)) {
    const effective = kept[field];
    if (field === 'max_price' && isRecord(effective)) {
      for (const [key, bound] of Object.entries(value)) {
        if (effective[key] !== bound) overruled.push({ field: `${field}.${key}`, layer, asked: bound, effective: effective[key] });
      }
    } else if (!holds(effective, value)) overruled.push({ field, layer, asked: value, effective });
  }
}
