import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBudget } from '../../src/transport/retry-budget.js';

const takeAll = (budget: ReturnType<typeof createBudget>, now: number): number => {
  let taken = 0;
  while (taken < 10_000 && budget.take(now)) taken += 1;
  return taken;
};

test('begins full, and fills with calls and with time, up to its bound', () => {
  const budget = createBudget({ ratio: 0.5, minPerSecond: 2, burst: 10 });
  expect(takeAll(budget, 0)).toBe(10);
  for (let n = 0; n < 7; n += 1) budget.call(0);
  expect(takeAll(budget, 0)).toBe(3);
  expect(takeAll(budget, 1000)).toBe(2);
  expect(takeAll(budget, 1_000_000)).toBe(10);
});

test('by default 200 at once, ten a second, and one for five calls', () => {
  const budget = createBudget();
  expect(takeAll(budget, 0)).toBe(200);
  expect(takeAll(budget, 2000)).toBe(20);
  for (let n = 0; n < 51; n += 1) budget.call(2000);
  expect(takeAll(budget, 2000)).toBe(10);
});

test('with nothing in it there are no retries', () => {
  expect(createBudget({ burst: 0 }).take(5)).toBe(false);
});

test('never allows more than burst, share and time make, in any stretch, whatever the clock does', () => {
  const events = fc.array(fc.record({ call: fc.boolean(), passes: fc.integer({ min: -500, max: 2000 }) }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2, noNaN: true }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), events, (ratio, minPerSecond, burst, all) => {
      const budget = createBudget({ ratio, minPerSecond, burst });
      let now = 1_000_000;
      // how far the retries of the worst stretch so far are above what calls and time made
      let above = 0;
      for (const { call, passes } of all) {
        now += passes;
        above = Math.max(0, above - (Math.max(0, passes) / 1000) * minPerSecond);
        if (call) {
          budget.call(now);
          above = Math.max(0, above - ratio);
        } else if (budget.take(now)) above += 1;
        expect(above).toBeLessThanOrEqual(burst + 1e-6);
      }
    }),
  );
});
