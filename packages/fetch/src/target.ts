import { isPlainPath } from './inference-routes.js';

/**
 * What a request is to, seen from the base URL:
 *
 * - `api`: a path below it, or the alpha routes beside it, written plainly;
 * - `disguised`: something that a server may read as one of these, by escapes, empty segments or another case;
 * - `openrouter`: OpenRouter at another of its hosts;
 * - `elsewhere`: anything else.
 */
export type Target = { readonly kind: 'api'; readonly path: string; readonly search: string } | { readonly kind: 'disguised' | 'openrouter' | 'elsewhere' };

// Source: OpenRouter API, base URL and in-region hosts.
const HOSTS = /^https:\/\/((eu|us)\.)?openrouter\.ai$/;

/** A path as the most lenient of servers might read it. */
function readLoosely(path: string): string {
  let text = path;
  for (let i = 0; i < 3 && text.includes('%'); i += 1) text = text.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const segments: string[] = [];
  for (const segment of text.toLowerCase().split(/[/\\]+/)) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}/`;
}

/** Makes a function that tells what a URL is to, seen from a base URL. */
export function createTargets(baseURL: string): (url: URL) => Target {
  const base = new URL(baseURL);
  const root = base.pathname.replace(/\/+$/, '');
  // the alpha routes stand beside the version
  const beside = root.endsWith('/v1') ? root.replace(/v1$/, 'alpha') : undefined;
  const roots = beside === undefined ? [root] : [root, beside];
  const loosely = roots.map(readLoosely);

  return ({ origin, pathname, search, username, password }) => {
    if (origin !== base.origin) return { kind: HOSTS.test(origin) && readLoosely(pathname).startsWith('/api/') ? 'openrouter' : 'elsewhere' };
    if (!username && !password) {
      for (const one of roots) {
        const path = one === beside ? pathname.slice(one.length - '/alpha'.length) : pathname.slice(one.length);
        if (pathname.startsWith(`${one}/`) && isPlainPath(path)) return { kind: 'api', path, search };
      }
    }
    const loose = readLoosely(pathname);
    return { kind: loosely.some((one) => loose.startsWith(one)) ? 'disguised' : 'elsewhere' };
  };
}
