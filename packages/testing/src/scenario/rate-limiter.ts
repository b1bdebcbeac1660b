import { matchesGlob } from '@waypost/core/routing';
import type { RateLimit, RateLimits } from './limits.js';
import { type OwnError, ownErrors } from './own-error.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Credits bought from which on more free requests a day are allowed. Source: OpenRouter API, limits. */
const HIGH_BALANCE = 10;

/** What limits the rate of requests, and remembers how many came. */
export interface RateLimiter {
  /** Takes a request of this key, or says why not. */
  key(key: string): OwnError | undefined;
  /** Takes an attempt at this model, or says why not. */
  model(id: string): OwnError | undefined;
}

/** A limit that tokens flow back into. */
interface Bucket {
  tokens: number;
  at: number;
}

export function createRateLimiter(limits: RateLimits, now: () => number, credits: number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const days = new Map<number, number>();

  /** The bucket as it is now. */
  function bucketOf(name: string, { requests, perMs }: RateLimit): Bucket {
    const time = now();
    const { tokens, at } = buckets.get(name) ?? { tokens: requests, at: time };
    const bucket = { tokens: Math.min(requests, tokens + ((time - at) * requests) / perMs), at: time };
    buckets.set(name, bucket);
    return bucket;
  }

  /** Takes one, or tells the milliseconds until there is one. A billionth is what fractions may lack. */
  function take(name: string, limit: RateLimit): number | undefined {
    const bucket = bucketOf(name, limit);
    if (bucket.tokens < 1 - 1e-9) return Math.max(1, Math.ceil(((1 - bucket.tokens) * limit.perMs) / limit.requests));
    bucket.tokens -= 1;
    return undefined;
  }

  function exceeded({ requests }: RateLimit, wait: number): { readonly limit: number; readonly resetAt: number; readonly retryAfter: number } {
    return { limit: requests, resetAt: now() + wait, retryAfter: Math.ceil(wait / 1000) };
  }

  function check(name: string, limit: RateLimit | undefined): OwnError | undefined {
    const wait = limit === undefined ? undefined : take(name, limit);
    return limit === undefined || wait === undefined ? undefined : ownErrors.rateLimit(exceeded(limit, wait));
  }

  function checkFree(): OwnError | undefined {
    if (limits.free === undefined) return undefined;
    const rich = credits >= HIGH_BALANCE;
    const { perMinute = 20, perDay = rich ? 1000 : 50 } = limits.free === true ? {} : limits.free;
    const day = Math.floor(now() / DAY_MS);
    const used = days.get(day) ?? 0;
    if (used >= perDay) {
      const resetAt = (day + 1) * DAY_MS;
      return ownErrors.freeTier(rich ? 'day-high-balance' : 'day', { limit: perDay, resetAt, retryAfter: Math.ceil((resetAt - now()) / 1000) });
    }
    const minute: RateLimit = { requests: perMinute, perMs: MINUTE_MS };
    const wait = take('free', minute);
    if (wait !== undefined) return ownErrors.freeTier('minute', exceeded(minute, wait));
    days.set(day, used + 1);
    return undefined;
  }

  return {
    key: (key) => check(`key ${key}`, limits.key),
    model(id) {
      const models = limits.models ?? {};
      const name = Object.hasOwn(models, id) ? id : Object.keys(models).find((glob) => matchesGlob(glob, id));
      return check(`model ${id}`, name === undefined ? undefined : models[name]) ?? (id.endsWith(':free') ? checkFree() : undefined);
    },
  };
}
