import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferences } from '../../src/policy/preferences.js';
import { usd } from '../../src/policy/price.js';

/** The double nearest to `digits × 10^exponent`, by integers alone: the decimal text of a BigInt, with its point moved, parsed once. */
function exact(digits: bigint, exponent: number): number {
  if (exponent >= 0) return Number(digits * 10n ** BigInt(exponent));
  const text = digits.toString().padStart(1 - exponent, '0');
  return Number(`${text.slice(0, exponent)}.${text.slice(exponent)}`);
}

const UNITS = [
  ['perMillion', 0],
  ['perThousand', 3],
  ['perToken', 6],
] as const;

describe('usd', () => {
  it('converts the examples that doubles get wrong', () => {
    expect(usd.perThousand(0.005)).toEqual({ usdPerMillion: 5 });
    expect(usd.perToken('0.0000025')).toEqual({ usdPerMillion: 2.5 });
    expect(usd.perToken(2.5e-6)).toEqual({ usdPerMillion: 2.5 });
    expect(usd.perToken('0.0000011')).toEqual({ usdPerMillion: 1.1 });
    expect(usd.perToken('1.5E-7')).toEqual({ usdPerMillion: 0.15 });
    expect(usd.perThousand('.29')).toEqual({ usdPerMillion: 290 });
    expect(usd.perMillion(' 3. ')).toEqual({ usdPerMillion: 3 });
  });

  it('is exact for every decimal text, in every unit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 14 }), fc.constantFrom(...UNITS), (digits, places, [unit, shift]) => {
        const text = digits.toString().padStart(places + 1, '0');
        const written = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
        expect(usd[unit](written).usdPerMillion).toBe(exact(digits, shift - places));
        expect(usd[unit](`${digits}e-${places}`).usdPerMillion).toBe(exact(digits, shift - places));
      }),
    );
  });

  it.each(['', ' ', 'free', '1,5', '0x10', '1e5e3', '1e', '1_000', 'Infinity', '--1'])('refuses %j when the preferences are checked', (text) => {
    expect(() => preferences({ max_price: { prompt: usd.perThousand(text) } })).toThrow('provider.max_price.prompt');
    expect(() => preferences({ max_price: { prompt: text } })).toThrow('provider.max_price.prompt');
  });

  it('refuses a negative or infinite amount', () => {
    expect(() => preferences({ maxPrice: { completion: usd.perToken(-1) } })).toThrow('not negative');
    expect(() => preferences({ maxPrice: { completion: usd.perToken(Infinity) } })).toThrow('not negative');
    expect(() => preferences({ maxPrice: { completion: usd.perToken('1e400') } })).toThrow('not negative');
  });
});
