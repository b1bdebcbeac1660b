import { APIError } from '../errors/api-error.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import type { FailureReason } from '../errors/reason.js';
import { reasonOf } from '../errors/reason-of.js';
import { TimeoutError } from '../errors/timeout-error.js';
import type { AttemptRecord } from '../receipt/receipt.js';
import { failureRecord } from './failure-record.js';
import type { Effects, Window } from './types.js';

/** What no other model can mend: the request, the key, the account's money. */
const NOT_BY_DEFAULT: ReadonlySet<FailureReason> = new Set(['invalid-request', 'too-large', 'not-found', 'authentication', 'credits']);

/** Which failures lead to the next part of a chain. */
export interface FailoverOptions {
  /** Default: all reasons but `invalid-request`, `too-large`, `not-found`, `authentication` and `credits`. */
  on?: readonly FailureReason[];
}

/** What a pass over a chain runs in. */
export interface FailoverContext<Result> {
  effects: Pick<Effects, 'now'>;
  signal?: AbortSignal | undefined;
  /** Told after each attempt, also the last. The record may be changed later, for what is only then known. */
  onAttempt?: (record: AttemptRecord, result: Result | undefined) => void;
  /** Told before the next window is tried: which failed, and which is next. */
  onFailover?: (from: Window, to: Window, error: OpenRouterError) => void;
}

/** Only a failed attempt fails over: not an abort, the deadline, or what the client itself refuses. */
function failsOver(error: unknown, { on }: FailoverOptions): error is OpenRouterError {
  if (!OpenRouterError.isInstance(error) || (TimeoutError.isInstance(error) && error.kind === 'deadline')) return false;
  const reason = reasonOf(error);
  // Every error of an attempt has a reason; `unknown` counts only where the server said it.
  if (reason === 'unknown' && !APIError.isInstance(error)) return false;
  return on === undefined ? !NOT_BY_DEFAULT.has(reason) : on.includes(reason);
}

/**
 * One pass over a chain: tries window after window until one succeeds or fails in a way that no other model mends. Then the last
 * error is thrown, with those before it in `previousErrors`. A retry repeats the whole pass.
 *
 * @example
 * const answer = await failover(windows, (window) => requestChat(optionsFor(window)), {}, { effects });
 */
export async function failover<Result>(
  windows: readonly Window[],
  attempt: (window: Window, index: number) => Promise<Result>,
  options: FailoverOptions,
  { effects, signal, onAttempt, onFailover }: FailoverContext<Result>,
): Promise<Result> {
  const errors: OpenRouterError[] = [];
  for (const [index, window] of windows.entries()) {
    const { models } = window;
    const startedAt = effects.now();
    let result: Result;
    try {
      result = await attempt(window, index);
    } catch (error) {
      const aborted = signal?.aborted ?? false;
      onAttempt?.({ models, ...failureRecord(error, aborted), durationMs: effects.now() - startedAt }, undefined);
      const next = windows[index + 1];
      if (errors.length > 0 && OpenRouterError.isInstance(error)) error.previousErrors = [...errors];
      if (next === undefined || aborted || !failsOver(error, options)) throw error;
      errors.push(error);
      onFailover?.(window, next, error);
      continue;
    }
    // outside, since what the caller's own code throws is no failure of the attempt
    onAttempt?.({ models, outcome: 'ok', durationMs: effects.now() - startedAt }, result);
    return result;
  }
  throw new RangeError('failover needs at least one window');
}
