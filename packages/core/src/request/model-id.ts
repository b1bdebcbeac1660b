import { InvalidOptionsError } from '../errors/invalid-options-error.js';
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

const fail = (id: unknown, path: string, message: string, suggestion?: string): never => {
  const shown = typeof id === 'string' ? JSON.stringify(id.slice(0, 100)) : `a value of type ${typeof id}`;
  throw new InvalidOptionsError([{ path, message: `${shown} ${message}`, ...(suggestion ? { suggestion } : {}) }]);
};

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
  if (typeof id !== 'string' || id === '') return fail(id, path, 'is not a model id', 'write "author/slug"');
  if (/[\s\p{Cc}]/u.test(id)) return fail(id, path, 'has white space in it', 'write "author/slug" without spaces');
  const [model = '', preset, ...more] = id.split('@preset/');
  if (preset === '' || more.length > 0) return fail(id, path, 'must end with one preset', 'write "author/slug@preset/name"');
  if (preset !== undefined && /[:/@~]/.test(preset)) return fail(id, path, 'has more after the preset', 'write "author/slug:nitro@preset/name"');
  if (model.includes('@')) return fail(id, path, 'has an unknown part after "@"', 'write "@preset/name"');
  const withPreset = preset === undefined ? {} : { preset };
  if (model === '') return { alias: false, variants: [], ...withPreset };
  const alias = model.startsWith('~');
  const [name = '', ...variants] = (alias ? model.slice(1) : model).split(':');
  const slash = name.indexOf('/');
  const author = slash < 0 ? undefined : name.slice(0, slash);
  const slug = name.slice(slash + 1);
  if (author === '' || slug === '' || slug.includes('/') || name.includes('~')) return fail(id, path, 'is not a model id', 'write "author/slug"');
  if (variants.includes('')) return fail(id, path, 'has an empty variant', 'write "author/slug:nitro"');
  return { alias, ...(author === undefined ? {} : { author }), slug, variants, ...withPreset };
}

/**
 * Prints a model id; the inverse of `parseModelId`.
 *
 * @example
 * formatModelId({ alias: false, author: 'openai', slug: 'gpt-5.1', variants: ['floor'] }) // → 'openai/gpt-5.1:floor'
 */
export function formatModelId(id: ModelId): string {
  const name = id.slug === undefined ? '' : id.author === undefined ? id.slug : `${id.author}/${id.slug}`;
  const variants = id.variants.map((variant) => `:${variant}`).join('');
  return `${id.alias ? '~' : ''}${name}${variants}${id.preset === undefined ? '' : `@preset/${id.preset}`}`;
}

/** Whether an id names a router that picks a model itself, such as `openrouter/auto`. */
export function isRouter(id: string): boolean {
  return id.startsWith('openrouter/');
}
