import type { ChatRequest, Plugin } from '@waypost/core';
import { blendedPrice, matchesGlob } from '@waypost/core/routing';
import type { Catalogue, GatewayModel } from '../catalogue/types.js';

const ROUTERS = new Set(['openrouter/auto', 'openrouter/auto-beta', 'openrouter/free']);

function globs(plugin: Plugin | undefined, key: 'allowed_models' | 'excluded_models'): readonly string[] | undefined {
  const value: unknown = plugin?.[key];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : undefined;
}

function cheapest(model: GatewayModel): number {
  return Math.min(...model.endpoints.map((endpoint) => blendedPrice(endpoint.pricing) ?? Infinity));
}

/**
 * The chat models that a router model may choose from, cheapest first; the first that survives the filters serves.
 * The real router weighs the prompt, which is not published; this one is deterministic. `undefined`: not a router.
 */
export function autoModels(id: string, body: ChatRequest, catalogue: Catalogue): readonly GatewayModel[] | undefined {
  if (!ROUTERS.has(id)) return undefined;
  const plugin = body.plugins?.find((entry) => entry.enabled !== false && (entry.id === 'auto-router' || entry.id === 'auto-beta-router'));
  const allowed = globs(plugin, 'allowed_models');
  const excluded = globs(plugin, 'excluded_models') ?? [];
  return catalogue.models
    .filter((model) => model.outputModalities.includes('text'))
    .filter((model) => model.id.includes(':') === (id === 'openrouter/free') && (id !== 'openrouter/free' || model.id.endsWith(':free')))
    .filter((model) => allowed === undefined || allowed.some((glob) => matchesGlob(glob, model.id)))
    .filter((model) => !excluded.some((glob) => matchesGlob(glob, model.id)))
    .toSorted((a, b) => cheapest(a) - cheapest(b));
}
