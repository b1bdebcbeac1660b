import { TimeoutError, type TimeoutKind } from '../errors/timeout-error.js';
import { platformTimer } from './effects.js';
import type { AttemptOptions } from './types.js';

/** Watches over one request: the caller's signal and all time limits, with one listener and at most one timer. */
export interface Guard {
  /** For `fetch`: aborts for whichever reason comes first. Undefined where nothing can end it but that the body is left, which cancels it. */
  readonly signal: AbortSignal | undefined;
  /** Set once the request is to end: with the reason of the caller's signal, or a `TimeoutError`. */
  readonly ended: { readonly reason: unknown } | undefined;
  /** Called when it ends. */
  onEnd: ((reason: unknown) => void) | undefined;
  /** Sets when a limit runs out, in milliseconds since the epoch; `Infinity` lifts it. */
  set(kind: TimeoutKind, at: number, limitMs: number): void;
  /** Throws its reason if it ended. */
  throwIfEnded(): void;
  /** Looks at the clock, for bodies that come so fast that no timer has its turn. */
  check(): void;
  /** Lifts all limits, and takes back the timer and the listener. */
  dispose(): void;
  /** The same, and closes the connection. */
  close(reason: unknown): void;
}

/** What is watched over: of a call what bounds it. */
export type Guarded = Pick<AttemptOptions, 'effects' | 'signal' | 'limits' | 'startedAt'>;

const KINDS: readonly TimeoutKind[] = ['response', 'first-token', 'idle', 'deadline'];

const nothing = (): void => {};

/** Starts watching a request that is about to be sent. Throws where the signal has aborted or the deadline has passed. */
export function createGuard(options: Guarded): Guard {
  const { signal, limits = {} } = options;
  if (signal || Object.values(limits).some((limit) => limit !== undefined && limit < Infinity)) return watch(options);
  // hot: most calls have neither, and a signal costs `fetch` more than all else here
  return { signal: undefined, ended: undefined, onEnd: undefined, set: nothing, throwIfEnded: nothing, check: nothing, dispose: nothing, close: nothing };
}

function watch({ effects, signal, limits = {}, startedAt }: Guarded): Guard {
  signal?.throwIfAborted();
  const { now, timer = platformTimer } = effects;
  const controller = new AbortController();
  const due: Record<TimeoutKind, number> = { response: Infinity, 'first-token': Infinity, idle: Infinity, deadline: Infinity };
  const limitOf: Record<TimeoutKind, number> = { ...due };
  let ended: { readonly reason: unknown } | undefined;
  let disposed = false;
  let wakesAt = Infinity;
  let stopTimer: (() => void) | undefined;

  const arm = (): void => {
    const next = Math.min(due.response, due['first-token'], due.idle, due.deadline);
    // hot: a limit that moves later, as the idle one does with each packet, leaves the timer alone; it looks again when it fires
    if (next >= wakesAt || disposed) return;
    stopTimer?.();
    wakesAt = next;
    stopTimer = timer(Math.max(0, next - now()), onTimer);
  };
  /** Ends the request if a limit ran out before `at`. */
  const look = (at: number): boolean => {
    const over = KINDS.find((kind) => due[kind] <= at);
    if (over !== undefined) end(new TimeoutError(over, limitOf[over]));
    return over !== undefined;
  };
  const onTimer = (): void => {
    const at = wakesAt;
    wakesAt = Infinity;
    stopTimer = undefined;
    if (!look(at)) arm();
  };
  const onAbort = (): void => end(signal?.reason);

  const guard: Guard = {
    signal: controller.signal,
    get ended() {
      return ended;
    },
    onEnd: undefined,
    set(kind, at, limitMs) {
      due[kind] = at;
      limitOf[kind] = limitMs;
      if (at < wakesAt) arm();
    },
    throwIfEnded() {
      if (ended) throw ended.reason;
    },
    check() {
      look(now());
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      stopTimer?.();
      stopTimer = undefined;
      signal?.removeEventListener('abort', onAbort);
    },
    close(reason) {
      guard.dispose();
      controller.abort(reason);
    },
  };
  function end(reason: unknown): void {
    if (disposed) return;
    ended = { reason };
    guard.close(reason);
    guard.onEnd?.(reason);
  }

  const sentAt = now();
  const { timeout = Infinity, firstTokenTimeout = Infinity, deadline = Infinity } = limits;
  const deadlineAt = (startedAt ?? sentAt) + deadline;
  if (deadlineAt <= sentAt) throw new TimeoutError('deadline', deadline);
  signal?.addEventListener('abort', onAbort, { once: true });
  guard.set('deadline', deadlineAt, deadline);
  guard.set('first-token', sentAt + firstTokenTimeout, firstTokenTimeout);
  guard.set('response', sentAt + timeout, timeout);
  return guard;
}
