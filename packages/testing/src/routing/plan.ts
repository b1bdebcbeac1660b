import type { ChatRequest, RoutingFunnelStep } from '@waypost/core';
import { type EndpointHealth, planRoute as planOver, type RouteCandidate, type RouteModel, type StickyEndpoint } from '@waypost/core/routing';
import type { Catalogue, GatewayEndpoint } from '../catalogue/types.js';
import type { Random } from '../random.js';
import { factsOf, healthOf, listingOf, originOf } from './listing.js';
import { refusalOf } from './refusal.js';
import { resolveModels } from './resolve-models.js';
import type { AccountSettings, Candidate, Dropped, RequestedModel, RouteResult } from './types.js';

export interface RouteOptions {
  readonly catalogue: Catalogue;
  readonly random: Random;
  readonly account?: AccountSettings;
  /** Default `"reject"`: a 404, as live answers show. `"ignore"`: tools are dropped where no endpoint of a model takes them. */
  readonly unsupportedTools?: 'reject' | 'ignore';
  /** Default `"text"`. */
  readonly output?: string;
  /** How an endpoint does now; default: as the catalogue says. */
  readonly health?: (endpoint: GatewayEndpoint) => EndpointHealth | undefined;
  /** Where the conversation was served last, by one of these models. */
  readonly sticky?: (models: readonly string[]) => StickyEndpoint | undefined;
}

/** A server reads the names of its API alone. */
function wireSpelling(body: ChatRequest): ChatRequest {
  if (body.provider === undefined || body.provider === null) return body;
  return { ...body, provider: Object.fromEntries(Object.entries(body.provider).filter(([name]) => !/[A-Z]/.test(name))) };
}

/** Candidates of a plan as those of the catalogue; one model is one object, however many endpoints it has. */
function toCandidates(models: readonly RouteModel[], catalogue: Catalogue): { readonly requested: readonly RequestedModel[]; readonly of: (candidate: RouteCandidate) => Candidate } {
  const byId = new Map(catalogue.models.map((model) => [model.id, model]));
  const known = new Map<RouteModel, RequestedModel>();
  for (const planned of models) {
    const { requested, id, strategy, sort, tier, variants } = planned;
    const model = byId.get(id);
    if (model === undefined) throw new Error(`${id} is not in the catalogue`);
    known.set(planned, {
      requested, model, strategy,
      online: variants.includes('online'),
      ...(sort === undefined ? {} : { sort }),
      ...(tier === undefined ? {} : { tier }),
    });
  }
  const of = ({ model, endpoint, byok, ignoredParameters }: RouteCandidate): Candidate => {
    const requested = known.get(model);
    if (requested === undefined) throw new Error(`${model.id} is not in the plan`);
    return { requested, endpoint: originOf(endpoint).endpoint, byok, ignoredParameters };
  };
  return { requested: [...known.values()], of };
}

/**
 * Routes a request on a catalogue by OpenRouter's documented rules: `planRoute` of `@waypost/core/routing`, with all that a
 * catalogue knows, and the refusals of a server. Pure but for `random`, which is asked once per group of endpoints that is load-balanced.
 */
export function planRoute(body: ChatRequest, options: RouteOptions): RouteResult {
  const { catalogue, random, account = {}, unsupportedTools = 'reject', output = 'text' } = options;
  const resolved = resolveModels(body, catalogue, account);
  if (!resolved.ok) return { ok: false, refusal: resolved.refusal, funnel: [], initial: [], dropped: [] };
  const sticky = options.sticky?.(resolved.models.map(({ id }) => id));
  const plan = planOver(wireSpelling(body), resolved.models.map(listingOf), {
    account, unsupportedTools, output,
    rng: random,
    facts: factsOf,
    health: (endpoint) => options.health?.(originOf(endpoint).endpoint) ?? healthOf(endpoint),
    ...(sticky === undefined ? {} : { sticky }),
    aliases: resolved.aliases,
  });
  const { requested, of } = toCandidates(plan.models, catalogue);
  const initial = plan.candidates.map(of);
  const steps: RoutingFunnelStep[] = plan.funnel.map(({ step, endpoint_count }) => ({ step, endpoint_count }));
  const dropped = plan.funnel.flatMap(({ step, dropped: out }) =>
    out.map(({ candidate, findings }): Dropped => ({ candidate: of(candidate), step, why: findings.map(({ detail }) => detail).join('; ') })));
  if (plan.failedStep !== undefined) {
    return { ok: false, refusal: refusalOf(plan, body, account, output), funnel: steps.slice(0, -1), failedStep: plan.failedStep, initial, dropped };
  }
  const weights = plan.order.map(({ probability }) => probability ?? 0);
  return { ok: true, plan: { requested, strategy: plan.strategy, initial, dropped, funnel: steps, order: plan.order.map(of), weights } };
}
