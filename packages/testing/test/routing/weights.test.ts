import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EndpointInput } from '../../src/index.js';
import { firstChoiceWeights, pick } from '../../src/routing/weights.js';
import { catalogueOf, priced, route } from '../helpers.js';

function weightsOf(...endpoints: readonly EndpointInput[]): Record<string, number> {
  const result = route({ model: 'acme/one' }, { catalogue: catalogueOf(...endpoints) });
  if (!result.ok) throw new Error('Nothing was left.');
  const { order } = result.plan;
  const weights = firstChoiceWeights(order);
  return Object.fromEntries(order.map(({ endpoint }, i) => [endpoint.tag, weights[i] ?? 0]));
}

describe('price weights', () => {
  it('make $1 nine times likelier than $3 to be first, and never choose the one with an outage', () => {
    const weights = weightsOf(priced('a', 1), priced('b', 2, { stable: false }), priced('c', 3));
    expect((weights.a ?? 0) / (weights.c ?? 1)).toBeCloseTo(9, 10);
    expect(weights.a).toBeCloseTo(0.9, 10);
    expect(weights.b).toBe(0);
  });

  it('choose among all where none is stable', () => {
    expect(weightsOf(priced('a', 1, { stable: false }), priced('b', 1, { stable: false }))).toEqual({ a: 0.5, b: 0.5 });
  });

  it('share everything among free endpoints', () => {
    expect(weightsOf(priced('a', 0), priced('b', 1), priced('c', 0))).toEqual({ a: 0.5, b: 0, c: 0.5 });
  });

  it('are the probabilities that the plan reports, in the order of trying', () => {
    const catalogue = catalogueOf(priced('a', 1), priced('b', 2, { stable: false }), priced('c', 3));
    const plan = (point: number): unknown => {
      const result = route({ model: 'acme/one' }, { catalogue, random: () => point });
      return result.ok ? result.plan.order.map(({ endpoint }, i) => [endpoint.tag, Math.round((result.plan.weights[i] ?? 0) * 10) / 10]) : undefined;
    };
    expect(plan(0.899)).toEqual([['a', 0.9], ['c', 0.1], ['b', 0]]);
    expect(plan(0.901)).toEqual([['c', 0.1], ['a', 0.9], ['b', 0]]);
  });

  it('sum to one, and the point picks an endpoint in proportion', () => {
    const prices = fc.array(fc.record({ price: fc.integer({ min: 1, max: 1000 }), stable: fc.boolean() }), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(prices, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (list, point) => {
      const weights = Object.values(weightsOf(...list.map(({ price, stable }, i) => priced(`p${i}`, price, { stable }))));
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      const index = pick(weights, point);
      const before = weights.slice(0, index).reduce((sum, weight) => sum + weight, 0);
      expect(weights[index]).toBeGreaterThan(0);
      expect(point).toBeGreaterThanOrEqual(before - 1e-9);
      expect(point).toBeLessThanOrEqual(before + (weights[index] ?? 0) + 1e-9);
    }));
  });
});
