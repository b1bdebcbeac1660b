import { compare, toNumber, ZERO } from '../decimal.js';
import { blendedPrice } from './price.js';
import type { Candidate } from './types.js';

/**
 * Probability of each endpoint to be first under load balancing: 1/price² among those without a recent outage, or among
 * all when none is stable. Free endpoints share everything, since their weight has no bound.
 */
export function firstChoiceWeights(candidates: readonly Candidate[]): readonly number[] {
  const anyStable = candidates.some(({ endpoint }) => endpoint.stable);
  const eligible = candidates.map(({ endpoint }) => endpoint.stable || !anyStable);
  const prices = candidates.map(({ endpoint }) => blendedPrice(endpoint.pricing));
  const anyFree = prices.some((price, i) => eligible[i] === true && compare(price, ZERO) <= 0);
  const raw = prices.map((price, i) => {
    if (eligible[i] !== true) return 0;
    if (anyFree) return compare(price, ZERO) <= 0 ? 1 : 0;
    return 1 / toNumber(price) ** 2;
  });
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => (sum === 0 ? 0 : weight / sum));
}

/** Index of the endpoint that `point`, a number in [0, 1), falls on. */
export function pick(weights: readonly number[], point: number): number {
  let rest = point;
  const last = weights.findLastIndex((weight) => weight > 0);
  for (const [i, weight] of weights.entries()) {
    if (weight > 0 && (rest < weight || i === last)) return i;
    rest -= weight;
  }
  return 0;
}
