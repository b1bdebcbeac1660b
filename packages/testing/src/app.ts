import { Hono } from 'hono';
import { checkAuth, redactedHeaders } from './auth.js';
import type { GatewayEnv } from './options.js';
import type { OpenRecord } from './recorded-request.js';
import { account } from './routes/account.js';
import { catalogueRoutes } from './routes/catalogue.js';
import { chat } from './routes/chat.js';
import { embeddings } from './routes/embeddings.js';
import type { Exchange } from './routes/exchange.js';
import { generation } from './routes/generation.js';
import { errorBody } from './serve/error-body.js';
import type { GatewayState } from './state.js';

const EXPOSED = 'X-Generation-Id, X-Provider-Name, request-id, cf-ray';

type Handler = (exchange: Exchange) => Response | Promise<Response>;

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** The gateway as an application: authentication, the record of each request, and the routes. */
export function createApp(state: GatewayState): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  const api = app.basePath('/api/v1');

  function handle(handler: Handler, needsKey: boolean) {
    return async (raw: Request, env: GatewayEnv['Bindings'] | undefined): Promise<Response> => {
      const signal = env?.signal ?? raw.signal;
      const { outgoing } = env ?? {};
      const sever = outgoing === undefined ? undefined : () => void outgoing.destroy();
      const url = new URL(raw.url);
      const text = raw.body === null ? '' : await raw.text();
      const record: OpenRecord = {
        number: state.requests.length + 1, method: raw.method, path: url.pathname, query: Object.fromEntries(url.searchParams),
        headers: redactedHeaders(raw.headers), body: parsed(text), attempts: [], status: 0, cost: '0', cancelled: false,
      };
      state.requests.push(record);
      const abort = (): void => {
        if (record.status === 0) record.cancelled = true;
      };
      signal.addEventListener('abort', abort, { once: true });
      const denied = needsKey ? checkAuth(raw.headers, state.apiKeys) : undefined;
      const request = new Request(url, { method: raw.method, headers: raw.headers, ...(text === '' ? {} : { body: text }) });
      const response = denied === undefined ? await handler({ state, record, request, signal, sever }) : Response.json(denied, { status: 401 });
      record.status = response.status;
      response.headers.set('access-control-allow-origin', '*');
      response.headers.set('access-control-expose-headers', EXPOSED);
      return response;
    };
  }

  function route(method: 'GET' | 'POST', path: string, handler: Handler, needsKey = true): void {
    const run = handle(handler, needsKey);
    api.on(method, path, (c) => run(c.req.raw, c.env));
  }

  route('POST', '/chat/completions', chat);
  route('POST', '/embeddings', embeddings);
  route('GET', '/generation', ({ request }) => generation(state, new URL(request.url).searchParams.get('id') ?? undefined));
  for (const [path, handler] of Object.entries(account)) route('GET', path, handler);
  for (const [path, handler] of Object.entries(catalogueRoutes)) route('GET', path, handler, false);
  const missing = handle(() => Response.json(errorBody(404, 'Not Found'), { status: 404 }), false);
  app.notFound((c) => missing(c.req.raw, c.env));
  // A bug of the gateway, an abort and a broken connection all reject the call instead of becoming a response.
  app.onError((error) => {
    throw error;
  });
  return app;
}
