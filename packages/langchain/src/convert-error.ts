import { getRetryable, stampRetryable } from '@langchain/core/errors';
import { APIError, OpenRouterError } from '@waypost/core';

/** Waits longer than this are left to the caller. Milliseconds. */
const MAX_RETRY_AFTER = 60_000;

/** How LangChain's `ContextOverflowError.isInstance` knows its own. */
const CONTEXT_OVERFLOW: symbol = Symbol.for('langchain.error.context-overflow');

/**
 * Tells LangChain what it has to know about an error, and leaves it what it is, receipt and all: whether to retry, and whether
 * the prompt was too long. What is not Waypost's, such as the reason of an abort, passes untouched.
 */
export function convertError(error: unknown): unknown {
  if (!OpenRouterError.isInstance(error)) return error;
  stampRetryable(error, 'isRetryable' in error && error.isRetryable === true);
  if (APIError.isInstance(error) && error.reason === 'context-length' && !(CONTEXT_OVERFLOW in error)) {
    Object.defineProperty(error, CONTEXT_OVERFLOW, { value: true });
  }
  return error;
}

/**
 * The default `onFailedAttempt`: only what was classified as retryable is tried again, a 402 for credits in flight and a 429 without
 * a hint among them. LangChain waits for `retryAfterMs`, or backs off exponentially.
 */
export function onFailedAttempt(error: unknown): void {
  if (getRetryable(error) !== true) throw error;
  if (APIError.isInstance(error) && (error.retryAfterMs ?? 0) > MAX_RETRY_AFTER) throw error;
}
