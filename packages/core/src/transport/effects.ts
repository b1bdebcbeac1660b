import type { Effects } from './types.js';

/** The longest delay a timer takes; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Calls back after `ms`, however long that is. Returns a function that takes the timer back. */
export function platformTimer(ms: number, callback: () => void): () => void {
  let rest = ms;
  let handle: ReturnType<typeof setTimeout>;
  const arm = (): void => {
    const step = Math.min(rest, LONGEST_TIMER);
    rest -= step;
    handle = setTimeout(rest > 0 ? arm : callback, step);
  };
  arm();
  return () => clearTimeout(handle);
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = platformTimer(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * The platform's own `fetch`, clock, timers and randomness, each of which can be replaced. The global `fetch` is looked up at each
 * call, so that what instruments or mocks it later still takes effect.
 *
 * @example
 * const effects = createEffects({ fetch: myFetch });
 */
export function createEffects(own: Partial<Effects> = {}): Effects {
  return {
    fetch: own.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: own.now ?? Date.now,
    sleep: own.sleep ?? sleep,
    random: own.random ?? Math.random,
    timer: own.timer ?? platformTimer,
  };
}
