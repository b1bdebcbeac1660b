import { matchesSlug } from '@waypost/core/routing';

/** The entry for an endpoint: its full tag before a base slug, which means the provider's variants too but not its service tiers. */
export function slugFor(tag: string, entries: Readonly<Record<string, unknown>>): string | undefined {
  return Object.hasOwn(entries, tag) ? tag : Object.keys(entries).find((entry) => matchesSlug(entry, tag));
}
