import type { Doors } from './proxy-options.js';

// What of an answer a page of another origin may read beside its body.
const EXPOSED = 'x-generation-id, x-request-id, request-id, retry-after';

/**
 * The CORS headers for a request: `undefined` where a page of that origin may not ask, none for a page of the handler's own origin and for
 * what is no page. `sec-fetch-site` is the browser's word, which no page can forge, and holds behind a server that ends TLS too.
 */
export function corsHeaders({ headers, url }: Request, { origins, credentials }: Doors): Record<string, string> | undefined {
  const origin = headers.get('origin');
  if (origin === null || headers.get('sec-fetch-site') === 'same-origin' || origin === new URL(url).origin) return {};
  if (origins === '*') return { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED };
  if (!origins.includes(origin)) return undefined;
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED,
    vary: 'origin',
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
  };
}

/** What a preflight is answered with. The headers that a page may send are let in, and go no further than `authorize`. */
export function preflight({ headers }: Request, cors: Record<string, string>, methods: readonly string[]): Response {
  const asked = headers.get('access-control-request-headers') ?? '';
  const allowed = /^[\w\s,-]*$/.test(asked) ? asked : '';
  return new Response(null, {
    status: 204,
    headers: { ...cors, 'access-control-allow-methods': methods.join(', '), ...(allowed && { 'access-control-allow-headers': allowed }), 'access-control-max-age': '600' },
  });
}
