import { APIError } from '../errors/api-error.js';
import type { Window } from './types.js';

/** Remembers which models are not to be asked for a while, since a server that turned one call away said so. */
export interface CoolDown {
  /** Notes what a request failed with. Only a 429 counts whose wait is told, and at most `most` milliseconds long. */
  note(window: Window, error: unknown, now: number, most: number): void;
  /** Milliseconds until one of the request's models may be asked again; none are left where it is 0 or less. */
  left(window: Window, now: number): number;
}

/** A model under its preferences, since other endpoints of it may well have room. */
const keysOf = ({ models, body: { provider } }: Window): string[] => (models.length > 0 ? models : ['']).map((model) => JSON.stringify([model, provider]));

/** Starts with nothing noted. A server that turns away a list of models has tried them all. */
export function createCoolDown(): CoolDown {
  const cooling = new Map<string, { readonly from: number; readonly until: number }>();
  // one that has not begun yet is of a clock that has gone back since, and nobody knows how much of it is left
  const leftOf = (key: string, now: number): number => {
    const { from = Infinity, until = 0 } = cooling.get(key) ?? {};
    return now < from ? 0 : until - now;
  };
  return {
    note(window, error, now, most) {
      if (!APIError.isInstance(error) || error.status !== 429) return;
      const { retryAfterMs = 0 } = error;
      if (retryAfterMs > most) return;
      // what is over is forgotten, so that the list does not grow
      for (const key of cooling.keys()) if (leftOf(key, now) <= 0) cooling.delete(key);
      for (const key of keysOf(window)) cooling.set(key, { from: now, until: now + Math.max(retryAfterMs, leftOf(key, now)) });
    },
    // hot: most clients never have any
    left: (window, now) => (cooling.size > 0 ? Math.min(...keysOf(window).map((key) => leftOf(key, now))) : 0),
  };
}
