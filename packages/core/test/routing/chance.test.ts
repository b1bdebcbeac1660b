import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pick, priceWeights } from '../../src/routing/weights.js';
import { chances, plan, priced, tags } from './kit.js';

/** The example of the guides: A $1, B $2 and unstable, C $3. */
const GUIDES = [priced('a', 1), priced('b', 2, { status: -1 }), priced('c', 3)];

describe('the example of the guides', () => {
  it('has A first nine times as often as C, and B last', () => {
    const { order, basis } = plan({}, GUIDES);
    expect(order.map(({ tag, reason }) => `${tag} ${reason}`)).toEqual(['a weight', 'c weight', 'b outage']);
    const [a, c, b] = order.map(({ probability }) => probability ?? Number.NaN);
    expect((a ?? 0) / (c ?? 1)).toBeCloseTo(9, 12);
    expect(a).toBeCloseTo(0.9, 12);
    expect(b).toBe(0);
    expect(basis).toEqual({ by: 'weight' });
  });

  it('takes the word of health for an outage, against that of the listing', () => {
    const health = { a: { outage: true }, b: { outage: false } };
    expect(tags(plan({}, GUIDES, { health }))).toEqual(['b', 'c', 'a']);
    expect(tags(plan({}, GUIDES, { health: ({ tag }) => ({ outage: tag !== 'c' }) }))[0]).toBe('c');
  });

  it('chooses among all where none is stable', () => {
    expect(chances(plan({}, [priced('a', 1, { status: -1 }), priced('b', 1, { status: -5 })]))).toEqual([['a', 0.5], ['b', 0.5]]);
  });
});

describe('probabilities', () => {
  const price = fc.double({ min: 0, max: 1e6, noNaN: true });

  it('sum to one, and a point picks in proportion', () => {
    fc.assert(fc.property(fc.array(price, { minLength: 1, maxLength: 8 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (prices, point) => {
      const weights = priceWeights(prices).map((weight) => weight ?? Number.NaN);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      const index = pick(weights, point);
      const before = weights.slice(0, index).reduce((sum, weight) => sum + weight, 0);
      expect(weights[index]).toBeGreaterThan(0);
      expect(point).toBeGreaterThanOrEqual(before - 1e-9);
      expect(point).toBeLessThanOrEqual(before + (weights[index] ?? 0) + 1e-9);
    }));
  });

  it('hold for prices of any size', () => {
    expect(chances(plan({}, [priced('a', 1e-9), priced('b', 3e-9)]))[0]?.[1]).toBeCloseTo(0.9, 12);
    expect(chances(plan({}, [priced('a', 0), priced('b', 1), priced('c', 0)]))).toEqual([['a', 0.5], ['c', 0.5], ['b', 0]]);
  });

  it('are not known where a price is not, but for a single endpoint', () => {
    expect(priceWeights([1, undefined])).toEqual([undefined, undefined]);
    expect(priceWeights([undefined])).toEqual([1]);
    expect(chances(plan({}, [priced('a', 1), priced('router', -1)]))).toEqual([['a', undefined], ['router', undefined]]);
  });

  it('come with a draw too, of all that are tried', () => {
    expect(chances(plan({}, GUIDES, { rng: () => 0.95 })).map(([tag, chance]) => [tag, Number(chance?.toFixed(6))])).toEqual([['c', 0.1], ['a', 0.9], ['b', 0]]);
  });

  it('are those of the model that is tried first, where a threshold puts a later one before', () => {
    const swift = { throughput_last_30m: { p50: 100 } };
    const slow = { throughput_last_30m: { p50: 10 } };
    const result = plan({ models: ['acme/two'], provider: { preferred_min_throughput: 50 } }, [priced('a', 1, slow)], {});
    expect(chances(result)).toEqual([['a', 1]]);
    const both = plan({ provider: { preferred_min_throughput: 50 } }, [priced('a', 1, slow), priced('b', 3, swift)]);
    expect(both.order.map(({ tag, reason, probability }) => `${tag} ${reason} ${probability}`)).toEqual(['b weight 1', 'a threshold 0']);
  });
});
