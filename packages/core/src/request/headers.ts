import { addIssue, type Report, show } from '../policy/report.js';

/** Response caching by OpenRouter. Off unless asked for; together with zero data retention it must be acknowledged. */
export type CacheOption = boolean | { /** Seconds, 1 to 86400. Default 300. */ ttl?: number; /** Drops the entry and runs again. */ clear?: boolean };

/** Who the application is. Source: OpenRouter API, app attribution. */
export interface Attribution {
  /** URL of the application; needed for attribution. */
  appUrl?: string | undefined;
  appTitle?: string | undefined;
  /** At most two per request, in lower case with hyphens: `cli-agent`. */
  appCategories?: readonly string[] | undefined;
}

export interface HeaderOptions extends Attribution {
  /** Extra headers; they stand over those made from options. */
  headers?: { readonly [name: string]: string | undefined } | undefined;
  cache?: CacheOption | undefined;
  /** Asks for the router's account of the request. */
  metadata?: boolean | undefined;
}

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// what a header value may be made of; line breaks, which would begin another header, are not among it
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const CATEGORY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether a text may stand in a header. */
export function isHeaderValue(value: string): boolean {
  return VALUE.test(value);
}

function put(headers: Record<string, string>, name: string, value: string | undefined, path: string, report: Report): void {
  if (value === undefined) return;
  if (typeof value !== 'string') addIssue(report, path, `expected a string, got ${typeof value}`);
  else if (!isHeaderValue(value)) addIssue(report, path, 'has characters that a header cannot carry', 'use printable Latin-1 characters, without line breaks');
  else headers[name] = value;
}

/**
 * The headers of a request but for the key, by lower-case name. What would not be safe in a header is reported and left out.
 * `path` stands before option names in messages.
 */
export function optionHeaders(options: HeaderOptions, path: string, report: Report): Record<string, string> {
  const headers: Record<string, string> = {};
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  put(headers, 'http-referer', options.appUrl, at('appUrl'), report);
  put(headers, 'x-openrouter-title', options.appTitle, at('appTitle'), report);
  const categories = options.appCategories;
  if (categories !== undefined) {
    if (!Array.isArray(categories)) addIssue(report, at('appCategories'), `expected an array, got ${show(categories)}`);
    else {
      categories.forEach((category: unknown, i) => {
        if (typeof category === 'string' && category.length <= 30 && CATEGORY.test(category)) return;
        addIssue(report, `${at('appCategories')}[${i}]`, `${show(category)} is not a category`, 'lower case with hyphens, at most 30 characters, such as "cli-agent"');
      });
      if (categories.length > 2) addIssue(report, at('appCategories'), `${categories.length} categories are too many`, 'at most 2 per request');
      if (categories.length > 0) put(headers, 'x-openrouter-categories', categories.join(','), at('appCategories'), report);
    }
  }
  if (options.metadata !== undefined) headers['x-openrouter-metadata'] = options.metadata ? 'enabled' : 'disabled';
  cacheHeaders(options.cache, headers, at('cache'), report);
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (!NAME.test(name)) addIssue(report, at('headers'), `${show(name)} is not a header name`);
    else put(headers, name.toLowerCase(), value, `${at('headers')}.${name}`, report);
  }
  return headers;
}

function cacheHeaders(cache: CacheOption | undefined, headers: Record<string, string>, path: string, report: Report): void {
  if (cache === undefined) return;
  const on = cache !== false;
  headers['x-openrouter-cache'] = String(on);
  if (!on || cache === true) return;
  if (typeof cache !== 'object' || cache === null) return addIssue(report, path, `expected true, false or { ttl, clear }, got ${show(cache)}`);
  if (cache.ttl !== undefined) {
    if (Number.isInteger(cache.ttl) && cache.ttl >= 1 && cache.ttl <= 86_400) headers['x-openrouter-cache-ttl'] = String(cache.ttl);
    else addIssue(report, `${path}.ttl`, `expected whole seconds from 1 to 86400, got ${show(cache.ttl)}`);
  }
  if (cache.clear) headers['x-openrouter-cache-clear'] = 'true';
}

/** Whether these headers ask for a cached response. */
export function asksForCache(headers: { readonly [name: string]: string }): boolean {
  return headers['x-openrouter-cache']?.trim().toLowerCase() === 'true';
}

const SECRET = /^(authorization|cookie|proxy-authorization|x-api-key|x-.*(key|token|secret).*)$/i;

/**
 * Headers as a log may hold them: values of those that carry credentials are masked.
 *
 * @example
 * redactHeaders({ authorization: 'Bearer sk-or-v1-…' }) // → { authorization: '[redacted]' }
 */
export function redactHeaders(headers: { readonly [name: string]: string }): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET.test(name) ? '[redacted]' : value]));
}
