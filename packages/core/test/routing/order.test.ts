import { describe, expect, it } from 'vitest';
import { planRoute, type RouteOptions, type RouteRequest } from '../../src/routing/index.js';
import { chances, listed, plan, priced, tags } from './kit.js';

const speed = (p50: number, seconds: number): object => ({ throughput_last_30m: { p50 }, latency_last_30m: { p50: seconds } });
const ENDPOINTS = [
  priced('alpha', 1, speed(10, 3)), priced('beta', 2, speed(90, 2)), priced('gamma/fp8', 3, speed(50, 1)),
  priced('beta/flex', 0.5, speed(5, 9)), priced('beta/priority', 8, speed(200, 0.1)),
];
const of = (request: RouteRequest, options?: RouteOptions): readonly string[] => tags(plan(request, ENDPOINTS, options));

describe('order', () => {
  it.each<[string, RouteRequest, readonly string[]]>([
    ['sort by price', { provider: { sort: 'price' } }, ['alpha', 'beta', 'gamma/fp8']],
    ['sort by throughput', { provider: { sort: { by: 'throughput' } } }, ['beta', 'gamma/fp8', 'alpha']],
    ['sort by latency', { provider: { sort: 'latency' } }, ['gamma/fp8', 'beta', 'alpha']],
    ['a list, then the others', { provider: { order: ['gamma'] } }, ['gamma/fp8', 'alpha', 'beta']],
    ['a closed list', { provider: { order: ['gamma', 'beta'], allow_fallbacks: false } }, ['gamma/fp8', 'beta']],
    ['a threshold', { provider: { preferredMinThroughput: 20 } }, ['beta', 'gamma/fp8', 'alpha']],
    [':nitro', { model: 'acme/one:nitro' }, ['beta/priority', 'beta', 'gamma/fp8', 'alpha']],
    [':floor', { model: 'acme/one:floor' }, ['beta/flex', 'alpha', 'beta', 'gamma/fp8']],
    [':floor with order', { model: 'acme/one:floor', provider: { order: ['beta'] } }, ['beta', 'alpha', 'gamma/fp8']],
    ['the priority tier', { service_tier: 'fast' }, ['beta/priority', 'beta', 'gamma/fp8', 'alpha']],
    ['the flex tier', { service_tier: 'flex' }, ['beta/flex']],
    ['a tier by name', { provider: { only: ['beta/flex'] } }, ['beta/flex']],
  ])('by %s', (_name, request, expected) => {
    expect(of(request)).toEqual(expected);
  });

  it('goes by exacto with tools, where the facts tell it', () => {
    const facts: RouteOptions['facts'] = { alpha: { exacto: 1 }, beta: { exacto: 3 }, 'gamma/fp8': { exacto: 2 } };
    const request: RouteRequest = { tools: [{ type: 'function', function: { name: 'x' } }] };
    expect(of(request, { facts })).toEqual(['beta', 'gamma/fp8', 'alpha']);
    expect(plan(request, ENDPOINTS, { facts }).basis).toEqual({ by: 'exacto' });
    expect(of({ model: 'acme/one:exacto' }, { facts })).toEqual(['beta', 'gamma/fp8', 'alpha']);
  });

  it('tells what one endpoint may be where no other is tried, and with chance, which it is', () => {
    const request: RouteRequest = { provider: { allow_fallbacks: false } };
    const without = plan(request, ENDPOINTS);
    expect(without.single).toBe(true);
    expect(without.order.reduce((sum, { probability }) => sum + (probability ?? 0), 0)).toBeCloseTo(1, 12);
    expect(of(request, { rng: () => 0.999 })).toEqual(['gamma/fp8']);
    expect(of({ provider: { allow_fallbacks: false, sort: 'price' } })).toEqual(['alpha']);
  });

  it('balances within an entry of order that means several endpoints', () => {
    const endpoints = [priced('a/x', 1), priced('a/y', 3), priced('b', 1)];
    expect(chances(plan({ provider: { order: ['a'] } }, endpoints)).map(([tag, chance]) => [tag, Number(chance?.toFixed(9))])).toEqual([['a/x', 0.9], ['a/y', 0.1], ['b', 0]]);
  });

  it('exhausts a model before the next, or ranks all in one list', () => {
    const models = [listed('acme/one', priced('a', 5), priced('b', 6)), listed('acme/two', priced('c', 1))];
    const chain = { model: 'acme/one', models: ['acme/two'] };
    expect(tags(planRoute({ ...chain, provider: { sort: 'price' } }, models))).toEqual(['a', 'b', 'c']);
    expect(tags(planRoute({ ...chain, provider: { sort: { by: 'price', partition: 'none' } } }, models))).toEqual(['c', 'a', 'b']);
  });

  it('ranks all models in one list by what their variants share', () => {
    const models = [listed('acme/one', priced('a', 5), priced('b', 6)), listed('acme/two', priced('c', 1))];
    const all = (model: string, second: string): ReturnType<typeof planRoute> => planRoute({ model, models: [second], provider: { sort: { partition: 'none' } } }, models);
    expect(chances(all('acme/one:floor', 'acme/two:floor'))).toEqual([['c', 1], ['a', 0], ['b', 0]]);
    expect(all('acme/one:floor', 'acme/two:floor').basis).toEqual({ by: 'sort', sort: 'price' });
    expect(all('acme/one:floor', 'acme/two').basis).toEqual({ by: 'weight' });
    expect(all('acme/one:floor', 'acme/two:nitro').basis).toEqual({ by: 'weight' });
  });

  it('leaves the sequence of order alone where an endpoint is slow, and moves it behind those of the same entry', () => {
    const endpoints = [priced('slow', 1, speed(1, 1)), priced('fast/x', 3, speed(2, 1)), priced('fast/y', 2, speed(90, 1)), priced('fast/z', 1, { ...speed(90, 1), status: -5 })];
    const { order } = plan({ provider: { order: ['slow', 'fast'], preferred_min_throughput: 50 } }, endpoints);
    expect(order.map(({ tag, reason }) => `${tag} ${reason}`)).toEqual(['slow order', 'fast/y order', 'fast/z outage', 'fast/x threshold']);
  });

  it('does not move what had an outage where a sort is asked for', () => {
    expect(tags(plan({ provider: { sort: 'price' } }, [priced('a', 1, { status: -5 }), priced('b', 2)]))).toEqual(['a', 'b']);
  });

  it('tells one endpoint of each model where no other is tried, of all in one list', () => {
    const models = [listed('acme/one', priced('a', 1), priced('b', 2)), listed('acme/two', priced('c', 1), priced('d', 3))];
    const chain: RouteRequest = { model: 'acme/one', models: ['acme/two'] };
    expect(tags(planRoute({ ...chain, provider: { sort: 'price', allow_fallbacks: false } }, models))).toEqual(['a', 'c']);
    expect(tags(planRoute({ ...chain, provider: { sort: { by: 'price', partition: 'none' }, allow_fallbacks: false } }, models))).toEqual(['a']);
  });

  it('says that a threshold moved what it moved, and nothing else', () => {
    const models = [listed('acme/one', priced('a', 1, speed(1, 1))), listed('acme/two', priced('b', 1, speed(99, 1)))];
    const reasons = (...chain: string[]): readonly string[] => planRoute({ models: chain, provider: { preferred_min_throughput: 50 } }, models).order.map(({ tag, reason }) => `${tag} ${reason}`);
    expect(reasons('acme/one', 'acme/two')).toEqual(['b weight', 'a threshold']);
    expect(reasons('acme/two', 'acme/one')).toEqual(['b weight', 'a weight']);
  });

  it('lets a later model that is swift come before one that is slow, and be the first', () => {
    const models = [listed('acme/one', priced('a', 1, speed(1, 1))), listed('acme/two', priced('b', 1, speed(99, 1)))];
    const result = planRoute({ model: 'acme/one', models: ['acme/two'], provider: { preferred_min_throughput: 50 } }, models);
    expect(chances(result)).toEqual([['b', 1], ['a', 0]]);
  });
});

