import type { ChatRequest } from '../wire/chat.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { lintBody } from './lint-body.js';
import { lintFeatures } from './lint-features.js';
import { lintModels } from './lint-models.js';
import { lintPath } from './lint-path.js';
import { lintProvider } from './lint-provider.js';
import type { RawFields, Warn } from './lint-warn.js';
import type { Warning } from './policy.js';

/** What else is known about a request that is linted. */
export interface LintContext {
  /** The headers it is sent with: a plain object, or anything that iterates as pairs, such as `Headers`. */
  readonly headers?: Iterable<readonly [name: string, value: string]> | { readonly [name: string]: string | undefined };
  /** The path it is sent to. Default: `/chat/completions`. Rules for chat alone are left out for other paths. */
  readonly path?: string;
}

/**
 * Tells what is legal, or passed over in silence by the server, but probably not meant: units that look wrong, fields in the
 * wrong place, names and habits from older guides, settings that cancel each other. Pure; throws nothing for any request.
 *
 * @param request a body as it is, or would be, sent; `provider` in either spelling.
 * @returns one warning for each finding, with a stable `code`.
 * @example
 * lintRequest({ model: 'openai/gpt-5.1', messages, provider: { max_price: { prompt: 0.00000125 } } })
 * // → [{ code: 'price-per-token', path: 'provider.max_price.prompt', suggestion: 'write 1.25', … }]
 *
 * Source: OpenRouter API, provider routing, model variants, plugins.
 */
export function lintRequest(request: ChatRequest | RawFields, context: LintContext = {}): Warning[] {
  const { path, headers } = context;
  const warnings = path === undefined ? [] : lintPath(path);
  const warn: Warn = (code, at, message, suggestion) => {
    warnings.push({ code, path: at, message, ...(suggestion === undefined ? {} : { suggestion }) });
  };
  const provider = lintProvider(request['provider'], warn, warnings);
  lintModels(request, provider, warn);
  lintBody(request, path === undefined || /chat\/completions\/?($|\?)/.test(path), warn);
  lintFeatures(request, provider, warn);
  if (headers) lintHeaders(headers, provider, warn);
  return warnings;
}

function lintHeaders(headers: NonNullable<LintContext['headers']>, provider: ProviderPreferences, warn: Warn): void {
  // a record's own iterator, if any, would be a header of that name, and those are strings
  const pairs = Symbol.iterator in headers ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
  for (const [name, value] of pairs) {
    const header = name.toLowerCase();
    if (header === 'x-title') warn('x-title', name, 'is a legacy name, still accepted', 'X-OpenRouter-Title');
    if (header === 'x-openrouter-experimental-metadata') warn('metadata-header', name, 'is an older name, still accepted', 'X-OpenRouter-Metadata');
    if (header === 'x-openrouter-categories' && (value?.split(',').length ?? 0) > 2) {
      warn('too-many-categories', name, 'holds more than 2 categories', 'name at most 2');
    }
    if (header === 'x-openrouter-cache' && value === 'true' && provider.zdr) {
      warn('cached-zdr', name, 'stores what zdr asks not to be kept', 'leave one of them out');
    }
  }
}
