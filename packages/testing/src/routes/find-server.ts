import type { ChatRequest } from '@waypost/core';
import { planRoute, type RouteOptions } from '../routing/plan.js';
import type { Candidate, RoutePlan } from '../routing/types.js';
import type { OkOutcome } from '../scenario/outcome.js';
import { attemptInTurn } from '../serve/attempts.js';
import { scriptedResponse } from '../serve/deliver.js';
import { type Exchange, exhausted, interrupted, refused, watchOf } from './exchange.js';
import { recordedRoute } from './record.js';

/** A request that an endpoint took. */
export interface Served {
  readonly body: ChatRequest;
  readonly plan: RoutePlan;
  readonly candidate: Candidate;
  readonly outcome: OkOutcome;
}

/** How a route has its requests served. */
interface ServeOptions extends Pick<RouteOptions, 'output' | 'unsupportedTools'> {
  /** Its errors say their type at the top too. */
  readonly typedErrors?: boolean;
}

/** Routes a request and tries its endpoints in turn, as the scenario lets them; a response where none of them served. */
export async function findServer(
  exchange: Exchange,
  body: ChatRequest,
  { typedErrors = false, ...options }: ServeOptions,
): Promise<Served | Response> {
  const interruption = await interrupted(exchange, body, typedErrors);
  if (interruption !== undefined) return interruption;
  const { state, record, signal } = exchange;
  const { catalogue, account } = state;
  const route = planRoute(body, { catalogue, account, random: state.random(`route/${record.number}`), ...options });
  record.route = recordedRoute(route);
  if (!route.ok) return refused(exchange, body, route.refusal);
  const { plan } = route;
  const result = await attemptInTurn(plan, body, state, record, signal);
  switch (result.kind) {
    case 'respond': return scriptedResponse(result.outcome, watchOf(exchange));
    case 'failed': return exhausted(exchange, body, plan, result.failures, typedErrors);
    case 'served': return { body, plan, candidate: result.candidate, outcome: result.outcome };
  }
}
