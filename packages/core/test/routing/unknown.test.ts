import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, planRoute, type RouteOptions, type RouteRequest } from '../../src/routing/index.js';
import type { Endpoint } from '../../src/wire/models.js';
import { chances, listed, MODEL, plan, priced, tags } from './kit.js';

const zdrOf = (known: Readonly<Record<string, boolean>>): RouteOptions => ({ facts: Object.fromEntries(Object.entries(known).map(([tag, zdr]) => [tag, { zdr }])) });
const PRIVATE: RouteRequest = { provider: { zdr: true } };

describe('a probability, where it is not known who is eligible', () => {
  it('is not known of those who share chance with such an endpoint', () => {
    expect(chances(plan(PRIVATE, [priced('a', 1), priced('b', 3)], zdrOf({ a: true })))).toEqual([['a', undefined], ['b', undefined]]);
    expect(chances(plan(PRIVATE, [priced('a', 1)]))).toEqual([['a', undefined]]);
    expect(chances(plan(PRIVATE, [priced('a', 1), priced('b', 3)], { ...zdrOf({ a: true }), rng: () => 0 }))).toEqual([['a', undefined], ['b', undefined]]);
  });

  it('is known before and behind one that surely is', () => {
    const endpoints = [priced('a', 1), priced('b', 2), priced('c', 3)];
    const sorted: RouteRequest = { provider: { zdr: true, sort: 'price' } };
    expect(chances(plan(sorted, endpoints, zdrOf({ a: true })))).toEqual([['a', 1], ['b', 0], ['c', 0]]);
    expect(chances(plan(sorted, endpoints, zdrOf({ b: true })))).toEqual([['a', undefined], ['b', undefined], ['c', 0]]);
    expect(chances(plan(PRIVATE, [priced('a', 1), priced('b', 1), priced('down', 1, { status: -5 })], zdrOf({ a: true, down: true })))).toEqual([['a', undefined], ['b', undefined], ['down', 0]]);
    expect(chances(plan(PRIVATE, [priced('a', 1), priced('down', 1, { status: -5 })], zdrOf({ down: true })))).toEqual([['a', undefined], ['down', undefined]]);
    expect(chances(plan(PRIVATE, [priced('free', 0), priced('b', 1)], zdrOf({ b: true })))).toEqual([['free', undefined], ['b', undefined]]);
  });

  it('is not known of a later model either, nor of own keys behind it', () => {
    const models = [listed('acme/one', priced('a', 1)), listed('acme/two', priced('b', 1), priced('c', 1))];
    const chain: RouteRequest = { model: 'acme/one', models: ['acme/two'], ...PRIVATE };
    expect(chances(planRoute(chain, models, zdrOf({ b: true, c: true })))).toEqual([['a', undefined], ['b', undefined], ['c', undefined]]);
    expect(chances(planRoute(chain, models, zdrOf({ a: true, b: true })))).toEqual([['a', 1], ['b', 0], ['c', 0]]);
  });

  it('leaves all that may be tried where only one is, so that the status tells what is sure', () => {
    const request: RouteRequest = { model: MODEL, provider: { zdr: true, sort: 'price', allow_fallbacks: false } };
    const endpoints = [priced('a', 1), priced('b', 2), priced('c', 3)];
    expect(tags(plan(request, endpoints, zdrOf({ b: true })))).toEqual(['a', 'b']);
    expect(explain(request, listed(MODEL, ...endpoints), zdrOf({ b: true })).status).toBe('routable');
    expect(tags(plan(request, endpoints, { ...zdrOf({ b: true }), rng: () => 0 }))).toEqual(['a']);
  });
});

describe('a probability, where it is not known who is slow', () => {
  const fast = { throughput_last_30m: { p50: 100 } };
  const slow = { throughput_last_30m: { p50: 1 } };
  const request: RouteRequest = { provider: { preferred_min_throughput: 50, sort: 'price' } };

  it('is not known of a model whose only endpoint may go behind the next', () => {
    const chain: RouteRequest = { model: 'acme/one', models: ['acme/two'], ...request };
    expect(chances(planRoute(chain, [listed('acme/one', priced('a', 1)), listed('acme/two', priced('b', 1, fast))]))).toEqual([['a', undefined], ['b', undefined]]);
    const single: RouteRequest = { ...chain, provider: { ...chain.provider, allow_fallbacks: false } };
    expect(chances(planRoute(single, [listed('acme/one', priced('a', 1)), listed('acme/two', priced('b', 1, fast))]))).toEqual([['a', undefined], ['b', undefined]]);
  });

  it('is not known of the slow ones that it may have to join', () => {
    expect(chances(plan(request, [priced('a', 3), priced('b', 1, slow)]))).toEqual([['a', undefined], ['b', undefined]]);
    expect(chances(plan(request, [priced('a', 3), priced('b', 4, fast), priced('c', 1, slow)]))).toEqual([['a', undefined], ['b', undefined], ['c', 0]]);
  });

  it('is known of one that is swift and first, and of one that is alone', () => {
    expect(chances(plan(request, [priced('a', 1, fast), priced('b', 2)]))).toEqual([['a', 1], ['b', 0]]);
    expect(chances(plan(request, [priced('a', 1)]))).toEqual([['a', 1]]);
    expect(chances(plan({ provider: { ...request.provider, order: ['a'] } }, [priced('a', 1), priced('b', 2, fast)]))).toEqual([['a', 1], ['b', 0]]);
  });
});

