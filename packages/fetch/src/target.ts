import { isPlainPath } from './inference-routes.js';

/** A path below the base URL, with its query. */
export interface ApiTarget {
  readonly kind: 'api';
  readonly path: string;
  readonly search: string;
}

/**
 * What a request is to, seen from the base URL:
 *
 * - `api`: a path below it, or the alpha routes beside it, written plainly;
 * - `disguised`: something that a server may read as one of these, by escapes, empty segments, another case or another scheme;
 * - `astray`: OpenRouter's API at another of its hosts or in another version, or a route of inference at the host of the base URL, but not
 *   below it, as where an SDK was given another base URL;
 * - `elsewhere`: anything else.
 */
export type Target = ApiTarget | { readonly kind: 'disguised' | 'astray' | 'elsewhere' };

// Source: OpenRouter API, base URL and in-region hosts.
const OPENROUTER = /^([\w-]+\.)*openrouter\.ai$/;

// Servers of models have these, whatever stands before them; names that others use too only behind a version.
const INFERENCE = /\/(completions|responses|embeddings|rerank|audio\/\w+|v\d+\/(messages|images|videos))\/$/;

/** A host as name servers read it, whoever wrote the dot that ends it. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/\.$/, '');

/** A path as the most lenient of servers might read it. */
function readLoosely(path: string): string {
  let text = path;
  for (let i = 0; i < 3 && text.includes('%'); i += 1) text = text.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const segments: string[] = [];
  for (const written of text.toLowerCase().split(/[/\\]+/)) {
    // parameters of a segment are none of its name
    const segment = written.replace(/;.*/, '');
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.map((segment) => `${segment}/`).join('')}`;
}

/** Makes a function that tells what a URL is to, seen from a base URL. */
export function createTargets(baseURL: string): (url: URL) => Target {
  const base = new URL(baseURL);
  const root = base.pathname.replace(/\/+$/, '');
  // the alpha routes stand beside the version
  const beside = root.endsWith('/v1') ? root.replace(/v1$/, 'alpha') : undefined;
  const roots = beside === undefined ? [root] : [root, beside];
  const loosely = roots.map(readLoosely);

  return (url) => {
    const { origin, pathname, search, username, password, port } = url;
    if (origin === base.origin && !username && !password) {
      for (const one of roots) {
        const path = one === beside ? pathname.slice(one.length - '/alpha'.length) : pathname.slice(one.length);
        if (pathname.startsWith(`${one}/`) && isPlainPath(path)) return { kind: 'api', path, search };
      }
    }
    const loose = readLoosely(pathname);
    const isHere = hostOf(url) === hostOf(base) && port === base.port;
    if (isHere && loosely.some((one) => loose.startsWith(one))) return { kind: 'disguised' };
    const isAstray = (isHere && INFERENCE.test(loose)) || (OPENROUTER.test(hostOf(url)) && loose.startsWith('/api/'));
    return { kind: isAstray ? 'astray' : 'elsewhere' };
  };
}
