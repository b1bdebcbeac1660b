import { requestChat } from '../transport/read-body.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import type { Call } from './prepare.js';
import { servedIn } from './run-call.js';
import { CHAT, type ChatRoute } from './chat-route.js';
import { callRoute, type InferenceAnswer } from './send-inference.js';

/** A chat call that came back whole. */
export type ChatAnswer = InferenceAnswer<ChatResponse>;

/**
 * Sends a chat request and waits for the whole answer. For adapters; users call the client of their framework.
 *
 * @throws {InvalidOptionsError} {@link PolicyConflictError} before anything is sent. @throws {APIError} {@link NetworkError}
 * {@link TimeoutError} {@link StreamError} {@link PolicyViolationError}, each with the receipt. Or the signal's reason.
 */
export function sendChat(config: ClientConfig, call: Call, { path, route, toResponse }: ChatRoute = CHAT): Promise<ChatAnswer> {
  return callRoute<ChatResponse>(config, call, { path, route, request: (options) => requestChat(options, toResponse), servedIn: ({ body }) => servedIn(body) });
}
