import { PRICES, TOKEN_PRICES } from '../policy/fields.js';
import { parseDecimal } from '../policy/price.js';
import { isRecord } from '../policy/report.js';
import type { Pricing } from '../wire/models.js';
import type { MaxPrice } from '../wire/provider-preferences.js';

/** Components of media that are not billed by the token. */
const UNITS: readonly string[] = ['request', 'image', 'audio', 'duration_seconds'];

/** What a price of a listing, times ten to the power of `places`, amounts to; NaN where it is no price. */
export function amountOf(price: unknown, places = 0): number {
  return typeof price === 'string' || typeof price === 'number' ? parseDecimal(String(price), places) : Number.NaN;
}

const isPerToken = (component: string): boolean => TOKEN_PRICES.some((one) => one === component);

/**
 * Price of a component: USD per million tokens, or per unit. What a listing leaves out is free; `undefined` where it has no
 * price at all, or one that depends (routers say `"-1"`).
 */
function priceOf(pricing: Pricing | undefined, component: string): number | undefined {
  if (!isRecord(pricing)) return undefined;
  const price = amountOf(pricing[component] ?? 0, isPerToken(component) ? 6 : 0);
  return price >= 0 && price < Infinity ? price : undefined;
}

function sum(pricing: Pricing | undefined, components: readonly string[]): number | undefined {
  let total = 0;
  for (const component of components) {
    const price = priceOf(pricing, component);
    if (price === undefined) return undefined;
    total += price;
  }
  // 0.1 + 0.2 is to be as dear as 0.3
  return Number(total.toPrecision(12));
}

/**
 * What endpoints are compared by: the prices of a prompt and a completion token together, in USD per million, or where tokens cost
 * nothing, what is billed instead. `undefined`: not known. How the real router blends prices is not published.
 *
 * @example
 * blendedPrice({ prompt: '0.0000025', completion: '0.00001' }) // → 12.5
 */
export function blendedPrice(pricing: Pricing | undefined): number | undefined {
  const tokens = sum(pricing, TOKEN_PRICES);
  return tokens === 0 ? sum(pricing, UNITS) : tokens;
}

/** A component that a bound is put on, with its price. */
export interface BoundedPrice {
  readonly component: keyof MaxPrice;
  readonly bound: number;
  /** `undefined`: not known. */
  readonly price: number | undefined;
}

/** The components whose price is above its bound, or unknown; those without a bound may cost anything. */
export function outsideMaxPrice(pricing: Pricing | undefined, bounds: MaxPrice): readonly BoundedPrice[] {
  return PRICES.flatMap((component) => {
    const bound = bounds[component];
    if (bound === undefined) return [];
    const price = priceOf(pricing, component);
    return price !== undefined && price <= bound ? [] : [{ component, bound, price }];
  });
}

/** `$2.5 per million prompt tokens`, `$0.01 per image`. */
export function showPrice(component: keyof MaxPrice, price: number): string {
  return `$${price} per ${isPerToken(component) ? `million ${component} tokens` : component}`;
}
