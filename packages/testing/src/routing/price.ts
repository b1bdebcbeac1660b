import type { MaxPrice, Pricing } from '@waypost/core';
import { add, compare, type Decimal, decimal, multiply, parseDecimal } from '../decimal.js';

/** Components that prices name per token and `max_price` per million tokens. */
const PER_MILLION = new Set(['prompt', 'completion']);
/** Components of media that are not billed by the token. */
const UNITS = ['request', 'image', 'audio', 'duration_seconds'] as const;
const COMPONENTS = ['prompt', 'completion', 'request', 'image', 'audio'] as const;

export function priceOf(pricing: Pricing, component: string): Decimal {
  const value = pricing[component];
  return typeof value === 'string' || typeof value === 'number' ? decimal(value) : decimal(0);
}

/**
 * What endpoints are compared by: prompt plus completion price, USD per token, or where tokens cost nothing, what is billed instead.
 * How the real router blends them is not published.
 */
export function blendedPrice(pricing: Pricing): Decimal {
  const tokens = add(priceOf(pricing, 'prompt'), priceOf(pricing, 'completion'));
  return compare(tokens, decimal(0)) === 0 ? add(...UNITS.map((component) => priceOf(pricing, component))) : tokens;
}

/** Whether every listed component is at most its bound; components that are not listed are free to cost anything. */
export function withinMaxPrice(pricing: Pricing, bounds: MaxPrice): boolean {
  return COMPONENTS.every((component) => {
    const bound = bounds[component];
    if (bound === undefined || bound === null) return true;
    const limit = parseDecimal(bound);
    const price = priceOf(pricing, component);
    return limit === undefined || compare(PER_MILLION.has(component) ? multiply(price, 1_000_000) : price, limit) <= 0;
  });
}
