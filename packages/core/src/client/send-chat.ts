import type { Warning } from '../policy/policy.js';
import type { RouteName } from '../policy/routes.js';
import type { Receipt } from '../receipt/receipt.js';
import { requestChat } from '../transport/read-body.js';
import type { HeaderRecord } from '../transport/types.js';
import type { ChatRequest, ChatResponse } from '../wire/chat.js';
import type { ClientConfig } from './config.js';
import { type Call, prepareCall } from './prepare.js';
import { requireKept, runCall, servedIn, settle, withReceipt } from './run-call.js';

/** A chat call that came back whole. */
export interface ChatAnswer {
  /** The wire's JSON, untouched. */
  readonly response: ChatResponse;
  /** The body that was sent and answered. */
  readonly request: ChatRequest;
  readonly status: number;
  readonly headers: HeaderRecord;
  readonly receipt: Receipt | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * Sends a chat request and waits for the whole answer. For adapters; users call the client of their framework.
 *
 * @throws {InvalidOptionsError} {@link PolicyConflictError} before anything is sent. @throws {APIError} {@link NetworkError}
 * {@link TimeoutError} {@link StreamError} {@link PolicyViolationError}, each with the receipt. Or the signal's reason.
 */
export async function sendChat(config: ClientConfig, call: Call, path = '/chat/completions', route: RouteName = 'chat'): Promise<ChatAnswer> {
  const prepared = prepareCall(config, call, route, path);
  let request: ChatRequest | undefined;
  const answer = await runCall(
    config,
    prepared,
    async (window) => {
      request = window.body;
      return requestChat(await prepared.attempt(window, false));
    },
    ({ body, status }) => ({ ...servedIn(body), status }),
  );
  const served = servedIn(answer.body);
  try {
    if (prepared.verify) requireKept(prepared, prepared.collector.verdict(served), served);
  } catch (error) {
    throw withReceipt(config, prepared, error, served);
  }
  return {
    response: answer.body,
    request: request ?? { messages: [] },
    status: answer.status,
    headers: answer.headers,
    receipt: settle(config, prepared, served),
    warnings: prepared.warnings,
  };
}
