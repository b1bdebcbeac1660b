import { createProxyHandler, type ProxyHandler, type ProxyOptions } from '@waypost/fetch/proxy';
import { pageFor } from './page.js';

/** Who may ask, by what they carry. A real desk would look into a session. */
const VISITORS: ReadonlyMap<string, string> = new Map([['ticket=anna', 'anna'], ['ticket=ben', 'ben']]);

/**
 * A worker, as `export default` of a module takes it: the page at `/`, and behind `/api/ai` what the page may ask for. In a worker's own
 * module: `export default createWorker('openai/gpt-5.1')`.
 */
export function createWorker(model: string, options: ProxyOptions = {}): { fetch: ProxyHandler } {
  const ask = createProxyHandler({
    ...options,
    allowedModels: [model],
    basePath: '/api/ai',
    provider: { zdr: true, maxPrice: { prompt: 5, completion: 20 } },
    maxBodySize: 64 * 1024,
    authorize: ({ headers }) => VISITORS.get(headers.get('cookie') ?? '') ?? null,
  });
  return {
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/api/ai')) return ask(request);
      if (pathname !== '/') return new Response('Not here', { status: 404 });
      return new Response(pageFor(model), { headers: { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'ticket=anna; HttpOnly; SameSite=Strict' } });
    },
  };
}
