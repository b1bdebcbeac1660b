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
  const endsAt = new Map<string, number>();
  return {
    note(window, error, now, most) {
      if (!APIError.isInstance(error) || error.status !== 429) return;
      const { retryAfterMs = 0 } = error;
      if (retryAfterMs > most) return;
      // what is over is forgotten, so that the list does not grow
      for (const [key, at] of endsAt) if (at <= now) endsAt.delete(key);
      for (const key of keysOf(window)) endsAt.set(key, Math.max(now + retryAfterMs, endsAt.get(key) ?? 0));
    },
    // hot: most clients never have any
    left: (window, now) => (endsAt.size > 0 ? Math.min(...keysOf(window).map((key) => (endsAt.get(key) ?? 0) - now)) : 0),
  };
}
