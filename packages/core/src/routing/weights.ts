/**
 * Probability of each to be chosen by load balancing: 1/price². What is free shares everything, since its weight has no bound.
 * `undefined` for all where a price is not known.
 *
 * @param prices USD, in any one unit.
 */
export function priceWeights(prices: readonly (number | undefined)[]): readonly (number | undefined)[] {
  if (prices.length === 1) return [1];
  if (prices.includes(undefined)) return prices.map(() => undefined);
  const known = prices.map((price) => price ?? 0);
  const least = Math.min(...known);
  // in proportion to the least, so that no price is too small or too great to square
  const raw = known.map((price) => (least === 0 ? Number(price === 0) : (least / price) ** 2));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}

/** Index of the weight that `point`, a number in [0, 1), falls on. The weights sum to one. */
export function pick(weights: readonly number[], point: number): number {
  let rest = point;
  const last = weights.findLastIndex((weight) => weight > 0);
  for (const [i, weight] of weights.entries()) {
    if (weight > 0 && (rest < weight || i === last)) return i;
    rest -= weight;
  }
  return 0;
}
