import { compact } from '../compact.js';
import { APIError } from '../errors/api-error.js';
import { addExpected, addIssue, isRecord, type Report } from '../policy/report.js';
import { createCoolDown } from '../transport/cool-down.js';
import { createQueue } from '../transport/queue.js';
import { retry, type RetryContext, type RetryOptions } from '../transport/retry.js';
import { createBudget } from '../transport/retry-budget.js';
import type { Effects, Window } from '../transport/types.js';
import type { RunOptions } from './options.js';
import type { PreparedCall } from './prepare.js';
import { expectType } from './settings.js';

/** Options of a client that has a retry loop of its own. */
export interface ResilienceOptions extends Pick<RunOptions, 'retry'> {
  /**
   * How many requests of this client, and of those that `with` makes of it, may be under way at a time; the others wait in line. A stream
   * counts until it ends, breaks or is left. Default: no limit.
   */
  maxConcurrent?: number | undefined;
}

/** What a client does about failures and bursts, where no framework does. Its state is the client's, whatever a call says. */
export interface Resilience {
  /** The client's own retry options. */
  readonly retry: RetryOptions | undefined;
  /** Those of an inner layer. */
  retryWithin(outer: RetryOptions | undefined, own: unknown, report: Report): RetryOptions | undefined;
  /** Repeats `pass` as far as its options and the budget allow. */
  repeat<Result>(pass: () => Promise<Result>, options: RetryOptions, context: RetryContext): Promise<Result>;
  /**
   * Waits until the request for a window of the call's chain may go out. Gives what is to be called when it is over, with what it
   * failed with.
   *
   * @throws {APIError} with status 429 where its models cool down for longer than the call can wait. As `createQueue` too.
   */
  enter(effects: Effects, call: PreparedCall, window: Window, last: boolean): Promise<(error?: unknown) => void>;
}

function checkNumbers(options: Record<string, unknown>, names: readonly string[], path: string, report: Report): void {
  for (const name of names) {
    const value = options[name];
    if (value !== undefined && !(typeof value === 'number' && value >= 0)) addExpected(report, `${path}.${name}`, 'a number, 0 or more', value);
  }
}

function retryWithin(outer: RetryOptions | undefined, own: unknown, report: Report): RetryOptions | undefined {
  if (own == null) return outer;
  if (own === false || own === 0) return undefined;
  const given = typeof own === 'number' ? { maxRetries: own } : own;
  if (!isRecord(given)) return addExpected(report, 'retry', 'false, a number or an object', own);
  const { maxRetries = 0, budget = false } = given;
  if (!(Number.isInteger(maxRetries) && Number(maxRetries) >= 0)) addExpected(report, 'retry.maxRetries', 'a whole number', maxRetries);
  checkNumbers(given, ['baseDelayMs', 'maxDelayMs', 'maxRetryAfterMs'], 'retry', report);
  expectType(given['retryOn'], ['function'], 'retry.retryOn', report);
  if (budget !== false && !isRecord(budget)) addExpected(report, 'retry.budget', 'false or an object', budget);
  return { ...outer, ...compact(given) };
}

/**
 * The queue, the cool-downs and the retry budget of a client. A part of the client that is passed in, so that clients whose framework
 * repeats calls neither carry nor use it.
 *
 * @example
 * const config = createConfig(options, { resilience: createResilience });
 */
export function createResilience({ maxConcurrent, retry: given }: ResilienceOptions, report: Report): Resilience {
  if (maxConcurrent !== undefined && !(maxConcurrent >= 1 && (Number.isInteger(maxConcurrent) || maxConcurrent === Infinity))) {
    addExpected(report, 'maxConcurrent', 'a whole number, 1 or more', maxConcurrent);
  }
  const queue = maxConcurrent === undefined ? undefined : createQueue(maxConcurrent);
  const coolDown = createCoolDown();
  const own = retryWithin({}, given, report);
  const numbers = own?.budget || {};
  checkNumbers({ ...numbers }, ['ratio', 'minPerSecond', 'burst'], 'retry.budget', report);
  const budget = createBudget(numbers);

  /** Waits until the models may be asked again, and gives when that is. */
  const cooled = async (until: number, { now, sleep }: Effects, { signal, deadlineAt = Infinity }: PreparedCall, mostMs: number): Promise<number> => {
    const left = until - now();
    if (left > mostMs || until >= deadlineAt) {
      // nothing of what the server said to the other call, which may be someone else's
      const message = `Not sent: another call was turned away (429), and the server asked to wait for ${left} ms more`;
      throw new APIError({ message, status: 429, reason: 'rate-limit', isRetryable: true, retryAfterMs: left });
    }
    await sleep(left, signal);
    // A sleep of the caller's own may not heed the signal.
    signal?.throwIfAborted();
    return until;
  };

  return {
    retry: own,
    retryWithin(outer, inner, innerReport) {
      if (isRecord(inner) && isRecord(inner['budget'])) addIssue(innerReport, 'retry.budget', 'is shared by all calls of a client', 'set it there');
      return retryWithin(outer, inner, innerReport);
    },
    repeat(pass, options, context) {
      const { now } = context.effects;
      if (options.budget === false) return retry(pass, options, context);
      budget.call(now());
      return retry(pass, options, { ...context, allows: () => budget.take(now()) });
    },
    async enter(effects, call, window, last) {
      const { signal, deadlineAt, settings: { limits, retry: options } } = call;
      const { maxRetryAfterMs = 60_000 } = options ?? {};
      const cools = options && options.coolDown !== false;
      // what has been waited for is over, also where a sleep or a clock of the caller's own says otherwise
      for (let waited = call.waitedUntil ?? 0; ; ) {
        // a chain goes on at once, as that of the call did that was turned away
        const until = cools ? coolDown.until(window, effects.now()) : 0;
        if (until > waited) waited = await cooled(until, effects, call, last ? maxRetryAfterMs : 0);
        const leave = queue && (await queue({ effects, signal, deadlineAt, deadlineMs: limits.deadline }));
        // while this one stood in line another may have been turned away
        if (!cools || coolDown.until(window, effects.now()) <= waited) {
          return (error) => {
            leave?.();
            coolDown.note(window, error, effects.now(), maxRetryAfterMs);
          };
        }
        leave?.();
      }
    },
  };
}
