import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum } from '../src/exact-sum.js';
import { runTools } from '../src/tools.js';
import { totalOf } from '../src/total.js';
import { fake, REQUEST } from './kit.js';
import { call, calling, saying, told } from './tools/kit.js';

/** Nano-dollars, as whole numbers, which add up without rounding. */
const nanos = fc.integer({ min: 0, max: 10 ** 12 });

describe('sums', () => {
  it('are those of the decimals, in any order and grouping', () => {
    fc.assert(fc.property(fc.array(nanos, { maxLength: 20 }), fc.nat(), (amounts, cut) => {
      const usd = amounts.map((amount) => Number(`${amount}e-9`));
      const sum = Number(`${amounts.reduce((total, amount) => total + amount, 0)}e-9`);
      expect(exactSum(usd)).toBe(sum);
      expect(exactSum([...usd].reverse())).toBe(sum);
      expect(exactSum([exactSum(usd.slice(0, cut)), exactSum(usd.slice(cut))])).toBe(sum);
    }));
  });

  it('take every finite number as it is', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (amount) => {
      expect(exactSum([amount]) - amount).toBe(0);
      expect(exactSum([amount, -amount])).toBe(0);
    }));
  });

  it('say what is not known', () => {
    expect(totalOf([])).toEqual({ calls: 0, cost: { partial: false } });
    expect(totalOf([{ receipt: undefined, usage: { inputTokens: 1 }, response: { choices: [], usage: { cost: 0.5 } } }, { receipt: undefined, usage: undefined, response: { choices: [] } }]))
      .toEqual({ calls: 2, usage: { inputTokens: 1 }, cost: { total: 0.5, partial: true } });
  });
});

describe('results of tools', () => {
  it('stand in the order of the calls, whichever is done first', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 9 }), async (turns, concurrency) => {
      const { openrouter, requests } = fake([calling(turns.map((wait, i) => call(`c${i}`, 'work', { wait }))), saying('done')]);
      const execute = async (input: unknown): Promise<unknown> => {
        const { wait } = input as { wait: number };
        for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
        return wait;
      };
      await runTools(openrouter, REQUEST, { tools: { work: { parameters: { type: 'object' }, execute } }, concurrency });
      expect(told(requests, 1)).toEqual(turns.map((wait, i) => [`c${i}`, String(wait)]));
    }), { numRuns: 50 });
  });

  it('cost what their answers cost, together', async () => {
    await fc.assert(fc.asyncProperty(fc.array(nanos, { minLength: 1, maxLength: 6 }), async (amounts) => {
      const usd = amounts.map((amount) => Number(`${amount}e-9`));
      const { openrouter } = fake(usd.map((cost, i) => (i === usd.length - 1 ? saying('done', { cost }) : calling([call('1', 'work', {})], 'tool_calls', cost))));
      const { total, steps } = await runTools(openrouter, REQUEST, { tools: { work: { execute: () => 1 } } });
      expect(total.cost).toEqual({ total: exactSum(usd), partial: false });
      expect(total.attempts).toBe(steps.length);
    }), { numRuns: 50 });
  });
});
