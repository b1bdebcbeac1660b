/** What tells a gateway the time, and makes it wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(this: void): number;
  /** Resolves after so many milliseconds; rejects with the reason of the signal where that aborts first. */
  sleep(this: void, ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that is moved by hand. */
export interface ManualClock extends Clock {
  /** Moves the clock on by so many milliseconds. */
  advance(this: void, ms: number): void;
}

/** 21 September 2026. */
export const STANDING_TIME = 1_790_000_000_000;

/**
 * The clock on the wall: a gateway with it really waits where its scenario gives latencies and token rates.
 *
 * @example
 * createGateway({ ...realClock, scenario: { health: { azure: { state: 'ok', firstTokenMs: 300, tokensPerSecond: 40 } } } });
 */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
  }),
};

/**
 * A clock that stands still until it is moved. Whoever sleeps by it goes on at once, and the clock has moved on by that time: a test sees
 * how long everything took and waits for nothing.
 *
 * @param start milliseconds since the epoch; default 21 September 2026.
 * @example
 * const clock = manualClock();
 * const gateway = createGateway({ ...clock, scenario: { limits: { key: { requests: 2, perMs: 60_000 } } } });
 * clock.advance(30_000); // one request has come back
 */
export function manualClock(start: number = STANDING_TIME): ManualClock {
  let time = start;
  const advance = (ms: number): void => {
    time += ms;
  };
  return { now: () => time, advance, sleep: async (ms) => advance(ms) };
}
