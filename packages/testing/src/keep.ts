import { InvalidOptionsError } from '@waypost/core';

/** Enough for any test, and some tens of megabytes at most for a gateway that runs for days. */
const DEFAULT_KEEP = 10_000;

/** @throws {InvalidOptionsError} for what is no whole number from 1 on, nor `Infinity`. */
export function keptOf(keep: number = DEFAULT_KEEP): number {
  if (keep === Infinity || (Number.isInteger(keep) && keep >= 1)) return keep;
  throw new InvalidOptionsError([{
    path: 'keep', message: `expected a whole number from 1 on, got ${String(keep)}`, suggestion: 'leave it out for 10,000, or give Infinity to keep all',
  }]);
}

/** Puts an entry into a map, and takes out the oldest where there are too many. */
export function setKept<T>(map: Map<string, T>, id: string, entry: T, keep: number): void {
  map.set(id, entry);
  if (map.size <= keep) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
