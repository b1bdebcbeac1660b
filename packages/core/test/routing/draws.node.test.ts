import { describe, expect, it } from 'vitest';
import { chances, plan, priced, seeded, tags } from './kit.js';

// In Node alone: 200,000 plans say nothing new in another runtime.

/** 99.9 % quantiles of chi-square, by degrees of freedom. */
const CRITICAL = [0, 10.828, 13.816, 16.266, 18.467, 20.515];

describe('100,000 draws', () => {
  it.each([
    ['the example of the guides', [priced('a', 1), priced('b', 2, { status: -1 }), priced('c', 3)]],
    ['six prices', [1, 1.5, 2, 2.5, 4, 10].map((price, i) => priced(`p${i}`, price))],
  ])('agree with the probabilities: %s', { timeout: 120_000 }, (_name, endpoints) => {
    const rng = seeded(20_261_121);
    const expected = new Map(chances(plan({}, endpoints)));
    const seen = new Map<string, number>();
    const draws = 100_000;
    const list = [...expected];
    for (let i = 0; i < draws; i += 1) {
      const [tag = ''] = tags(plan({}, endpoints, { rng }));
      seen.set(tag, (seen.get(tag) ?? 0) + 1);
    }
    const possible = list.filter(([, chance]) => chance !== 0);
    for (const [tag, chance] of list) if (chance === 0) expect(seen.get(tag)).toBeUndefined();
    const chiSquare = possible.reduce((sum, [tag, chance = 0]) => sum + ((seen.get(tag) ?? 0) - draws * chance) ** 2 / (draws * chance), 0);
    expect(chiSquare).toBeLessThan(CRITICAL[possible.length - 1] ?? 0);
  });
});
