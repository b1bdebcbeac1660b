import type { OptionIssue } from '@waypost/core';
import { matchesGlob, matchesSlug } from '@waypost/core/routing';
import type { Catalogue } from '../catalogue/types.js';
import type { Scenario } from './scenario.js';

/** How many names a message offers. */
const OFFERED = 8;

/** Names that begin alike, else the first ones. */
function offer(name: string, known: readonly string[]): string {
  const head = name.toLowerCase().replace(/^[^/]*\//, '').slice(0, 3);
  const alike = head === '' ? [] : known.filter((one) => one.toLowerCase().includes(head));
  const all = [...new Set(alike.length > 0 ? alike : known)];
  return `write one of ${all.slice(0, OFFERED).join(', ')}${all.length > OFFERED ? ', …' : ''}`;
}

/** What is written for names that nothing of the catalogue has. */
export function nameIssues({ endpoints = {}, health = {}, models = {}, limits = {} }: Scenario, catalogue: Catalogue): readonly OptionIssue[] {
  const tags = catalogue.models.flatMap((model) => model.endpoints.map(({ tag }) => tag));
  const ids = catalogue.models.map(({ id }) => id);
  const hasSlug = (slug: string): boolean => tags.some((tag) => tag === slug || matchesSlug(slug, tag));
  const strange = (field: string, names: object, isKnown: (name: string) => boolean, what: string, known: readonly string[]): readonly OptionIssue[] =>
    Object.keys(names).filter((name) => !isKnown(name)).map((name) => ({
      path: `scenario.${field}.${name}`, message: `no ${what} ${JSON.stringify(name)}`, suggestion: offer(name, known),
    }));
  return [
    ...strange('endpoints', endpoints, hasSlug, 'endpoint of the catalogue has the slug', tags),
    ...strange('health', health, hasSlug, 'endpoint of the catalogue has the slug', tags),
    ...strange('models', models, (id) => ids.includes(id), 'model of the catalogue has the id', ids),
    ...strange('limits.models', limits.models ?? {}, (glob) => ids.some((id) => matchesGlob(glob, id)), 'model of the catalogue has the id', ids),
  ];
}