describe('what depends on whether others are eligible', () => {
  const able = { supported_parameters: ['structured_outputs'] };
  const request: RouteRequest = { model: MODEL, response_format: { type: 'json_schema', json_schema: { name: 'x' } }, provider: { zdr: true } };

  it('stays, where those that would be preferred may not be', () => {
    const endpoints = [priced('able', 1, able), priced('plain', 1, { supported_parameters: [] })];
    expect(chances(plan(request, endpoints, zdrOf({ plain: true })))).toEqual([['able', undefined], ['plain', undefined]]);
    expect(tags(plan(request, endpoints, zdrOf({ plain: true, able: true })))).toEqual(['able']);
    expect(tags(plan(request, endpoints, { ...zdrOf({ plain: true }), unknown: 'drop' }))).toEqual(['plain']);
    const [, plain] = explain(request, listed(MODEL, ...endpoints), zdrOf({ plain: true })).endpoints;
    expect(plain).toMatchObject({ status: 'unknown', ignoredParameters: ['structured_outputs'], findings: [{ preference: 'response_format', verdict: 'unknown' }] });
  });

  it('stays too where it is the next model of a router', () => {
    const models = [listed('acme/one', priced('a', 1)), listed('acme/two', priced('b', 1)), listed('acme/three', priced('c', 1))];
    const options: RouteOptions = { aliases: { 'openrouter/auto': ['acme/one', 'acme/two', 'acme/three'] }, ...zdrOf({ b: true, c: true }) };
    expect(chances(planRoute({ ...PRIVATE, model: 'openrouter/auto' }, models, options))).toEqual([['a', undefined], ['b', undefined]]);
  });
});

interface Guess {
  readonly endpoint: Endpoint;
  readonly model: 'acme/one' | 'acme/two';
  readonly zdr: boolean | undefined;
  readonly speed: number | undefined;
  readonly outage: boolean;
  /** What it turns out to be, where it is not known. */
  readonly reallyZdr: boolean;
  readonly realSpeed: number;
}

const guess: fc.Arbitrary<Guess> = fc.record({
  endpoint: fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom(0, 1, 2, 3), fc.boolean())
    .map(([tag, price, structured]) => priced(tag, price, { supported_parameters: structured ? ['structured_outputs'] : [] })),
  model: fc.constantFrom('acme/one', 'acme/two'),
  zdr: fc.constantFrom(true, true, false, undefined),
  speed: fc.constantFrom(10, 100, undefined),
  outage: fc.boolean(),
  reallyZdr: fc.boolean(),
  realSpeed: fc.constantFrom(5, 55, 555),
});

const asked: fc.Arbitrary<RouteRequest> = fc.record({
  model: fc.constantFrom('acme/one', 'openrouter/auto'),
  response_format: fc.constantFrom({ type: 'text' as const }, { type: 'json_schema' as const, json_schema: { name: 'x' } }),
  provider: fc.record({
    zdr: fc.constant(true),
    sort: fc.constantFrom(undefined, 'price' as const, 'throughput' as const, { by: 'price' as const, partition: 'none' as const }, { partition: 'none' as const }),
    preferred_min_throughput: fc.constantFrom(undefined, 50),
    allow_fallbacks: fc.constantFrom(undefined, false),
    order: fc.constantFrom(undefined, undefined, ['b', 'a']),
  }).map((provider) => Object.fromEntries(Object.entries(provider).filter(([, value]) => value !== undefined))),
});

it('law: a probability that is told holds, whatever turns out to be', () => {
  let told = 0;
  const byok = fc.constantFrom<NonNullable<RouteOptions['account']>['byok']>({}, {}, { a: 'prioritized' }, { b: 'fallback' });
  fc.assert(fc.property(fc.uniqueArray(guess, { minLength: 1, maxLength: 5, selector: ({ endpoint }) => endpoint.tag }), asked, byok, (guesses, request, keys) => {
    const find = (endpoint: Endpoint): Guess | undefined => guesses.find((one) => one.endpoint === endpoint);
    const run = (zdr: (one: Guess) => boolean | undefined, speed: (one: Guess) => number | undefined): ReturnType<typeof planRoute> => {
      const models = (['acme/one', 'acme/two'] as const).map((id) => listed(id, ...guesses.filter(({ model }) => model === id).map(({ endpoint }) => endpoint)));
      const of = <T>(endpoint: Endpoint, read: (one: Guess) => T): T | undefined => { const one = find(endpoint); return one && read(one); };
      return planRoute({ models: request.model === 'acme/one' ? ['acme/two'] : [], ...request }, models, {
        aliases: { 'openrouter/auto': ['acme/one', 'acme/two'] },
        account: { byok: keys ?? {} },
        facts: (endpoint) => { const known = of(endpoint, zdr); return known === undefined ? undefined : { zdr: known }; },
        health: (endpoint) => ({ outage: of(endpoint, ({ outage }) => outage) ?? false, throughput: { p50: of(endpoint, speed) ?? null } }),
      });
    };
    const before = run(({ zdr }) => zdr, ({ speed }) => speed);
    const after = run(({ zdr, reallyZdr }) => zdr ?? reallyZdr, ({ speed, realSpeed }) => speed ?? realSpeed);
    if (after.order.length === 0) return;
    for (const { tag, byok: own, probability } of before.order) {
      if (probability === undefined) continue;
      told += 1;
      expect(after.order.find((one) => one.tag === tag && one.byok === own)?.probability ?? 0).toBeCloseTo(probability, 9);
    }
    // and what is not in the plan is never tried
    for (const { tag } of after.order) expect(tags(before)).toContain(tag);
  }), { numRuns: 5000 });
  expect(told).toBeGreaterThan(2000);
});
