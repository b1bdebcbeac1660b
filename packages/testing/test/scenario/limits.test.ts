import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway, fail, type GatewayOptions, manualClock } from '../../src/index.js';
import { createRateLimiter } from '../../src/scenario/rate-limiter.js';
import { chat, errorOf } from '../helpers.js';

async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < count; i += 1) seen.push((await ask()).status);
  return seen;
}

function limited(options: GatewayOptions): { readonly clock: ReturnType<typeof manualClock>; readonly ask: (body?: object, key?: string) => Promise<Response>; readonly gateway: ReturnType<typeof createGateway> } {
  const clock = manualClock();
  const gateway = createGateway({ ...clock, ...options });
  return { clock, gateway, ask: (body = {}, key = 'sk-or-v1-a') => chat(gateway, body, { headers: { authorization: `Bearer ${key}` } }) };
}

describe('the limit of a key', () => {
  it('refuses with 429 and says when, comes back one by one, and counts for each key', async () => {
    const { ask, clock } = limited({ scenario: { limits: { key: { requests: 2, perMs: 60_000 } } } });
    expect(await statuses(2, ask)).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    const headers = { 'X-RateLimit-Limit': '2', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(clock.now() + 30_000), 'Retry-After': '30' };
    for (const [name, value] of Object.entries(headers)) expect(refused.headers.get(name)).toBe(value);
    expect(await errorOf(refused)).toEqual({ error: { code: 429, message: 'Rate limit exceeded', metadata: { headers, provider_name: null } } });
    expect((await ask({}, 'sk-or-v1-b')).status).toBe(200);
    clock.advance(29_999);
    expect((await ask()).status).toBe(429);
    clock.advance(1);
    expect(await statuses(2, ask)).toEqual([200, 429]);
    clock.advance(600_000);
    expect(await statuses(3, ask)).toEqual([200, 200, 429]);
  });
});

describe('the limit of a model', () => {
  it('goes on to the next model of the chain, and reaches no provider', async () => {
    const { ask, gateway } = limited({ scenario: { limits: { models: { 'acme/*': { requests: 1, perMs: 1000 } } } } });
    expect((await ask()).status).toBe(200);
    expect((await ask({ models: ['cinder/spark'] })).status).toBe(200);
    expect(gateway.requests[1]).toMatchObject({ served: { model: 'cinder/spark' }, attempts: [{ model: 'cinder/spark' }] });
    expect((await ask()).status).toBe(429);
    expect((await ask({ model: 'acme/atlas-mini' })).status).toBe(200);
  });
});

describe('the free tier', () => {
  const free = { model: 'acme/atlas-mini:free' };

  it('allows 20 a minute and 50 a day, until midnight UTC', async () => {
    const { ask, clock } = limited({ credits: 5, scenario: { limits: { free: true } } });
    expect(await statuses(21, () => ask(free))).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    expect((await ask()).status).toBe(200);
    for (let i = 0; i < 30; i += 1) {
      clock.advance(3000);
      expect((await ask(free)).status).toBe(200);
    }
    clock.advance(60_000);
    const refused = await ask(free);
    const midnight = Math.ceil(clock.now() / 86_400_000) * 86_400_000;
    expect(await errorOf(refused)).toMatchObject({ error: {
      code: 429, message: 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
      metadata: { limit_source: 'openrouter_free_tier_daily', headers: { 'X-RateLimit-Limit': '50', 'X-RateLimit-Reset': String(midnight) } },
    } });
    clock.advance(midnight - clock.now());
    expect((await ask(free)).status).toBe(200);
  });

  it('has other bounds where they are given, and more a day for who has bought credits', async () => {
    const { ask } = limited({ scenario: { limits: { free: { perDay: 1 } } } });
    expect(await statuses(2, () => ask(free))).toEqual([200, 429]);
    expect((await errorOf(await ask(free))).error.message).toBe('Rate limit exceeded: free-models-per-day-high-balance. ');
  });
});