describe('own keys', () => {
  const own = (byok: NonNullable<RouteOptions['account']>['byok'], request: RouteRequest = {}): readonly string[] =>
    plan(request, ENDPOINTS, { account: { byok: byok ?? {} } }).order.map(({ tag, byok: isOwn, reason }) => `${tag}${isOwn ? ` own ${reason}` : ''}`);

  it('come first where prioritized, in the order of the account, even before order', () => {
    expect(own({ gamma: 'prioritized', alpha: 'prioritized' }, { provider: { order: ['beta'] } }).slice(0, 3)).toEqual(['gamma/fp8 own byok', 'alpha own byok', 'beta']);
    expect(own({ gamma: 'prioritized', alpha: 'prioritized' }, { provider: { order: ['alpha'] } }).slice(0, 2)).toEqual(['alpha own byok', 'gamma/fp8 own byok']);
  });

  it('come last to fall back on, behind slow endpoints too', () => {
    expect(own({ alpha: 'fallback' })).toEqual(['alpha', 'beta', 'gamma/fp8', 'alpha own byok-fallback']);
    expect(own({ beta: 'fallback' }, { provider: { preferred_min_throughput: 70 } }).at(-1)).toBe('beta own byok-fallback');
  });

  it('are for some models, and may take the place of shared capacity', () => {
    expect(own({ alpha: { use: 'prioritized', models: ['other/*'] } })).toEqual(['alpha', 'beta', 'gamma/fp8']);
    expect(own({ alpha: { use: 'fallback', always: true } })).toEqual(['beta', 'gamma/fp8', 'alpha own byok-fallback']);
  });
});

