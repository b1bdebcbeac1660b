import { decimals } from '@waypost/core/catalog';

export type Decimal = decimals.Decimal;

export const ZERO: Decimal = decimals.ZERO;
export const add: typeof decimals.add = decimals.add;
export const compare: typeof decimals.compare = decimals.compare;
export const decimal: typeof decimals.decimal = decimals.decimal;
export const multiply: typeof decimals.multiply = decimals.multiply;
export const parseDecimal: typeof decimals.parseDecimal = decimals.parseDecimal;
export const toNumber: typeof decimals.toNumber = decimals.toNumber;
export const toText: typeof decimals.toText = decimals.toText;

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, multiply(b, -1));
}
