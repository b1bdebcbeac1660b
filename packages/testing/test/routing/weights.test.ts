import { describe, expect, it } from 'vitest';
import type { EndpointInput } from '../../src/index.js';
import { catalogueOf, priced, route } from '../helpers.js';

function weightsOf(...endpoints: readonly EndpointInput[]): Record<string, number> {
  const result = route({ model: 'acme/one' }, { catalogue: catalogueOf(...endpoints) });
  if (!result.ok) throw new Error('Nothing was left.');
  const { order, weights } = result.plan;
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
});
