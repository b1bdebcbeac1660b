/**
 * A price per token, kept as USD per million tokens. Made by `usd`; accepted by the token components of `max_price`
 * (`prompt`, `completion`) and not by the others, which are USD per unit.
 */
export interface TokenPrice {
  readonly usdPerMillion: number;
}

const DECIMAL = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?$/i;

/**
 * The number that a decimal text stands for, times ten to the power of `places`; NaN for any other text. Shifting the
 * exponent of the text and parsing once is exact; multiplying the double is not (0.0000025 * 1e6).
 */
export function parseDecimal(text: string, places = 0): number {
  const [, digits, exponent = '0'] = DECIMAL.exec(text.trim()) ?? [];
  return digits === undefined ? Number.NaN : Number(`${digits}e${Number(exponent) + places}`);
}

const shift = (amount: number | string, places: number): TokenPrice => ({ usdPerMillion: parseDecimal(String(amount), places) });

/**
 * Prices per token with their unit. Each takes a number or a decimal string and converts exactly to USD per million
 * tokens, which is what the wire takes. What is not a number is reported by whoever checks the preferences.
 *
 * @example
 * preferences({ maxPrice: { prompt: usd.perThousand(0.005), completion: usd.perToken('0.000015') } })
 * // → { max_price: { prompt: 5, completion: 15 } }
 */
export const usd: {
  /** USD per million tokens. */
  perMillion(amount: number | string): TokenPrice;
  /** USD per thousand tokens. */
  perThousand(amount: number | string): TokenPrice;
  /** USD per single token, the unit of the catalogue's pricing strings. */
  perToken(amount: number | string): TokenPrice;
} = {
  perMillion: (amount) => shift(amount, 0),
  perThousand: (amount) => shift(amount, 3),
  perToken: (amount) => shift(amount, 6),
};