describe('a conversation', () => {
  const cached = { pricing: { prompt: '3e-6', completion: '3e-6', input_cache_read: '3e-7' } };
  const endpoints = [priced('a', 1), priced('b', 3, cached)];
  const stay = (request: RouteRequest, sticky: RouteOptions['sticky'], more: RouteOptions = {}): unknown => {
    const result = plan(request, endpoints, { ...more, ...(sticky && { sticky }) });
    return [tags(result)[0], result.sticky?.applies];
  };
  const minute = 60_000;

  it('stays where it was with a session_id, or once a cache hit was seen', () => {
    expect(stay({ session_id: 's' }, { tag: 'b', ageMs: minute })).toEqual(['b', true]);
    expect(stay({}, { tag: 'b', ageMs: minute, cacheHit: true })).toEqual(['b', true]);
    expect(stay({}, { tag: 'b', ageMs: minute })).toEqual(['a', false]);
    expect(stay({ session_id: 's' }, undefined)).toEqual(['a', undefined]);
  });

  it.each<[string, RouteRequest, RouteOptions['sticky'], RouteOptions?]>([
    ['after ten minutes', {}, { tag: 'b', ageMs: 10 * minute }],
    ['with order', { provider: { order: ['a'] } }, { tag: 'b', ageMs: minute }],
    ['where it is down', {}, { tag: 'b', ageMs: minute }, { health: { b: { outage: true } } }],
    ['where a filter drops it', { provider: { ignore: ['b'] } }, { tag: 'b', ageMs: minute }],
    ['for another model', {}, { tag: 'b', model: 'acme/two', ageMs: minute }],
    ['for other output', {}, { tag: 'b', ageMs: minute }, { output: 'image', facts: { a: { outputModalities: ['image'] }, b: { outputModalities: ['image'] } } }],
  ])('does not %s', (_name, request, sticky, more) => {
    expect(stay({ session_id: 's', ...request }, sticky, more)).toEqual(['a', false]);
  });

  it('needs a session that is one', () => {
    for (const session_id of ['', null, undefined, 5]) expect(stay({ session_id } as RouteRequest, { tag: 'b', ageMs: minute })).toEqual(['a', false]);
  });

  it('stays with the model that a router chose', () => {
    const models = [listed('acme/one', priced('a', 1)), listed('acme/two', priced('b', 3, cached), priced('c', 1))];
    const options: RouteOptions = { aliases: { 'openrouter/auto': ['acme/one', 'acme/two'] } };
    const request: RouteRequest = { model: 'openrouter/auto', session_id: 's' };
    expect(tags(planRoute(request, models, options))).toEqual(['a']);
    const result = planRoute(request, models, { ...options, sticky: { tag: 'b', model: 'acme/two', ageMs: minute } });
    expect(result.order.map(({ tag, reason }) => `${tag} ${reason}`)).toEqual(['b sticky', 'c weight']);
    expect(result.sticky).toEqual({ applies: true, detail: 'b served last, 60 s ago' });
  });

  it('does not stay where a chain begins with another model, or with an own key', () => {
    const models = [listed('acme/one', priced('a', 1)), listed('acme/two', priced('b', 3, cached), priced('c', 1))];
    const request: RouteRequest = { model: 'acme/one', models: ['acme/two'], session_id: 's' };
    const sticky = { tag: 'b', model: 'acme/two', ageMs: minute };
    const result = planRoute(request, models, { sticky });
    expect(result.order.map(({ tag, reason }) => `${tag} ${reason}`)).toEqual(['a weight', 'b sticky', 'c weight']);
    expect(result.sticky).toEqual({ applies: false, detail: 'acme/one comes before acme/two' });
    const whole = planRoute({ ...request, provider: { sort: { by: 'price', partition: 'none' } } }, models, { sticky });
    expect([tags(whole)[0], whole.sticky?.applies]).toEqual(['b', true]);
    const own = planRoute({ ...request, model: 'acme/two', models: [] }, models, { sticky, account: { byok: { c: 'prioritized' } } });
    expect([tags(own)[0], own.sticky]).toEqual(['c', { applies: false, detail: 'an own key comes first' }]);
  });

  it('says so where it is not known to be eligible', () => {
    const result = plan({ session_id: 's', provider: { zdr: true } }, endpoints, { sticky: { tag: 'b', ageMs: 0 } });
    expect(chances(result)[0]).toEqual(['b', undefined]);
    expect(result.sticky).toEqual({ applies: true, detail: 'b served last, 0 s ago; what is unknown of it must hold' });
  });

  it('does not stay where the cache is not cheaper', () => {
    expect(plan({ session_id: 's' }, [priced('a', 1), priced('b', 3)], { sticky: { tag: 'b', ageMs: 0 } }).sticky).toEqual({ applies: false, detail: 'b has no cheaper price for cached tokens' });
  });
});
