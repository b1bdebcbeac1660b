import { TimeoutError } from '../errors/timeout-error.js';
import { platformTimer } from './effects.js';
import type { Effects } from './types.js';

/** Gives a place back; more than once changes nothing. */
export type Leave = () => void;

/** Who asks for a place. */
export interface QueueTurn {
  readonly effects: Pick<Effects, 'now' | 'timer'>;
  readonly signal?: AbortSignal | undefined;
  /** When the whole call is to be over, in milliseconds since the epoch, and the limit that this comes from. */
  readonly deadlineAt?: number | undefined;
  readonly deadlineMs?: number | undefined;
}

/**
 * Places for `limit` requests at a time. Whoever finds none waits, first come first served, and leaves at once when the signal aborts
 * or the deadline passes.
 *
 * @throws {TimeoutError} the deadline. Or the signal's reason.
 * @example
 * const enter = createQueue(5);
 * const leave = await enter({ effects });
 */
export function createQueue(limit: number): (turn: QueueTurn) => Promise<Leave> {
  let taken = 0;
  // Nobody waits while there is a place: one that is given back goes to the next at once.
  const waiting = new Set<() => void>();
  const take = (): Leave => {
    let held = true;
    taken += 1;
    return () => {
      if (!held) return;
      held = false;
      taken -= 1;
      const [next] = waiting;
      next?.();
    };
  };
  return async ({ effects: { now, timer = platformTimer }, signal, deadlineAt = Infinity, deadlineMs = Infinity }) => {
    signal?.throwIfAborted();
    if (taken < limit) return take();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        waiting.delete(go);
        signal?.removeEventListener('abort', onAbort);
        stop?.();
      };
      const go = (): void => {
        end();
        resolve(take());
      };
      const fail = (reason: unknown): void => {
        end();
        reject(reason);
      };
      const onAbort = (): void => fail(signal?.reason);
      const stop = deadlineAt < Infinity ? timer(Math.max(0, deadlineAt - now()), () => fail(new TimeoutError('deadline', deadlineMs))) : undefined;
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.add(go);
    });
  };
}
