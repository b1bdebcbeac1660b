import type { ChatRequest, Generation, RouterMetadata } from '@waypost/core';
import type { OpenRecord } from '../recorded-request.js';
import type { Candidate, Refusal, RoutePlan } from '../routing/types.js';
import type { Outcome } from '../scenario/outcome.js';
import { type Failure, untilAborted } from '../serve/attempts.js';
import type { BodyWatch, Pace } from '../serve/body.js';
import { DisconnectError } from '../serve/disconnect-error.js';
import { scriptedResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import { routerMetadata, wantsMetadata } from '../serve/router-metadata.js';
import { upstreamError } from '../serve/upstream-error.js';
import type { GatewayState } from '../state.js';

/** One request on its way through the gateway. */
export interface Exchange {
  readonly state: GatewayState;
  readonly record: OpenRecord;
  readonly request: Request;
  /** The body of the request, which has been read; empty for a form, which its route reads. */
  readonly text: string;
  /** Aborts when the client gives up. */
  readonly signal: AbortSignal;
  /** Breaks the connection; `undefined` where the client calls in process. */
  readonly sever: (() => void) | undefined;
  /** Called at the end of the request; a body that is watched calls it at its own end. */
  end(): void;
  /** Whether the body of the response is watched. */
  watched: boolean;
  /** How fast the body comes; at once where it is not set. */
  pace?: Pace;
  /** Milliseconds from the request to its first token; absent until that is due, and where everything comes at once. */
  firstMs?: number;
  /** What `GET /generation` will give, which is whole when the answer is over. */
  generation?: Generation['data'];
}

export function watchOf(exchange: Exchange): BodyWatch {
  const { state, record, signal, sever, pace } = exchange;
  exchange.watched = true;
  return {
    sever,
    ...(pace === undefined ? {} : { pace, sleep: state.sleep }),
    // A server cancels the bodies of clients that hang up by itself.
    signal: sever === undefined ? signal : undefined,
    onFirst() {
      exchange.firstMs = Math.max(0, state.now() - record.at);
    },
    onEnd(cancelled) {
      if (cancelled) record.cancelled = true;
      exchange.end();
    },
  };
}

/** `openrouter_metadata`, where the request asks for it. */
export function metadataFor(
  { state, record, request }: Exchange,
  body: ChatRequest,
  plan?: RoutePlan,
  served?: Candidate,
): RouterMetadata | undefined {
  if (!wantsMetadata(request.headers)) return undefined;
  return routerMetadata({
    served,
    requested: body.model ?? plan?.requested[0]?.requested ?? '',
    strategy: plan?.strategy ?? 'direct',
    order: plan?.order ?? [],
    attempts: record.attempts,
    display: state.display,
  });
}

/** What the scenario does to this request as a whole; `undefined`: it goes on to routing. */
export async function interrupted(exchange: Exchange, body: ChatRequest, typed = false): Promise<Response | undefined> {
  return interruption(exchange, exchange.state.scenario.gateway(body), typed);
}

/** What an outcome does where no endpoint is concerned; `undefined`: all goes well. */
export async function interruption(exchange: Exchange, outcome: Outcome | undefined, typed = false): Promise<Response | undefined> {
  switch (outcome?.kind) {
    case 'respond': return scriptedResponse(outcome, watchOf(exchange));
    case 'hang': return untilAborted(exchange.signal);
    case 'disconnect': throw new DisconnectError();
    case 'fail': {
      const { status, message, metadata, errorType, retryAfter } = outcome;
      const details = { ...(errorType === undefined ? {} : { error_type: errorType }), ...metadata };
      const headers: Record<string, string> = { ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }), ...outcome.headers };
      return Response.json(errorBody(status, message, Object.keys(details).length === 0 ? {} : { metadata: details, typed }), { status, headers });
    }
    default: return undefined;
  }
}

/** The answer where routing found nothing. */
export function refused(exchange: Exchange, body: ChatRequest, { status, message, metadata }: Refusal): Response {
  const router = status === 400 ? undefined : metadataFor(exchange, body);
  return Response.json(errorBody(status, message, {
    user: status === 400 || message.startsWith('No endpoints found for '),
    ...(metadata === undefined ? {} : { metadata }),
    ...(router === undefined ? {} : { router }),
  }), { status });
}

/** The answer where every endpoint failed: the error of the last one. */
export function exhausted(exchange: Exchange, body: ChatRequest, plan: RoutePlan, failures: readonly Failure[], typed = false): Response {
  const { status, message, metadata, headers } = upstreamError(failures, exchange.state.display);
  const router = status === 500 ? undefined : metadataFor(exchange, body, plan);
  return Response.json(errorBody(status, message, { metadata, typed, user: true, ...(router === undefined ? {} : { router }) }), { status, headers });
}
