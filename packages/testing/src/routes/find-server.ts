import type { ChatRequest } from '@waypost/core';
import { keyOf } from '../auth.js';
import { planRoute, type RouteOptions } from '../routing/plan.js';
import type { Candidate, RoutePlan } from '../routing/types.js';
import type { OkOutcome } from '../scenario/outcome.js';
import { asFailure, type OwnError } from '../scenario/own-error.js';
import { attemptInTurn } from '../serve/attempts.js';
import { type Demand, textDemand } from '../serve/budget.js';
import { scriptedResponse } from '../serve/deliver.js';
import { type Exchange, exhausted, interrupted, interruption, refused, watchOf } from './exchange.js';
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
  /** What it may be billed for. Default: that of a text. */
  readonly demand?: Demand;
  /** The body as scripts read it. Default: that which is routed. */
  readonly told?: ChatRequest;
}

/** The body as routing reads it: the session may come in a header, over which the body wins. */
function withSession(body: ChatRequest, headers: Headers): ChatRequest {
  const session = headers.get('x-session-id');
  return session === null || body.session_id !== undefined ? body : { ...body, session_id: session };
}

/** A refusal of OpenRouter's own, before any endpoint is tried. */
function turnedAway(exchange: Exchange, error: OwnError | undefined, typed: boolean): Promise<Response | undefined> {
  return interruption(exchange, error === undefined ? undefined : asFailure(error), typed);
}

/** Routes a request and tries its endpoints in turn, as the scenario lets them; a response where none of them served. */
export async function findServer(exchange: Exchange, body: ChatRequest, { typedErrors = false, demand, told = body, ...options }: ServeOptions): Promise<Served | Response> {
  const { state, record, request, signal } = exchange;
  const { catalogue, conversations, scenario, budget } = state;
  const account = keyOf(request.headers);
  const stopped = await interrupted(exchange, told, typedErrors) ?? await turnedAway(exchange, scenario.admit(account), typedErrors);
  if (stopped !== undefined) return stopped;
  const asked = withSession(body, request.headers);
  const route = planRoute(asked, {
    catalogue, account: state.account, random: state.random(`route/${record.number}`),
    health: (endpoint) => scenario.health(endpoint),
    sticky: (models) => conversations.last(asked, account, models),
    ...options,
  });
  record.route = recordedRoute(route);
  if (!route.ok) return refused(exchange, body, route.refusal);
  const { plan } = route;
  const unpaid = budget?.reserve(record.number, plan.order, demand ?? textDemand(body), state.spent);
  if (unpaid !== undefined) scenario.giveBack(account);
  const unserved = await turnedAway(exchange, unpaid, typedErrors);
  if (unserved !== undefined) return unserved;
  let served = false;
  try {
    const result = await attemptInTurn(plan, body, { scenario, state, record, signal, told });
    if (result.kind === 'respond') return scriptedResponse(result.outcome, watchOf(exchange));
    if (result.kind === 'failed') {
      if (result.failures.every(({ limited }) => limited === true)) scenario.giveBack(account);
      return exhausted(exchange, body, plan, result.failures, typedErrors);
    }
    served = true;
    return { body: asked, plan, candidate: result.candidate, outcome: result.outcome };
  } finally {
    // what is served is in flight until its body ends
    if (!served) budget?.release(record.number);
  }
}
