import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimal, multiply, toNumber, toText } from '../src/decimal.js';

const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });

describe('decimal', () => {
  it('adds and multiplies without the errors of binary fractions', () => {
    expect(toText(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(toText(multiply(decimal('0.0000025'), 1_000_003))).toBe('2.5000075');
    expect(toNumber(multiply(decimal('0.0000025'), 3))).toBe(0.0000075);
  });

  it.each([['2.5e-6', '0.0000025'], ['1E3', '1000'], ['-.5', '-0.5'], ['7.', '7'], ['0.10', '0.1'], [1e-7, '0.0000001'], ['-0', '0']])('reads %s as %s', (value, text) => {
    expect(toText(decimal(value))).toBe(text);
  });

  it.each(['', '.', 'e5', '1,5', 'abc', '0x10', 'NaN', 'Infinity', '1e99999'])('does not read %j', (value) => {
    expect(() => decimal(value)).toThrow(RangeError);
  });

  it('agrees with integers', () => {
    fc.assert(fc.property(cents, cents, (a, b) => {
      const [x, y] = [decimal(`${a}e-2`), decimal(`${b}e-2`)];
      expect(toText(add(x, y))).toBe(toText(decimal(`${a + b}e-2`)));
      expect(toText(multiply(x, y))).toBe(toText(decimal(`${BigInt(a) * BigInt(b)}e-4`)));
    }));
  });
});
