/** How many retries a client may make, as a share of its calls. */
export interface RetryBudget {
  /** What each call adds. Default 0.2: one retry for five calls. */
  ratio?: number;
  /** What each second adds. Default 10. */
  minPerSecond?: number;
  /** What there is at the beginning, and at most. Default 200. */
  burst?: number;
}

/** What is left to a client. */
export interface Budget {
  /** Adds the share of one call. */
  call(now: number): void;
  /** Takes one retry out; `false` where there is none left. */
  take(now: number): boolean;
}

/**
 * A token bucket: a retry takes one token; calls and time add some, up to a bound. So in any time there are at most
 * `burst + ratio · calls + minPerSecond · seconds` retries.
 */
export function createBudget({ ratio = 0.2, minPerSecond = 10, burst = 200 }: RetryBudget = {}): Budget {
  let tokens = burst;
  let filledAt = Infinity;
  const fill = (more: number, now: number): void => {
    // a clock may go back
    tokens = Math.min(burst, tokens + more + (Math.max(0, now - filledAt) / 1000) * minPerSecond);
    filledAt = now;
  };
  return {
    call: (now) => fill(ratio, now),
    take(now) {
      fill(0, now);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
