import { camel, FIELD_NAMES, FIELDS, type Kind, PRICES, SORTS } from '../policy/fields.js';
import { isRecord } from '../policy/report.js';
import type { MaxPrice, ProviderPreferences } from '../wire/provider-preferences.js';

/** A bound as a number: bare, in a text, or from `usd`; `undefined` for what is none, which bounds nothing. */
function bound(value: unknown): number | undefined {
  const amount = isRecord(value) ? value['usdPerMillion'] : value;
  const number = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

function bounds(prices: unknown): MaxPrice | undefined {
  if (!isRecord(prices)) return undefined;
  const bounded: MaxPrice = {};
  for (const component of PRICES) {
    const value = bound(prices[component]);
    if (value !== undefined) bounded[component] = value;
  }
  return bounded;
}

const isSort = (value: unknown): boolean => SORTS.some((sort) => sort === value);

/** A list without what is no text; an empty one is no list. */
function texts(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
  return list.length > 0 ? list : undefined;
}

/** A value, where it is of its kind. */
function read(value: unknown, kind: Kind): unknown {
  switch (kind) {
    case 'slugs':
    case 'quantizations': return texts(value);
    case 'price': return bounds(value);
    case 'sort': return isSort(value) || (isRecord(value) && (value['by'] == null || isSort(value['by']))) ? value : undefined;
    case 'percentiles': return typeof value === 'number' || isRecord(value) ? value : undefined;
    default: return value;
  }
}

/**
 * Preferences in either spelling as routing reads them. Throws on nothing: what a server does not understand is passed over here,
 * and told by lint.
 */
export function readPreferences(input: unknown): ProviderPreferences {
  if (!isRecord(input)) return {};
  const known: { [field: string]: unknown } = {};
  for (const field of FIELD_NAMES) {
    const value = input[field] ?? input[camel(field)];
    const understood = value == null ? undefined : read(value, FIELDS[field]);
    if (understood !== undefined) known[field] = understood;
  }
  return known;
}
