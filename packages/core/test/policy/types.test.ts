import { describe, expect, expectTypeOf, it } from 'vitest';
import type { PolicyOptions } from '../../src/policy/layer-policy.js';
import { preferences } from '../../src/policy/preferences.js';
import type { ProviderPreferencesInput } from '../../src/policy/preferences-input.js';
import { usd } from '../../src/policy/price.js';
import type { ProviderPreferences } from '../../src/wire/provider-preferences.js';

describe('the types of preferences', () => {
  it('take both spellings, null and undefined', () => {
    const snake: ProviderPreferencesInput = { allow_fallbacks: false, max_price: { prompt: usd.perThousand(1), request: 1 }, zdr: null };
    const camel: ProviderPreferencesInput = { allowFallbacks: false, maxPrice: { prompt: usd.perThousand(1), request: 1 }, zdr: undefined };
    expect(preferences(snake)).toEqual(preferences(camel));
    expectTypeOf<ProviderPreferences>().toExtend<ProviderPreferencesInput>();
    expectTypeOf<ProviderPreferencesInput['preferredMinThroughput']>().toEqualTypeOf<ProviderPreferencesInput['preferred_min_throughput']>();
    expectTypeOf(preferences).returns.toEqualTypeOf<ProviderPreferences>();
    expectTypeOf<PolicyOptions['region']>().toEqualTypeOf<'eu' | 'us' | null | undefined>();
  });

  it('refuse what the checks refuse', () => {
    // @ts-expect-error: a misspelt preference
    expect(() => preferences({ allowFallback: false })).toThrow('allowFallbacks');
    // @ts-expect-error: no such value
    expect(() => preferences({ data_collection: 'denyy' })).toThrow('deny');
    // @ts-expect-error: no such key
    expect(() => preferences({ sort: 'quality' })).toThrow('exacto');
    // @ts-expect-error: a price per token where the unit is a request
    expect(() => preferences({ maxPrice: { request: usd.perToken(1) } })).toThrow('per unit');
    // @ts-expect-error: not a list
    expect(() => preferences({ order: 'azure' })).toThrow('["azure"]');
  });
});
