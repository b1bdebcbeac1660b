import { compact } from '../compact.js';
import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { show } from '../policy/report.js';
import type { Open } from '../wire/open.js';

/** Variants by suffix; the first four apply to any model, the others exist where the catalogue lists them. */
export type ModelVariant = Open<'nitro' | 'floor' | 'exacto' | 'online' | 'free' | 'thinking' | 'extended' | 'batch'>;

/**
 * A model id in its parts: `["~"] author "/" slug [":" variant]... ["@preset/" preset]`, or a preset alone.
 */
export interface ModelId {
  /** `~author/family-latest`: resolves to the newest of a family. */
  alias: boolean;
  /** Absent for a preset alone, and for the bare ids that OpenRouter still takes, such as `gpt-4`. */
  author?: string;
  slug?: string;
  /** In the order written. */
  variants: readonly ModelVariant[];
  preset?: string;
}

const PATTERN = /^(?:(~)?(?:([^/:@~]+)\/)?([^/:@~]+)((?::[^:@]+)*))?(?:@preset\/([^/:@~]+))?$/;

/**
 * Parses a model id. `path` is what the error calls the place it stands at; default `model`.
 *
 * @throws {InvalidOptionsError} when it does not fit the grammar.
 * @example
 * parseModelId('openai/gpt-5.1:nitro@preset/code')
 * // → { alias: false, author: 'openai', slug: 'gpt-5.1', variants: ['nitro'], preset: 'code' }
 *
 * Source: OpenRouter API, models, variants and presets.
 */
export function parseModelId(id: string, path = 'model'): ModelId {
  const spaced = typeof id === 'string' && /[\s\p{Cc}]/u.test(id);
  const parts = typeof id === 'string' && id !== '' && !spaced && PATTERN.exec(id);
  if (!parts) {
    const message = `${show(id)} ${spaced ? 'has white space in it' : 'is not a model id'}`;
    const suggestion = `write "author/slug"${spaced ? ' without spaces' : ', as in "openai/gpt-5.1:nitro" or "openai/gpt-5.1@preset/name"'}`;
    throw new InvalidOptionsError([{ path, message, suggestion }]);
  }
  const [, alias, author, slug, variants = '', preset] = parts;
  return compact<ModelId>({ alias: alias !== undefined, author, slug, variants: variants.split(':').slice(1), preset });
}

// Ids come again with every call. Few are in use at a time; when there are more, those so far are forgotten.
const seen = new Map<string, ModelId>();
const MOST_SEEN = 64;

/** @internal The same for an id of a call, which is often one that was parsed before; what comes back is shared. */
export function knownModelId(id: string, path?: string): Readonly<ModelId> {
  const known = seen.get(id);
  if (known) return known;
  const parsed = parseModelId(id, path);
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.set(id, parsed);
  return parsed;
}

/**
 * Prints a model id; the inverse of `parseModelId`.
 *
 * @example
 * formatModelId({ alias: false, author: 'openai', slug: 'gpt-5.1', variants: ['floor'] }) // → 'openai/gpt-5.1:floor'
 */
export function formatModelId(id: ModelId): string {
  const { alias, author, slug, variants, preset } = id;
  const name = [author, slug].filter((part) => part !== undefined).join('/');
  return [alias ? `~${name}` : name, ...variants].join(':') + (preset === undefined ? '' : `@preset/${preset}`);
}
