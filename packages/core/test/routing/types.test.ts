import { describe, expectTypeOf, it } from 'vitest';
import { usd } from '../../src/policy/price.js';
import { applySuggestion, type explain, type Explanation, format, type planRoute, type RoutePlan, type RouteRequest, type RouteSuggestion } from '../../src/routing/index.js';
import type { Endpoint, ModelEndpoints } from '../../src/wire/models.js';

describe('types', () => {
  it('take preferences in either spelling, and none that do not exist', () => {
    expectTypeOf({ model: 'a/b', provider: { zdr: true, maxPrice: { prompt: usd.perThousand(0.001) } } }).toExtend<RouteRequest>();
    expectTypeOf({ provider: { max_price: { prompt: 1 } } }).toExtend<RouteRequest>();
    // @ts-expect-error a sort that does not exist
    const request: RouteRequest = { provider: { sort: 'quality' } };
    expectTypeOf(request).toEqualTypeOf<RouteRequest>();
  });

  it('take an answer of the API, its data, or bare endpoints', () => {
    expectTypeOf<ModelEndpoints>().toExtend<Parameters<typeof planRoute>[1]>();
    expectTypeOf<ModelEndpoints['data'][]>().toExtend<Parameters<typeof explain>[1]>();
    expectTypeOf<readonly Endpoint[]>().toExtend<Parameters<typeof planRoute>[1]>();
    expectTypeOf<string>().not.toExtend<Parameters<typeof planRoute>[1]>();
  });

  it('give what is not known as such', () => {
    expectTypeOf<RoutePlan['order'][number]['probability']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Explanation['status']>().toEqualTypeOf<'routable' | 'unroutable' | 'unknown'>();
    expectTypeOf(format).parameter(1).toEqualTypeOf<'text' | 'markdown' | 'json' | undefined>();
  });

  it('keep the type of a request that is changed', () => {
    const change = (request: { model: string; stream: true }, suggestion: RouteSuggestion): { model: string; stream: true } => applySuggestion(request, suggestion);
    expectTypeOf(change).returns.toEqualTypeOf<{ model: string; stream: true }>();
  });
});
