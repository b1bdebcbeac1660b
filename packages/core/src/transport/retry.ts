import { OpenRouterError } from '../errors/openrouter-error.js';
import { APIError } from '../errors/api-error.js';
import { reasonOf } from '../errors/reason-of.js';
import { backoff } from './backoff.js';
import type { RetryBudget } from './retry-budget.js';
import type { Effects } from './types.js';

/** How failed calls are repeated. */
export interface RetryOptions {
  /** Default 2: at most three passes. 0 switches retrying off. */
  maxRetries?: number;
  /** Milliseconds. Default 500: upper bound of the first wait, doubled each time. */
  baseDelayMs?: number;
  /** Milliseconds. Default 30 000: upper bound of any wait that the server did not ask for. */
  maxDelayMs?: number;
  /** Milliseconds. Default 60 000: when the server asks for a longer wait, the error is thrown at once. */
  maxRetryAfterMs?: number;
  /** Which errors to repeat after. Default: those with `isRetryable`. */
  retryOn?: (error: OpenRouterError) => boolean;
  /** How many retries the client may make in all, so that a burst of failures does not become a storm; `false` for no bound. */
  budget?: RetryBudget | false;
  /**
   * Whether calls wait while the server's delay after another call's 429 for the same model runs, instead of asking in vain. One that has
   * a further window in its chain, or no time to wait, fails as that call did. Default `true`.
   */
  coolDown?: boolean;
}

/** What a retry loop runs in. */
export interface RetryContext {
  effects: Pick<Effects, 'now' | 'random' | 'sleep'>;
  signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch; no wait goes beyond it. */
  deadlineAt?: number | undefined;
  /** Told before each wait. */
  onWait?: (waitMs: number, error: OpenRouterError, retry: number) => void;
  /** Asked last; `false` throws the error. */
  allows?: () => boolean;
}

/** Whether an error says of itself that trying again makes sense. */
function isRetryable(error: OpenRouterError): boolean {
  return 'isRetryable' in error && error.isRetryable === true;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or the retries are used up; then throws its last error. Waits are the server's
 * word, else exponential with full jitter. A wait that would end beyond the deadline is not begun: the error is thrown at
 * once. What is not an `OpenRouterError`, such as an abort, is thrown as it is.
 *
 * A pass over a chain is worth repeating where any of its windows may serve later, and after the shortest of their waits.
 *
 * @example
 * const answer = await retry(() => requestChat(options), { maxRetries: 3 }, { effects });
 */
export async function retry<Result>(attempt: (retry: number) => Promise<Result>, options: RetryOptions, context: RetryContext): Promise<Result> {
  const { maxRetries = 2, baseDelayMs = 500, maxDelayMs = 30_000, maxRetryAfterMs = 60_000, retryOn = isRetryable } = options;
  const { effects, signal, deadlineAt = Infinity, onWait, allows } = context;
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt(retries);
    } catch (error) {
      if (retries >= maxRetries || signal?.aborted || !OpenRouterError.isInstance(error)) throw error;
      const waits = failuresOf(error).filter(retryOn).map(askedWait).filter((asked = 0) => asked <= maxRetryAfterMs);
      if (waits.length === 0) throw error;
      const wait = Math.min(...waits.map((asked) => asked ?? backoff(retries, { baseDelayMs, maxDelayMs }, effects.random())));
      if (effects.now() + wait >= deadlineAt || allows?.() === false) throw error;
      onWait?.(wait, error, retries + 1);
      await effects.sleep(wait, signal);
      // A sleep of the caller's own may not heed the signal.
      signal?.throwIfAborted();
    }
  }
}

/** What a pass failed with, window by window. What no attempt fails with, such as a broken policy, stands for the whole pass. */
const failuresOf = (error: OpenRouterError): readonly OpenRouterError[] => (reasonOf(error) === 'unknown' ? [error] : [...(error.previousErrors ?? []), error]);

/** The wait that the server asked for, also where its error is the cause of a stream's. */
function askedWait(error: OpenRouterError): number | undefined {
  if (APIError.isInstance(error)) return error.retryAfterMs;
  return APIError.isInstance(error.cause) ? error.cause.retryAfterMs : undefined;
}
