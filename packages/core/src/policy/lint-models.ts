import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { checkModels, MAX_MODELS } from '../request/chain.js';
import { type ModelId, parseModelId } from '../request/model-id.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { closest } from './did-you-mean.js';
import type { RawFields, Warn } from './lint-warn.js';
import { createReport, show } from './report.js';

// The sort key that a variant stands for. Source: OpenRouter API, model variants.
const SORT_OF: ReadonlyMap<string, string> = new Map([
  ['nitro', 'throughput'],
  ['floor', 'price'],
  ['exacto', 'exacto'],
]);
const VARIANTS: readonly string[] = [...SORT_OF.keys(), 'online', 'free', 'thinking', 'extended', 'batch'];

const AUTHORS: readonly (readonly [start: RegExp, author: string])[] = [
  [/^(gpt|o\d|chatgpt)/, 'openai'],
  [/^claude/, 'anthropic'],
  [/^gemini/, 'google'],
  [/^deepseek/, 'deepseek'],
];

/** Lints `model`, `models` and the variants on them against the preferences that they meet. */
export function lintModels(request: RawFields, provider: ProviderPreferences, warn: Warn): void {
  const report = createReport();
  const entries = checkModels(request['models'], 'models', report) ?? [];
  for (const { path, message, suggestion } of report.issues) warn('invalid-models', path, message, suggestion);
  if (entries.length > MAX_MODELS) {
    warn('too-many-models', 'models', `has ${entries.length} entries; the server takes ${MAX_MODELS}`, 'let the client fail over along longer chains');
  }
  if (entries.length > 0 && provider.allow_fallbacks === false && provider.order?.length === 1) {
    warn('models-behind-one-provider', 'models', `fall back only to what ${show(provider.order[0])} serves`, 'leave out allow_fallbacks: false, or list more providers');
  }
  const { model } = request;
  const seen = new Set<unknown>();
  const each = (id: unknown, path: string): void => {
    if (id == null || id === '') return;
    if (seen.has(id)) return warn('repeated-model', path, `${show(id)} is in the chain already`, 'drop it');
    seen.add(id);
    const parsed = parse(id, path, warn);
    if (parsed) lintModel(parsed, path, request, provider, warn);
  };
  each(model, 'model');
  entries.forEach((entry, i) => each(entry.model, `models[${i}]`));
}

function parse(id: unknown, path: string, warn: Warn): ModelId | undefined {
  if (typeof id !== 'string') {
    warn('invalid-model-id', path, `expected a model id, got ${show(id)}`);
    return undefined;
  }
  try {
    return parseModelId(id);
  } catch (error) {
    if (!InvalidOptionsError.isInstance(error)) throw error;
    for (const { message, suggestion } of error.issues) warn('invalid-model-id', path, message, suggestion);
    return undefined;
  }
}

function lintModel({ author, slug, variants }: ModelId, path: string, request: RawFields, provider: ProviderPreferences, warn: Warn): void {
  if (slug !== undefined && author === undefined) {
    const guess = AUTHORS.find(([start]) => start.test(slug))?.[1] ?? 'author';
    warn('bare-model-id', path, `${show(slug)} names no author`, `write "${guess}/${slug}"`);
  }
  const stated = typeof provider.sort === 'object' ? provider.sort.by : provider.sort;
  const sorts = new Set(variants.flatMap((variant) => SORT_OF.get(variant) ?? []));
  if (stated != null && sorts.size > 0) sorts.add(stated);
  if (sorts.size > 1) warn('variant-and-sort', path, `asks for several sort keys at once: ${[...sorts].join(', ')}`, 'keep one variant, or provider.sort');
  for (const variant of variants) {
    if (!VARIANTS.includes(variant)) {
      const near = closest(variant, VARIANTS);
      if (near) warn('unknown-variant', path, `":${variant}" is not a known variant`, `did you mean ":${near}"?`);
    }
    if (variant === 'online') {
      warn('online-variant', path, '":online" is deprecated', 'tools: [{ type: "openrouter:web_search" }]');
    }
    if (variant === 'thinking' && author === 'anthropic') warn('thinking-variant', path, '":thinking" is gone for Claude', 'reasoning: { enabled: true }');
    if (variant === 'free' && provider.data_collection === 'deny') {
      warn('free-with-deny', path, 'data_collection: "deny" excludes ":free" endpoints', 'use the paid model, or allow data collection');
    }
    if (variant !== 'nitro' && variant !== 'floor') continue;
    const cause = provider.order ? 'provider.order' : request['service_tier'] === 'default' ? 'service_tier: "default"' : undefined;
    if (cause) warn('tier-lost', path, `":${variant}" opens no tier endpoints together with ${cause}`, 'keep one of them');
  }
}
