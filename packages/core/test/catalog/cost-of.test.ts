import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf } from '../../src/catalog/cost-of.js';
import { effectivePricing } from '../../src/catalog/effective-pricing.js';
import { estimateCost } from '../../src/catalog/estimate-cost.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';

const pricing = { prompt: '0.0000025', completion: '0.00001' };

describe('costOf', () => {
  test('is exact where doubles are not', () => {
    expect(0.1 * 3).not.toBe(0.3);
    expect(costOf({ prompt_tokens: 3, completion_tokens: 0 }, { prompt: '0.1', completion: '0' })).toMatchObject({ total: '0.3', usd: 0.3 });
    expect(costOf({ prompt_tokens: 1000, completion_tokens: 200 }, pricing)).toEqual({
      total: '0.0045',
      usd: 0.0045,
      parts: [
        { component: 'prompt', count: 1000, price: '0.0000025', cost: '0.0025' },
        { component: 'completion', count: 200, price: '0.00001', cost: '0.002' },
      ],
      unpriced: [],
    });
  });

  test('bills no token twice', () => {
    const usage = {
      prompt_tokens: 1000,
      completion_tokens: 500,
      prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 100, audio_tokens: 50 },
      completion_tokens_details: { reasoning_tokens: 300, audio_tokens: 20, image_tokens: 80 },
    };
    const prices = { prompt: '1', completion: '10', input_cache_read: '0.1', input_cache_write: '2', audio: '3', internal_reasoning: '11', audio_output: '20', image_output: '30' };
    const { parts, total } = costOf(usage, prices);
    expect(Object.fromEntries(parts.map(({ component, count }) => [component, count]))).toEqual({
      prompt: 250, input_cache_read: 600, input_cache_write: 100, audio: 50, completion: 100, internal_reasoning: 300, audio_output: 20, image_output: 80,
    });
    expect(total).toBe(String(250 + 60 + 200 + 150 + 1000 + 3300 + 400 + 2400));
  });

  test('tokens of a kind without a price of its own are billed as what they are part of', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 }, completion_tokens_details: { reasoning_tokens: 5 } };
    expect(costOf(usage, { prompt: '1', completion: '2', internal_reasoning: '0' }).total).toBe('30');
  });

  test('what is kept in the cache for an hour has a price of its own', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 0, prompt_tokens_details: { cache_write_tokens: 10 } };
    const prices = { prompt: '1', completion: '1', input_cache_write: '2', input_cache_write_1h: '3' };
    expect(costOf(usage, prices).total).toBe('20');
    expect(costOf(usage, prices, { cacheTtl: '1h' }).total).toBe('30');
    expect(costOf(usage, { prompt: '1', completion: '1', input_cache_write: '2' }, { cacheTtl: '1h' }).total).toBe('20');
  });

  test('requests, images and searches', () => {
    const usage = { prompt_tokens: 0, completion_tokens: 0, server_tool_use: { web_search_requests: 2 } };
    expect(costOf(usage, { prompt: '0', completion: '0', request: '0.5', image: '0.25', web_search: '0.01' }, { images: 2 }).total).toBe('1.02');
    expect(costOf(usage, { prompt: '0', completion: '0', web_search: '0.01' }, { images: 2, requests: 3 })).toMatchObject({ total: '0.02', unpriced: [] });
  });

  test('says what has no price: the total is short of it', () => {
    expect(costOf({ prompt_tokens: 5, completion_tokens: 5, server_tool_use_details: { web_search_requests: 1 } }, { prompt: '-1', completion: '-1' })).toEqual({
      total: '0', usd: 0, parts: [], unpriced: ['prompt', 'completion', 'web_search'],
    });
  });

  test('more reasoning than completion, as some providers report', () => {
    const usage = { prompt_tokens: 0, completion_tokens: 10, completion_tokens_details: { reasoning_tokens: 25 } };
    expect(costOf(usage, { prompt: '1', completion: '2' }).total).toBe('20');
  });

  test('null details, as real answers have them', () => {
    expect(costOf({ prompt_tokens: 2, completion_tokens: 1, prompt_tokens_details: null, completion_tokens_details: { reasoning_tokens: null } }, pricing).total).toBe('0.000015');
  });

  test('refuses counts that are none', () => {
    expect(() => costOf({ prompt_tokens: -1 }, pricing)).toThrow(InvalidOptionsError);
    expect(() => costOf({ prompt_tokens: 1 }, pricing, { images: Number.NaN })).toThrow(/options\.images/);
  });

  test('law: the parts sum to the total, to the last digit', () => {
    const price = fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 9 })).map(([digits, places]) => ({ text: `${digits}e-${places}`, value: BigInt(digits) * 10n ** BigInt(9 - places) }));
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), price, price, (prompt, completion, input, output) => {
        const { total } = costOf({ prompt_tokens: prompt, completion_tokens: completion }, { prompt: input.text, completion: output.text });
        const [whole = '0', fraction = ''] = total.split('.');
        expect(BigInt(whole + fraction.padEnd(9, '0'))).toBe(BigInt(prompt) * input.value + BigInt(completion) * output.value);
      }),
    );
  });
});

