import { APIError } from '../errors/api-error.js';
import type { Window } from './types.js';

/** Remembers which models are not to be asked for a while, since a server that turned one call away said so. */
export interface CoolDown {
  /** Notes what a request failed with. Only a 429 counts whose wait is told, and at most `most` milliseconds long. */
  note(window: Window, error: unknown, now: number, most: number): void;
  /** When one of the request's models may be asked again, in milliseconds since the epoch; 0 where one may be now. */
  until(window: Window, now: number): number;
}

/** A model under its preferences, since other endpoints of it may well have room. */
const keysOf = ({ models, body: { provider } }: Window): string[] => (models.length > 0 ? models : ['']).map((model) => JSON.stringify([model, provider]));

/** Starts with nothing noted. A server that turns away a list of models has tried them all. */
export function createCoolDown(): CoolDown {
  const cooling = new Map<string, { readonly from: number; readonly until: number }>();
  // one that has not begun yet is of a clock that has gone back since, and nobody knows how much of it is left
  const untilOf = (key: string, now: number): number => {
    const { from = Infinity, until = 0 } = cooling.get(key) ?? {};
    return from <= now && now < until ? until : 0;
  };
  return {
    note(window, error, now, most) {
      if (!APIError.isInstance(error) || error.status !== 429) return;
      const { retryAfterMs = 0 } = error;
      if (retryAfterMs > most) return;
      // what is over is forgotten, so that the list does not grow
      for (const key of cooling.keys()) if (untilOf(key, now) === 0) cooling.delete(key);
      for (const key of keysOf(window)) cooling.set(key, { from: now, until: Math.max(now + retryAfterMs, untilOf(key, now)) });
    },
    // hot: most clients never have any
    until: (window, now) => (cooling.size > 0 ? Math.min(...keysOf(window).map((key) => untilOf(key, now))) : 0),
  };
}
