import { checkResponsesRequest } from '../responses/check-request.js';
import { createResponsesAccumulator } from '../responses/accumulate-events.js';
import { eventCarries, eventEnding } from '../responses/event-ending.js';
import { partialResponse } from '../responses/partial.js';
import { checkResponse, requestResponse } from '../responses/request-response.js';
import { servedInResponse } from '../responses/served.js';
import type { StreamShape } from '../transport/stream-shape.js';
import type { ResponsesEvent } from '../wire/responses-event.js';
import type { ResponsesResponse } from '../wire/responses.js';
import type { ClientConfig } from './config.js';
import { openCall, type StreamCall } from './open-call.js';
import type { Call } from './prepare.js';
import { callRoute, type InferenceAnswer } from './send-inference.js';

const ROUTE = { path: '/responses', route: 'responses' } as const;

const SHAPE: StreamShape<ResponsesEvent, ResponsesResponse> = {
  endingOf: eventEnding,
  carries: eventCarries,
  servedIn: servedInResponse,
  servedLate: true,
  createAccumulator: createResponsesAccumulator,
  fromBody(body, context) {
    const response = checkResponse(body, context);
    return { type: `response.${response.status === 'incomplete' ? 'incomplete' : 'completed'}`, response };
  },
  partialOf: partialResponse,
};

/** An answer of `/responses` that came back whole. */
export type ResponsesAnswer = InferenceAnswer<ResponsesResponse>;

/** A stream of `/responses` that is open, its first content known to be good. */
export interface ResponsesStreamCall extends StreamCall<ResponsesEvent, ResponsesResponse> {}

/**
 * Sends a request to `/responses` and waits for the whole answer, its layers folded as for chat. For adapters; users call the client of
 * their framework.
 *
 * @throws as `sendChat`. @throws {InvalidOptionsError} also for `store: true` and `previous_response_id`, which the route refuses.
 */
export async function sendResponses(config: ClientConfig, call: Call): Promise<ResponsesAnswer> {
  checkResponsesRequest(call.body);
  return callRoute<ResponsesResponse>(config, call, { ...ROUTE, request: requestResponse, servedIn: ({ body }) => servedInResponse(body) });
}

/**
 * Opens a stream of `/responses`; resolves once its first content has arrived. A stream that ends without `response.completed`,
 * `.incomplete` or `.failed` and without `[DONE]` is truncated.
 *
 * @throws as `sendResponses`; what breaks later rejects `read()`.
 */
export async function openResponses(config: ClientConfig, call: Call): Promise<ResponsesStreamCall> {
  checkResponsesRequest(call.body);
  return openCall(config, call, { ...ROUTE, shape: SHAPE });
}
