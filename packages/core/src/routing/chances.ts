import type { Ranked } from './rank.js';

/** An endpoint in a tier, and whether it may turn out not to stand there. */
export interface Placed extends Ranked {
  /** Whether it is eligible, or as fast as preferred, is not known. */
  readonly open?: boolean;
}

/**
 * Probability of each of a tier. Those of no weight come first only where none of the others is there. `behind`: others may
 * come before all of it.
 */
function chancesWithin(tier: readonly Placed[], behind: boolean): readonly (number | undefined)[] {
  const leading = tier.filter(({ weight }) => weight !== 0);
  const known = !behind && leading.every(({ open }) => open !== true);
  const certain = leading.some(({ open }) => open !== true);
  return tier.map(({ weight }) => (weight === 0 ? (certain ? 0 : undefined) : known ? weight : undefined));
}

/**
 * Probability of each endpoint to be the first of all, tier by tier; `undefined` where it depends on whether an endpoint that may not be
 * there is there. Behind the first one that surely is, nothing is first.
 */
export function chancesOf(tiers: readonly (readonly Placed[])[]): readonly (readonly (number | undefined)[])[] {
  let decided = false;
  return tiers.map((tier, i) => {
    const chances = decided ? tier.map(() => 0) : chancesWithin(tier, i > 0);
    decided ||= tier.some((one) => one.open !== true);
    return chances;
  });
}
