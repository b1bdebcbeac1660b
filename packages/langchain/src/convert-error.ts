import { getRetryable, stampRetryable } from '@langchain/core/errors';
import { classifyRateLimitError } from '@langchain/core/utils/async_caller';
import { APIError, OpenRouterError } from '@waypost/core';
import { OpenRouterRateLimitError } from './errors.js';

/** Waits longer than this are left to the caller. Milliseconds. */
const MAX_RETRY_AFTER = 60_000;

/** How LangChain's `LangChainError.isInstance` and `ContextOverflowError.isInstance` know their own. */
const LANGCHAIN_ERROR: symbol = Symbol.for('langchain.error');
const CONTEXT_OVERFLOW: symbol = Symbol.for('langchain.error.context-overflow');

function mark(error: OpenRouterError, symbol: symbol): void {
  if (!(symbol in error)) Object.defineProperty(error, symbol, { value: true });
}

/** What LangChain's own loop tells of a 429: its kind, and a used-up quota under a name of its own. */
function markRateLimit(error: OpenRouterRateLimitError): void {
  const { status, message, responseHeaders: headers } = error;
  const told = classifyRateLimitError({ status, message, headers });
  if (told) Object.assign(error, { rateLimitType: told.action, rateLimitReason: told.reason }, told.action === 'stop' && { name: 'OpenRouterRateLimitError' });
}

/**
 * Tells LangChain what it has to know about an error, and leaves it what it is, receipt and all: whether to retry, whether the
 * prompt was too long, and what kind of rate limit it met. What is not Waypost's, such as the reason of an abort, passes untouched.
 */
export function convertError(error: unknown): unknown {
  if (!OpenRouterError.isInstance(error) || LANGCHAIN_ERROR in error) return error;
  mark(error, LANGCHAIN_ERROR);
  stampRetryable(error, 'isRetryable' in error && error.isRetryable === true);
  if (APIError.isInstance(error) && error.reason === 'context-length') mark(error, CONTEXT_OVERFLOW);
  if (OpenRouterRateLimitError.isInstance(error)) markRateLimit(error);
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