describe('effectivePricing', () => {
  const long = { ...pricing, overrides: [{ min_prompt_tokens: 200_000, prompt: '0.000005' }, { min_prompt_tokens: 32_000, prompt: '0.000003', completion: '0.00002' }] };

  test('the longest threshold that is reached stands over the others', () => {
    expect(effectivePricing(long, { promptTokens: 31_999 })).toEqual(pricing);
    expect(effectivePricing(long, { promptTokens: 32_000 })).toEqual({ prompt: '0.000003', completion: '0.00002' });
    expect(effectivePricing(long, { promptTokens: 500_000 })).toEqual({ prompt: '0.000005', completion: '0.00002' });
    expect(costOf({ prompt_tokens: 200_000, completion_tokens: 0 }, long).total).toBe('1');
  });

  const night = { ...pricing, overrides: [{ utc_start: 1630, utc_end: 30, utc_days: ['monday'], prompt: '0.000001' }] };
  const at = (time: string): number => Date.parse(`${time}:00Z`);

  test.each([
    ['Monday evening', '2026-11-16T16:30', true],
    ['Monday afternoon', '2026-11-16T16:29', false],
    ['the night that began on Monday', '2026-11-17T00:29', true],
    ['after its end', '2026-11-17T00:30', false],
    ['the night that began on Sunday', '2026-11-16T00:10', false],
    ['Tuesday evening', '2026-11-17T20:00', false],
  ])('by time of day: %s', (_, time, cheap) => {
    expect(effectivePricing(night, { at: at(time) }).prompt).toBe(cheap ? '0.000001' : pricing.prompt);
  });

  test('without a time, prices by time do not apply', () => {
    expect(effectivePricing(night)).toEqual(pricing);
  });

  test('leaves the listed prices alone', () => {
    const before = structuredClone(long);
    effectivePricing(long, { promptTokens: 1e6 });
    expect(long).toEqual(before);
  });
});

describe('estimateCost', () => {
  test('is what the usage would cost', () => {
    const prices = { ...pricing, input_cache_read: '0.00000025', web_search: '0.01' };
    expect(estimateCost({ pricing: prices }, { promptTokens: 10_000, cachedTokens: 8000, completionTokens: 500, reasoningTokens: 100, webSearches: 1 }).total).toBe('0.022');
  });

  test('lists everything that makes no sense', () => {
    const wrong = { promptTokens: 5, cachedTokens: 6, completionTokens: 1, reasoningTokens: 2, images: -1 };
    expect(() => estimateCost({ pricing }, wrong)).toThrow(/images[\s\S]*promptTokens[\s\S]*completionTokens/);
    expect(() => estimateCost({}, {})).toThrow(/model\.pricing/);
  });
});
