/** Bounds of the wait before a retry, in milliseconds. */
export interface BackoffOptions {
  baseDelayMs: number;
  maxDelayMs: number;
}

/**
 * The wait before retry number `retry` (from 0): anything between nothing and `baseDelayMs · 2^retry`, at most `maxDelayMs`. Full
 * jitter, so that clients that failed together do not come back together. `random` is in [0, 1).
 */
export function backoff(retry: number, { baseDelayMs, maxDelayMs }: BackoffOptions, random: number): number {
  return random * Math.min(maxDelayMs, baseDelayMs * 2 ** retry);
}
