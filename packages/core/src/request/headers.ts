import { checkList } from '../policy/check-parts.js';
import { addExpected, addIssue, isPlain, isRecord, join, type Report, show } from '../policy/report.js';

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

/**
 * The headers of a request but for the key, by lower-case name. What would not be safe in a header is reported and left out.
 * `path` stands before option names in messages.
 */
export function optionHeaders(options: HeaderOptions, path: string, report: Report): Record<string, string> {
  const { appUrl, appTitle, appCategories, metadata, cache } = options;
  const own: unknown = options.headers ?? {};
  const headers: Record<string, string> = {};
  const put = (name: string, value: unknown, option: string): void => {
    const at = join(path, option);
    // values are not shown: they may be credentials
    if (value === undefined) return;
    if (!NAME.test(name)) addIssue(report, at, `${show(name)} is not a header name`);
    else if (typeof value !== 'string') addIssue(report, at, `expected a string, got ${typeof value}`);
    else if (!isHeaderValue(value)) addIssue(report, at, 'has characters that a header cannot carry, such as a line break');
    else headers[name.toLowerCase()] = value;
  };
  put('http-referer', appUrl, 'appUrl');
  put('x-openrouter-title', appTitle, 'appTitle');
  if (appCategories !== undefined) put('x-openrouter-categories', checkCategories(appCategories, join(path, 'appCategories'), report), 'appCategories');
  if (metadata !== undefined) put('x-openrouter-metadata', metadata ? 'enabled' : 'disabled', 'metadata');
  if (cache !== undefined) Object.assign(headers, cacheHeaders(cache, join(path, 'cache'), report));
  // a `Headers` has no fields of its own
  if (!isPlain(own)) addIssue(report, join(path, 'headers'), 'expected an object of texts by name', 'of Headers: Object.fromEntries(headers)');
  else for (const [name, value] of Object.entries(own)) put(name, value, `headers.${name}`);
  return headers;
}

function checkCategories(value: unknown, path: string, report: Report): string | undefined {
  const categories = checkList(value, 'categories', path, report, (one, at) =>
    typeof one === 'string' && one.length <= 30 && CATEGORY.test(one)
      ? one
      : addExpected(report, at, 'a category such as "cli-agent", of at most 30 characters', one),
  );
  if (categories && categories.length > 2) addIssue(report, path, `holds ${categories.length} categories`, 'at most 2');
  return categories?.join(',') || undefined;
}

function cacheHeaders(cache: unknown, path: string, report: Report): Record<string, string> | undefined {
  if (typeof cache !== 'boolean' && !isRecord(cache)) return addExpected(report, path, 'true, false or { ttl, clear }', cache);
  const headers: Record<string, string> = { 'x-openrouter-cache': String(cache !== false) };
  if (typeof cache === 'boolean') return headers;
  const { ttl, clear } = cache;
  if (ttl !== undefined) {
    if (typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 1 && ttl <= 86_400) headers['x-openrouter-cache-ttl'] = String(ttl);
    else addExpected(report, `${path}.ttl`, 'whole seconds from 1 to 86400', ttl);
  }
  if (clear) headers['x-openrouter-cache-clear'] = 'true';
  return headers;
}

/** Whether these headers may ask for a cached response: a word that is not a plain no counts as one that the server takes for a yes. */
export function asksForCache(headers: { readonly [name: string]: string }): boolean {
  return !['', 'false'].includes(headers['x-openrouter-cache']?.trim().toLowerCase() ?? '');
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
