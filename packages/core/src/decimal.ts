/** `digits / 10^scale`: prices and costs are exact, since sums of binary fractions of a dollar are not. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads `"0.0000025"`, `"2.5e-6"` or a number; `undefined` for anything else. */
export function parseDecimal(value: string | number): Decimal | undefined {
  const match = PATTERN.exec(String(value).trim());
  const [, sign, whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (match === null || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Like `parseDecimal`, but a missing value is zero and an unreadable one a `RangeError`. */
export function decimal(value: string | number | null | undefined): Decimal {
  if (value === null || value === undefined) return ZERO;
  const parsed = parseDecimal(value);
  if (parsed === undefined) throw new RangeError(`Not a decimal number: ${JSON.stringify(value)}`);
  return parsed;
}

function atScale(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

export function add(...values: readonly Decimal[]): Decimal {
  const scale = Math.max(0, ...values.map((value) => value.scale));
  return { digits: values.reduce((sum, value) => sum + atScale(value, scale), 0n), scale };
}

export function multiply(a: Decimal, b: Decimal | number): Decimal {
  const factor = typeof b === 'number' ? decimal(b) : b;
  return { digits: a.digits * factor.digits, scale: a.scale + factor.scale };
}

/** Negative, zero or positive, as a comparator for `sort`. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** Without exponent and trailing zeros: `"0.0000025"`. */
export function toText(value: Decimal): string {
  const sign = value.digits < 0n ? '-' : '';
  const digits = String(value.digits < 0n ? -value.digits : value.digits).padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

/** The nearest double, which is what a JSON number is. */
export function toNumber(value: Decimal): number {
  return Number(toText(value));
}
