import type { LintCode } from './lint-warn.js';
import type { Warning } from './policy.js';

const PATHS: readonly (readonly [path: RegExp, code: LintCode, message: string, suggestion: string])[] = [
  [/^\/auth\/key$/, 'auth-key-path', 'has moved', 'GET /key'],
  [/^\/generation\/(?!(content|feedback)$)[^/]+$/, 'generation-path', 'takes the id as a query parameter', 'GET /generation?id=…'],
  [/^\/models\/[^/]+\/[^/]+$/, 'model-path', 'one model is under the singular', 'GET /model/{author}/{slug}, or /models/{author}/{slug}/endpoints'],
  [/^\/presets\/[^/]+\/chat\/completions$/, 'preset-path', 'creates a preset, it runs nothing', 'POST /chat/completions with preset: "…"'],
];

/**
 * Tells of paths that older guides give and the API does not have, or not for that purpose.
 *
 * @param path with or without the base URL and a query.
 * @example
 * lintPath('/api/v1/auth/key') // → [{ code: 'auth-key-path', suggestion: 'GET /key', … }]
 *
 * Source: OpenRouter API, account and catalogue.
 */
export function lintPath(path: string): Warning[] {
  const bare = path.replace(/^https?:\/\/[^/]+|[?#].*$/g, '').replace(/^\/?(api\/v1)?\/?/, '/').replace(/\/$/, '');
  return PATHS.flatMap(([pattern, code, message, suggestion]) => (pattern.test(bare) ? [{ code, path: bare, message, suggestion }] : []));
}
