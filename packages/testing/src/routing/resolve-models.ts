import type { ChatRequest } from '@waypost/core';
import { listedId } from '@waypost/core/routing';
import type { Catalogue, GatewayModel } from '../catalogue/types.js';
import { autoModels } from './auto-router.js';
import type { AccountSettings, Refusal } from './types.js';

export type ModelsResult =
  | {
    readonly ok: true;
    /** Every model of the chain, once. */
    readonly models: readonly GatewayModel[];
    /** What ids stand for that are not those of the models. */
    readonly aliases: Readonly<Record<string, string | readonly string[]>>;
  }
  | { readonly ok: false; readonly refusal: Refusal };

function fail(status: number, message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { status, message } };
}

type Resolved = { readonly ok: true; readonly models: readonly GatewayModel[]; readonly isRouter: boolean } | { readonly ok: false; readonly refusal: Refusal };

/** The model behind an id, or those that a router may choose from. */
function resolveOne(id: string, body: ChatRequest, catalogue: Catalogue): Resolved {
  const row = listedId(id);
  const [base = '', ...fixed] = row.split(':');
  const routed = autoModels(base, body, catalogue);
  if (routed !== undefined) return routed.length === 0 ? fail(404, 'No models match your request and model restrictions') : { ok: true, models: routed, isRouter: true };
  const target = base.startsWith('~') ? catalogue.aliases[base] : base;
  const wanted = [target, ...fixed].join(':');
  const model = target === undefined ? undefined : catalogue.models.find((entry) => entry.id === wanted || entry.canonicalSlug === wanted);
  if (model !== undefined) return { ok: true, models: [model], isRouter: false };
  if (fixed.includes('free') && catalogue.models.some((entry) => entry.id === target)) {
    return fail(404, `This model is unavailable for free. The paid version is available now - use this slug instead: ${String(target)}`);
  }
  return fail(400, `${id} is not a valid model ID`);
}

/** `model`, then `models`, with aliases, dated slugs and router models resolved. */
export function resolveModels(body: ChatRequest, catalogue: Catalogue, account: AccountSettings): ModelsResult {
  const named = [...(body.model === undefined ? [] : [body.model]), ...(body.models ?? [])];
  const ids = named.length > 0 || account.defaultModel === undefined ? named : [account.defaultModel];
  if (ids.length === 0) return fail(400, 'No models provided');
  const models = new Set<GatewayModel>();
  const aliases: Record<string, string | readonly string[]> = {};
  for (const id of ids) {
    const result = resolveOne(id, body, catalogue);
    if (!result.ok) return result;
    result.models.forEach((model) => models.add(model));
    const row = listedId(id);
    const [only] = result.models;
    if (result.isRouter) aliases[row] = result.models.map((model) => model.id);
    else if (only !== undefined && only.id !== row) aliases[row] = only.id;
  }
  return { ok: true, models: [...models], aliases };
}
