import type { ChatRequest, RoutingFunnelStep } from '@waypost/core';
import type { Catalogue } from '../catalogue/types.js';
import type { Random } from '../random.js';
import { candidatesOf } from './candidates.js';
import { type Filter, modelName } from './filter.js';
import { parameters, tools } from './filter-capabilities.js';
import { dataPolicy } from './filter-data-policy.js';
import { byok, fallback } from './filter-fallback.js';
import { guardrails } from './filter-guardrails.js';
import { inputModalities, outputModalities } from './filter-modalities.js';
import { distillable, maxPrice, quantization } from './filter-offer.js';
import { allowedProviders, ignoredProviders } from './filter-providers.js';
import { orderCandidates } from './order.js';
import { resolveModels } from './resolve-models.js';
import type { AccountSettings, RequestedModel, RouteContext, RouteResult, Strategy } from './types.js';

/** The hard filters, in the order in which they apply. The real order is published only in part. */
const FILTERS: readonly Filter[] = [
  guardrails, dataPolicy, distillable, allowedProviders, ignoredProviders, quantization, maxPrice, tools, ...inputModalities, outputModalities,
  parameters, byok, fallback,
];

export interface RouteOptions {
  readonly catalogue: Catalogue;
  readonly random: Random;
  readonly account?: AccountSettings;
  /** Default `"reject"`: a 404, as live answers show. `"ignore"`: tools are dropped where no endpoint of a model takes them. */
  readonly unsupportedTools?: 'reject' | 'ignore';
  /** Default `"text"`. */
  readonly output?: string;
}

function strategyOf(models: readonly RequestedModel[]): Strategy {
  const several = new Set(models.map((model) => model.requested)).size > 1;
  return several ? 'fallback' : (models[0]?.strategy ?? 'direct');
}

/**
 * Routes a request on a catalogue by OpenRouter's documented rules: candidates, hard filters, order. Pure but for
 * `random`, which is asked once per group of endpoints that is load-balanced.
 */
export function planRoute(body: ChatRequest, options: RouteOptions): RouteResult {
  const account = options.account ?? {};
  const models = resolveModels(body, options.catalogue, account);
  if (!models.ok) return { ok: false, refusal: models.refusal, funnel: [], initial: [] };
  const initial = candidatesOf(models.models, body);
  const context: RouteContext = {
    body, account, initial,
    provider: body.provider ?? {},
    unsupportedTools: options.unsupportedTools ?? 'reject',
    output: options.output ?? 'text',
  };
  const funnel: RoutingFunnelStep[] = [];
  let left = initial;
  const start: Filter = { step: 'Initial Endpoints', keep: () => initial };
  for (const filter of [start, ...FILTERS]) {
    if (filter.applies?.(context) === false) continue;
    const before = left;
    left = filter.keep(before, context);
    if (left.length === 0) {
      const refusal = filter.refuse?.(before, context) ?? { message: `No endpoints found for ${modelName(context)}.` };
      const metadata = { ...refusal.metadata, routing_funnel: funnel, failed_routing_step: filter.step };
      return { ok: false, refusal: { status: 404, message: refusal.message, metadata }, funnel, failedStep: filter.step, initial };
    }
    funnel.push({ step: filter.step, endpoint_count: left.length });
  }
  const { order, weights } = orderCandidates(left, context, options.random);
  return { ok: true, plan: { requested: models.models, strategy: strategyOf(models.models), initial, funnel, order, weights } };
}
