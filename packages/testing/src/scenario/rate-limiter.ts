import { matchesGlob } from '@waypost/core/routing';
import type { RateLimit, RateLimits } from './limits.js';
import { type OwnError, ownErrors } from './own-error.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Credits bought from which on more free requests a day are allowed. Source: OpenRouter API, limits. */
const HIGH_BALANCE = 10;

/** What limits the rate of requests, and remembers how many came. What one limit refuses takes nothing from another. */
export interface RateLimiter {
  /** Takes a request of this key, or says why not. */
  key(key: string): OwnError | undefined;
  /** A request of this key that was taken came to nothing after all. */
  giveBack(key: string): void;
  /** Takes an attempt at this model, or says why not. */
  model(id: string): OwnError | undefined;
}

/** A limit that tokens flow back into. */
interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Asked before anything is taken. */
interface Gate {
  refusal(this: void): OwnError | undefined;
  take(this: void): void;
}

export function createRateLimiter(limits: RateLimits, now: () => number, credits: number): RateLimiter {
  const rich = credits >= HIGH_BALANCE;
  const buckets = new Map<string, Bucket>();
  const days = new Map<number, number>();

  /** What is in a bucket now. */
  function tokensOf(name: string, { requests, perMs }: RateLimit): number {
    const { tokens, at } = buckets.get(name) ?? { tokens: requests, at: now() };
    return Math.min(requests, tokens + ((now() - at) * requests) / perMs);
  }

  function put(name: string, limit: RateLimit, more: number): void {
    buckets.set(name, { tokens: Math.min(limit.requests, tokensOf(name, limit) + more), at: now() });
  }

  /** Milliseconds until there is one; 0: now. A billionth is what fractions may lack. */
  function waitFor(name: string, limit: RateLimit): number {
    const tokens = tokensOf(name, limit);
    return tokens < 1 - 1e-9 ? Math.max(1, Math.ceil(((1 - tokens) * limit.perMs) / limit.requests)) : 0;
  }

  function exceeded({ requests }: RateLimit, wait: number): { readonly limit: number; readonly resetAt: number; readonly retryAfter: number } {
    return { limit: requests, resetAt: now() + wait, retryAfter: Math.ceil(wait / 1000) };
  }

  /** One limit, as far as it concerns a request. */
  function gate(name: string, limit: RateLimit, refuse: (told: ReturnType<typeof exceeded>) => OwnError): Gate {
    return {
      refusal() {
        const wait = waitFor(name, limit);
        return wait === 0 ? undefined : refuse(exceeded(limit, wait));
      },
      take: () => put(name, limit, -1),
    };
  }

  const byDay = (perDay: number): Gate => {
    const day = Math.floor(now() / DAY_MS);
    const resetAt = (day + 1) * DAY_MS;
    const used = days.get(day) ?? 0;
    return {
      refusal: () => (used < perDay ? undefined : ownErrors.freeTier(rich ? 'day-high-balance' : 'day', { limit: perDay, resetAt, retryAfter: Math.ceil((resetAt - now()) / 1000) })),
      take: () => void days.set(day, used + 1),
    };
  };

  function freeGates(): readonly Gate[] {
    if (limits.free === undefined) return [];
    const { perMinute = 20, perDay = rich ? 1000 : 50 } = limits.free === true ? {} : limits.free;
    return [byDay(perDay), gate('free', { requests: perMinute, perMs: MINUTE_MS }, (told) => ownErrors.freeTier('minute', told))];
  }

  /** All of them are asked before any takes. */
  function pass(gates: readonly Gate[]): OwnError | undefined {
    for (const { refusal } of gates) {
      const refused = refusal();
      if (refused !== undefined) return refused;
    }
    for (const { take } of gates) take();
    return undefined;
  }

  const gateOf = (name: string, limit: RateLimit | undefined): readonly Gate[] => (limit === undefined ? [] : [gate(name, limit, ownErrors.rateLimit)]);

  return {
    key: (key) => pass(gateOf(`key ${key}`, limits.key)),
    giveBack(key) {
      if (limits.key !== undefined) put(`key ${key}`, limits.key, 1);
    },
    model(id) {
      const models = limits.models ?? {};
      const name = Object.hasOwn(models, id) ? id : Object.keys(models).find((glob) => matchesGlob(glob, id));
      return pass([...gateOf(`model ${id}`, name === undefined ? undefined : models[name]), ...(id.endsWith(':free') ? freeGates() : [])]);
    },
  };
}
