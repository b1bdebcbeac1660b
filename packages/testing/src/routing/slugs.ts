import type { GatewayEndpoint } from '../catalogue/types.js';

type Slugs = Pick<GatewayEndpoint, 'provider' | 'tag' | 'tier'>;

/**
 * Whether an entry of `order` or `only` means this endpoint. A base slug means all variants of the provider but not its
 * service-tier endpoints; a full slug means that endpoint alone. Case counts: a display name matches nothing.
 */
export function matchesSlug(entry: string, endpoint: Slugs): boolean {
  return entry === endpoint.tag || (endpoint.tier === undefined && entry === endpoint.provider);
}

/** Whether an entry of `ignore` covers this endpoint: here a base slug covers the service tiers too. */
export function ignoresSlug(entry: string, endpoint: Slugs): boolean {
  return entry === endpoint.tag || entry === endpoint.provider;
}

export function matchesAny(entries: readonly string[], endpoint: Slugs): boolean {
  return entries.some((entry) => matchesSlug(entry, endpoint));
}

/** `acme/*` and the like. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('.*');
  return new RegExp(`^${source}$`).test(text);
}
