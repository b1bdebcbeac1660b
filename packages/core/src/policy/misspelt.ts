import { closest } from './did-you-mean.js';

const PROTECTING: readonly string[] = ['provider', 'allowedModels', 'region', 'acknowledge', 'verify', 'extends'];

// Names come again with every call, and each look costs more than all else about a name. Few are in use at a time; when there are
// more, those so far are forgotten.
const looked = new Map<string, string | undefined>();
const MOST_LOOKED = 256;

/**
 * The option that protects which a name is nearly that of, whatever its case: misspelt, it would be lost in silence. Undefined for
 * names of anything else, and for one that is written as it should be.
 */
export function misspelt(name: string): string | undefined {
  if (looked.has(name)) return looked.get(name);
  const near = PROTECTING.includes(name) ? undefined : closest(name, PROTECTING);
  if (looked.size >= MOST_LOOKED) looked.clear();
  looked.set(name, near);
  return near;
}
