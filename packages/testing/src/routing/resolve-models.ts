import type { ChatRequest, ProviderSort } from '@waypost/core';
import type { Catalogue, GatewayModel } from '../catalogue/types.js';
import { autoModels } from './auto-router.js';
import { isDynamicVariant, splitModelId } from './model-id.js';
import type { AccountSettings, Refusal, RequestedModel, Strategy } from './types.js';

export type ModelsResult =
  | { readonly ok: true; readonly models: readonly RequestedModel[] }
  | { readonly ok: false; readonly refusal: Refusal };

const SORT_OF: Readonly<Record<string, ProviderSort>> = { nitro: 'throughput', floor: 'price', exacto: 'exacto' };
const TIER_OF: Readonly<Record<string, 'flex' | 'priority'>> = { nitro: 'priority', floor: 'flex' };

function describe(requested: string, model: GatewayModel, variants: readonly string[], strategy: Strategy): RequestedModel {
  const last = variants.findLast((variant) => SORT_OF[variant] !== undefined) ?? '';
  const sort = SORT_OF[last];
  const tier = TIER_OF[last];
  return {
    requested, model, strategy,
    online: variants.includes('online'),
    ...(sort === undefined ? {} : { sort }),
    ...(tier === undefined ? {} : { tier }),
  };
}

function fail(status: number, message: string): ModelsResult {
  return { ok: false, refusal: { status, message } };
}

function resolveOne(id: string, body: ChatRequest, catalogue: Catalogue): ModelsResult {
  const { base, variants } = splitModelId(id);
  const routed = autoModels(base, body, catalogue);
  if (routed !== undefined) {
    const strategy = base === 'openrouter/free' ? 'free' : 'auto';
    if (routed.length === 0) return fail(404, 'No models match your request and model restrictions');
    return { ok: true, models: routed.map((model) => describe(id, model, variants, strategy)) };
  }
  const target = base.startsWith('~') ? catalogue.aliases[base] : base;
  const fixed = variants.filter((variant) => !isDynamicVariant(variant));
  const row = [target, ...fixed].join(':');
  const model = target === undefined ? undefined : catalogue.models.find((entry) => entry.id === row || entry.canonicalSlug === row);
  if (model !== undefined) {
    const alias: Strategy = base.endsWith('-latest') ? 'latest' : 'alias';
    return { ok: true, models: [describe(id, model, variants, base.startsWith('~') ? alias : 'direct')] };
  }
  if (fixed.includes('free') && catalogue.models.some((entry) => entry.id === target)) {
    return fail(404, `This model is unavailable for free. The paid version is available now - use this slug instead: ${String(target)}`);
  }
  return fail(400, `${id} is not a valid model ID`);
}

/** `model`, then `models`, each once, with aliases, variants and router models resolved. */
export function resolveModels(body: ChatRequest, catalogue: Catalogue, account: AccountSettings): ModelsResult {
  const named = [...(body.model === undefined ? [] : [body.model]), ...(body.models ?? [])];
  const ids = [...new Set(named.length > 0 || account.defaultModel === undefined ? named : [account.defaultModel])];
  if (ids.length === 0) return fail(400, 'No models provided');
  const models: RequestedModel[] = [];
  for (const id of ids) {
    const result = resolveOne(id, body, catalogue);
    if (!result.ok) return result;
    models.push(...result.models);
  }
  return { ok: true, models };
}
