import { PERCENTILES } from '../policy/fields.js';
import type { Percentiles } from '../wire/models.js';
import type { PercentileThresholds, ProviderPreferences } from '../wire/provider-preferences.js';
import type { Candidate, RouteContext } from './context.js';
import type { RouteOptions } from './options.js';

type Percentile = keyof PercentileThresholds;

/** What can be compared. */
export const figure = (value: unknown): number | undefined => (typeof value === 'number' && !Number.isNaN(value) ? value : undefined);

/** Tokens per second; `undefined` where nobody measured. */
export function throughputOf({ health, endpoint }: Candidate, percentile: Percentile): number | undefined {
  return figure((health.throughput ?? endpoint.throughput_last_30m)?.[percentile]);
}

/** Seconds to the first token; `undefined` where nobody measured, or the unit is not known. */
function latencyOf({ health, endpoint }: Candidate, percentile: Percentile, unit: RouteOptions['latencyUnit']): number | undefined {
  if (health.latency) return figure(health.latency[percentile]);
  const listed = figure(endpoint.latency_last_30m?.[percentile]);
  return listed === undefined || unit === undefined ? undefined : unit === 'seconds' ? listed : listed / 1000;
}

/** What to sort a group by: where the listing's figures stand alone, their unit does not matter. */
export function latencyMetric(group: readonly Candidate[], unit: RouteOptions['latencyUnit']): (candidate: Candidate) => number | undefined {
  const alone = group.every(({ health }) => health.latency === undefined);
  return (candidate) => latencyOf(candidate, 'p50', alone ? 'seconds' : unit);
}

/** `true`, `false`, or `undefined` where a bound meets a figure that is not there. */
function holds(bounds: ProviderPreferences['preferred_max_latency'], measured: (percentile: Percentile) => Percentiles[Percentile], good: (value: number, bound: number) => boolean): boolean | undefined {
  if (bounds === undefined) return true;
  const each: PercentileThresholds = typeof bounds === 'number' ? { p50: bounds } : bounds;
  let told: true | undefined = true;
  for (const percentile of PERCENTILES) {
    const bound = each[percentile];
    if (bound == null) continue;
    const value = measured(percentile);
    if (value == null) told = undefined;
    else if (!good(value, bound)) return false;
  }
  return told;
}

/**
 * Whether an endpoint is as fast as preferred, in every percentile given. Those that are not go last, and are never excluded;
 * so are not those of which it is not known.
 */
export function meetsThresholds(candidate: Candidate, { provider, options }: RouteContext): boolean | undefined {
  const swift = holds(provider.preferred_min_throughput, (percentile) => throughputOf(candidate, percentile), (value, bound) => value >= bound);
  const prompt = holds(provider.preferred_max_latency, (percentile) => latencyOf(candidate, percentile, options.latencyUnit), (value, bound) => value <= bound);
  if (swift === false || prompt === false) return false;
  return swift === undefined || prompt === undefined ? undefined : true;
}

/** A significant outage in the last 30 seconds, or, where that is not told, trouble by the listing's own word. */
export function hasOutage({ health, endpoint }: Candidate): boolean {
  return health.outage ?? (endpoint.status ?? 0) < 0;
}
