import type { PercentileThresholds, Percentiles, ProviderPreferences } from '@waypost/core';
import type { GatewayEndpoint } from '../catalogue/types.js';

const PERCENTILES = ['p50', 'p75', 'p90', 'p99'] as const;

function meets(
  bounds: number | PercentileThresholds | null | undefined,
  measured: Percentiles,
  good: (value: number, bound: number) => boolean,
): boolean {
  if (bounds === undefined || bounds === null) return true;
  const each: PercentileThresholds = typeof bounds === 'number' ? { p50: bounds } : bounds;
  return PERCENTILES.every((percentile) => {
    const bound = each[percentile];
    const value = measured[percentile];
    return bound === undefined || bound === null || value === undefined || value === null || good(value, bound);
  });
}

/** Whether an endpoint is as fast as preferred, in every percentile given. Those that are not go last, and are never excluded. */
export function meetsThresholds(endpoint: GatewayEndpoint, provider: ProviderPreferences): boolean {
  return meets(provider.preferred_min_throughput, endpoint.throughput, (value, bound) => value >= bound)
    && meets(provider.preferred_max_latency, endpoint.latency, (value, bound) => value <= bound);
}

/** The good ones, then the rest, each in the order they had. */
export function lastUnless<T>(items: readonly T[], good: (item: T) => boolean): readonly T[] {
  return [...items.filter(good), ...items.filter((item) => !good(item))];
}
