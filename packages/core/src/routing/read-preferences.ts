import { camel, FIELD_NAMES, PRICES } from '../policy/fields.js';
import { isRecord } from '../policy/report.js';
import type { MaxPrice, ProviderPreferences } from '../wire/provider-preferences.js';

/** A bound as a number: bare, in a text, or from `usd`; `undefined` for what is none, which bounds nothing. */
function bound(value: unknown): number | undefined {
  const amount = isRecord(value) ? value['usdPerMillion'] : value;
  const number = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

function bounds(prices: Record<string, unknown>): MaxPrice {
  const read: MaxPrice = {};
  for (const component of PRICES) {
    const value = bound(prices[component]);
    if (value !== undefined) read[component] = value;
  }
  return read;
}

/**
 * Preferences in either spelling as routing reads them. Checks nothing: a server passes over what it does not understand, and an
 * empty list is no list. What is wrong with a request is told by lint.
 */
export function readPreferences(input: unknown): ProviderPreferences {
  if (!isRecord(input)) return {};
  const read: { [field: string]: unknown } = {};
  for (const field of FIELD_NAMES) {
    const value = input[field] ?? input[camel(field)];
    if (value == null || (Array.isArray(value) && value.length === 0)) continue;
    read[field] = field === 'max_price' ? (isRecord(value) ? bounds(value) : undefined) : value;
  }
  return read;
}
