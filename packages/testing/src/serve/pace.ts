import type { HealthState } from '../scenario/health.js';
import type { Pace } from './body.js';

/** How fast an answer of so many tokens comes from an endpoint in this state; `undefined`: at once. */
export function paceOf(state: HealthState | undefined, tokens: number): Pace | undefined {
  const { firstTokenMs = 0, tokensPerSecond = Infinity } = state ?? {};
  const restMs = (tokens / tokensPerSecond) * 1000;
  return firstTokenMs > 0 || restMs > 0 ? { firstMs: firstTokenMs, restMs } : undefined;
}