describe('what a limit refuses', () => {
  const free = { model: 'acme/atlas-mini:free' };

  it('of a model takes nothing from the key', async () => {
    const { ask } = limited({ scenario: { limits: { key: { requests: 2, perMs: 1e9 }, models: { 'acme/*': { requests: 1, perMs: 1e9 } } } } });
    expect(await statuses(5, ask)).toEqual([200, 429, 429, 429, 429]);
    expect((await ask({ model: 'cinder/spark' })).status).toBe(200);
    expect((await errorOf(await ask({ model: 'cinder/spark' }))).error.metadata?.headers).toMatchObject({ 'X-RateLimit-Limit': '2' });
  });

  it('of the free tier takes nothing from the model', async () => {
    const { ask, clock } = limited({ scenario: { limits: { free: { perMinute: 1 }, models: { 'acme/*': { requests: 2, perMs: 1e9 } } } } });
    expect(await statuses(4, () => ask(free))).toEqual([200, 429, 429, 429]);
    clock.advance(60_000);
    expect((await ask(free)).status).toBe(200);
  });

  it('of the credits takes nothing from the key', async () => {
    const { ask } = limited({ credits: 0, enforceCredits: true, scenario: { limits: { key: { requests: 1, perMs: 1e9 } } } });
    expect(await statuses(2, ask)).toEqual([402, 402]);
    expect(await statuses(2, () => ask(free))).toEqual([200, 429]);
  });

  it('is taken all the same where a provider was reached', async () => {
    const scenario = { limits: { key: { requests: 1, perMs: 1e9 }, models: { 'cinder/*': { requests: 0.5, perMs: 1e9 } } }, models: { 'acme/atlas': fail(503) } };
    const { ask } = limited({ scenario });
    expect((await ask({ models: ['cinder/spark'] })).status).toBe(429);
    expect((await errorOf(await ask())).error.metadata?.headers).toMatchObject({ 'X-RateLimit-Limit': '1' });
  });
});

describe('the law of a limit', () => {
  it('takes of all or of none: what is refused changes nothing for those that come after', () => {
    const limit = fc.record({ requests: fc.integer({ min: 1, max: 5 }), perMs: fc.integer({ min: 1, max: 1000 }) });
    const steps = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 300 }), free: fc.boolean() }), { maxLength: 40 });
    fc.assert(fc.property(limit, fc.integer({ min: 1, max: 9 }), steps, (models, perDay, asked) => {
      const clock = manualClock();
      const limits = { models: { '*': models }, free: { perDay, perMinute: 60_000 } };
      const limiter = createRateLimiter(limits, clock.now, 0);
      const through: { at: number; id: string }[] = [];
      for (const { pause, free } of asked) {
        clock.advance(pause);
        const id = free ? 'a/b:free' : 'a/b';
        const refused = limiter.model(id);
        // one that saw only what was let through refuses the same
        const other = manualClock();
        const fresh = createRateLimiter(limits, other.now, 0);
        for (const { at, id: before } of through) {
          other.advance(at - other.now());
          fresh.model(before);
        }
        other.advance(clock.now() - other.now());
        expect(fresh.model(id)).toEqual(refused);
        if (refused === undefined) through.push({ at: clock.now(), id });
      }
    }));
  });

  it('lets through at most what was there and what came back, and everything that waited as long as it was told', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 100_000 }), fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 }),
      (requests, perMs, pauses) => {
        const clock = manualClock();
        const limiter = createRateLimiter({ key: { requests, perMs } }, clock.now, 0);
        let through = 0;
        for (const pause of pauses) {
          clock.advance(pause);
          const error = limiter.key('k');
          if (error === undefined) through += 1;
          else {
            clock.advance(Number(error.headers?.['X-RateLimit-Reset']) - clock.now());
            expect(limiter.key('k')).toBeUndefined();
            through += 1;
          }
        }
        const elapsed = clock.now() - manualClock().now();
        expect(through).toBeLessThanOrEqual(requests + (elapsed * requests) / perMs + 1e-6);
      },
    ));
  });
});
