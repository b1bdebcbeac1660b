import { ignores, matches } from '../policy/slugs.js';
import { excluded, type Filter, type Objection } from './filter.js';
import type { Finding } from './types.js';

const isListed = (list: readonly string[], tag: string): boolean => list.some((entry) => matches(entry, tag));

/** `only`, of the request and of the account. An empty list is no list. */
export const allowedProviders: Filter = {
  step: 'Filter by Allowed Providers',
  object({ tag }, { provider, account }) {
    const object = (list: readonly string[] | undefined, by: Finding['by']): readonly Objection[] =>
      list === undefined || list.length === 0 || isListed(list, tag) ? [] : [excluded('only', `${tag} is not among ${list.join(', ')}`, by)];
    return [...object(provider.only, 'request'), ...object(account.only, 'account')];
  },
};

/** `ignore`, of the request and of the account. Here a base slug covers the service tiers too. */
export const ignoredProviders: Filter = {
  step: 'Filter by Ignored Providers',
  object({ tag }, { provider, account }) {
    const object = (list: readonly string[] | undefined, by: Finding['by']): readonly Objection[] => {
      const entry = list?.find((one) => ignores(one, tag));
      return entry === undefined ? [] : [excluded('ignore', `${entry} is ignored`, by)];
    };
    return [...object(provider.ignore, 'request'), ...object(account.ignore, 'account')];
  },
};

/** With `allow_fallbacks: false`, `order` is a closed list. */
export const fallback: Filter = {
  step: 'Filter by Fallback',
  object({ tag }, { provider: { order, allow_fallbacks: fallbacks } }) {
    if (fallbacks !== false || order === undefined || isListed(order, tag)) return [];
    return [excluded('allow_fallbacks', `${tag} is not in order, and nothing else is tried`)];
  },
};

/** Place of an endpoint in `order`; past the end when it is not listed. */
export function placeInOrder(order: readonly string[], tag: string): number {
  const exact = order.indexOf(tag);
  const place = order.findIndex((entry) => matches(entry, tag));
  if (place < 0) return order.length;
  return exact < 0 ? place : Math.min(exact, place);
}
