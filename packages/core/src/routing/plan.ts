import { compact } from '../compact.js';
import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import { allEndpoints, eligiblePool } from './candidates.js';
import { checkRouteOptions } from './check-options.js';
import { listedId, planStrategy, requestedIds, resolveChain } from './chain.js';
import type { Candidate, RouteContext } from './context.js';
import { runFilter } from './filter.js';
import { FILTERS } from './filters.js';
import { readListing } from './listing.js';
import type { RouteOptions } from './options.js';
import { orderCandidates } from './order.js';
import { readPreferences } from './read-preferences.js';
import { stickiness, toldStickiness } from './sticky.js';
import type { EndpointListing, PlannedStep, RouteModel, RoutePlan, RouteRequest } from './types.js';

/** The step before the filters: what there is to choose from. */
export const INITIAL_STEP = 'Initial Endpoints';

/** What a request is routed by and over, read once. */
export interface RouteInput {
  readonly context: RouteContext;
  readonly models: readonly RouteModel[];
  /** Every endpoint of the chain, service tiers included. */
  readonly all: readonly Candidate[];
}

/** @throws {InvalidOptionsError} for a request, options or endpoints that cannot be read. */
export function readInput(request: RouteRequest, endpoints: EndpointListing, given: RouteOptions): RouteInput {
  if (!isRecord(request)) {
    throw new InvalidOptionsError([{ path: 'request', message: `expected the body of a request, got ${show(request)}`, suggestion: 'write { model, provider, … }' }]);
  }
  const options = checkRouteOptions(given);
  const { provider, ...body } = request;
  const context: RouteContext = { body, options, provider: readPreferences(provider), account: options.account ?? {} };
  const ids = requestedIds(context);
  const listed = readListing(endpoints, ids.length === 1 && ids[0] !== undefined ? listedId(ids[0]) : undefined);
  const models = resolveChain(context, listed);
  return { context, models, all: allEndpoints(models, listed, context) };
}

/** Routes what was read; `changed` in place of its context, to see what a change would do. */
export function planInput({ context: read, models, all }: RouteInput, changed: RouteContext = read): RoutePlan {
  const candidates = eligiblePool(all, changed);
  const funnel: PlannedStep[] = [{ step: INITIAL_STEP, endpoint_count: candidates.length, dropped: [] }];
  let left = candidates;
  for (const filter of FILTERS) {
    if (left.length === 0) break;
    if (filter.applies?.(changed) === false) continue;
    const { kept, dropped } = runFilter(filter, left, changed);
    funnel.push({ step: filter.step, endpoint_count: kept.length, dropped });
    left = kept;
  }
  const { provider: { allow_fallbacks: fallbacks, order: listed } } = changed;
  const sticky = left.length > 0 ? stickiness(left, changed) : undefined;
  const ordered = orderCandidates(left, changed, sticky?.candidate);
  return compact<RoutePlan>({
    strategy: planStrategy(models),
    models, candidates, funnel,
    failedStep: left.length === 0 ? funnel.at(-1)?.step : undefined,
    ...ordered,
    single: fallbacks === false && listed === undefined,
    sticky: sticky && toldStickiness(sticky, ordered.order),
  });
}

/**
 * Routes a request over endpoints by OpenRouter's documented rules, and tells every step: the hard filters in their order, each with
 * how many endpoints it left and which it dropped, then the order of trying, with what decided it and, unless `rng` draws one, the
 * probability of each endpoint to be first. Pure but for `rng`. The gateway of `@waypost/testing` routes by this function.
 *
 * What a public catalogue does not tell (data policies, `zdr` without its list, distillation) is `unknown` on the endpoints that
 * depend on it, unless `facts` tell.
 *
 * @param request the wire body; only what is there is looked at. Without a model, all models of the listing are its chain.
 * @param endpoints what `GET /models/{author}/{slug}/endpoints` returned, for one model or several.
 * @throws {InvalidOptionsError} for what is no request, listing or option, or endpoints of which nobody knows the model.
 * @example
 * const endpoints = await openrouter.models.endpoints('openai/gpt-5.1');
 * const plan = planRoute({ model: 'openai/gpt-5.1', provider: { ignore: ['azure'] } }, endpoints);
 * plan.order.map(({ tag, probability }) => `${tag} ${probability}`); // → ['openai 1']
 *
 * Source: OpenRouter API, provider routing, service tiers, prompt caching, own keys.
 */
export function planRoute(request: RouteRequest, endpoints: EndpointListing, options: RouteOptions = {}): RoutePlan {
  return planInput(readInput(request, endpoints, options));
}
