import type { Filter } from './filter.js';
import { matchesAny, matchesSlug } from './slugs.js';

function account(slug: string, keys: Readonly<Record<string, 'prioritized' | 'fallback'>>): 'prioritized' | 'fallback' | undefined {
  return keys[slug];
}

/** Adds the account's own keys: each endpoint of such a provider appears once more. */
export const byok: Filter = {
  step: 'Add BYOK Endpoints',
  keep(candidates, context) {
    const keys = context.account.byok ?? {};
    const own = candidates.filter(({ endpoint }) => account(endpoint.provider, keys) !== undefined).map((candidate) => ({ ...candidate, byok: true }));
    return own.length === 0 ? candidates : [...candidates, ...own];
  },
};

/** With `allow_fallbacks: false`, `order` is a closed list. */
export const fallback: Filter = {
  step: 'Filter by Fallback',
  keep(candidates, { provider }) {
    const { order } = provider;
    if (provider.allow_fallbacks !== false || order === undefined || order === null || order.length === 0) return candidates;
    return candidates.filter(({ endpoint }) => matchesAny(order, endpoint));
  },
};

/** Place of an endpoint in `order`; past the end when it is not listed. */
export function placeInOrder(order: readonly string[], endpoint: Parameters<typeof matchesSlug>[1]): number {
  const exact = order.indexOf(endpoint.tag);
  const place = order.findIndex((entry) => matchesSlug(entry, endpoint));
  if (place < 0) return order.length;
  return exact < 0 ? place : Math.min(exact, place);
}
