import type { Percentiles } from '@waypost/core';
import type { EndpointHealth } from '@waypost/core/routing';
import type { GatewayEndpoint } from '../catalogue/types.js';
import type { FailOutcome } from './outcome.js';

/** How an endpoint does from a moment on. */
export interface HealthState {
  /** Milliseconds after the start of the scenario, by the gateway's clock. Default 0. */
  readonly at?: number;
  /**
   * `outage`: attempts fail, and routing puts the endpoint last until 30 seconds after the outage. `ok`: it answers; routing takes it for
   * stable, whatever the catalogue says.
   */
  readonly state: 'ok' | 'outage';
  /** How attempts fail in an outage; default 503. */
  readonly failure?: FailOutcome;
  /** Milliseconds until it answers at all, with headers or with a failure; default 0. */
  readonly headersMs?: number;
  /** Milliseconds from there to the first token; default 0. Routing sees it as the latency. */
  readonly firstTokenMs?: number;
  /** Default: everything at once. Routing sees it as the throughput. */
  readonly tokensPerSecond?: number;
}

/** One state for ever, or states that follow one another. */
export type HealthOverTime = HealthState | readonly HealthState[];

/** How long an outage counts for routing after it is over. Source: OpenRouter API, provider routing. */
const OUTAGE_MS = 30_000;
/** What percentiles are taken of. Source: OpenRouter API, performance thresholds. */
const WINDOW_MS = 5 * 60_000;

/** A stretch of time in one state. */
interface Span {
  readonly state: HealthState;
  readonly from: number;
  readonly to: number;
}

/** In the order of time. */
export function statesOf(health: HealthOverTime): readonly HealthState[] {
  const list = 'state' in health ? [health] : health;
  return list.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

function spansOf(states: readonly HealthState[]): readonly Span[] {
  return states.map((state, i) => ({ state, from: state.at ?? 0, to: states[i + 1]?.at ?? Infinity }));
}

/** The state at a moment; `undefined` before the first. */
export function stateAt(states: readonly HealthState[], elapsed: number): HealthState | undefined {
  return states.findLast(({ at = 0 }) => at <= elapsed);
}

/** The value that a share of the time was at least as good as, from the best on. */
function quantile(spells: readonly { readonly value: number; readonly ms: number }[], share: number): number | undefined {
  const total = spells.reduce((sum, { ms }) => sum + ms, 0);
  let passed = 0;
  return spells.find(({ ms }) => (passed += ms) >= total * share)?.value ?? spells.at(-1)?.value;
}

/** Percentiles over the window, by time; where a state says nothing, the endpoint's usual figure counts. */
function percentiles(spans: readonly Span[], elapsed: number, usual: Percentiles, figure: (state: HealthState) => number | undefined, best: 'low' | 'high'): Percentiles {
  const [first] = spans;
  const before: readonly Span[] = first !== undefined && first.from > 0 ? [{ state: { state: 'ok' }, from: 0, to: first.from }] : [];
  const recent = [...before, ...spans].filter(({ from, to }) => from <= elapsed && to > elapsed - WINDOW_MS);
  if (recent.every(({ state }) => figure(state) === undefined)) return usual;
  const spells = recent.map(({ state, from, to }) => ({
    value: figure(state) ?? usual.p50 ?? 0,
    // a state that has only just begun is all that is known where nothing came before it
    ms: Math.max(Math.min(to, elapsed) - Math.max(from, elapsed - WINDOW_MS), Number.MIN_VALUE),
  })).sort((a, b) => (best === 'low' ? a.value - b.value : b.value - a.value));
  const at = (share: number): number | null => quantile(spells, share) ?? null;
  return { p50: at(0.5), p75: at(0.75), p90: at(0.9), p99: at(0.99) };
}

/** What routing knows of an endpoint at a moment. */
export function healthAt(states: readonly HealthState[], elapsed: number, { stable, latency, throughput }: GatewayEndpoint): EndpointHealth {
  const spans = spansOf(states);
  const told = spans.some(({ from }) => from <= elapsed);
  const failing = spans.some(({ state, from, to }) => state.state === 'outage' && from <= elapsed && elapsed < to + OUTAGE_MS);
  return {
    outage: told ? failing : !stable,
    latency: percentiles(spans, elapsed, latency, ({ firstTokenMs }) => (firstTokenMs === undefined ? undefined : firstTokenMs / 1000), 'low'),
    throughput: percentiles(spans, elapsed, throughput, ({ tokensPerSecond }) => tokensPerSecond, 'high'),
  };
}
