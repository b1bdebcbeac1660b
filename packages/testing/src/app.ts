import { Hono } from 'hono';
import { checkAuth, redactedHeaders } from './auth.js';
import type { GatewayEnv } from './options.js';
import { servePage } from './page/routes.js';
import { preflight } from './preflight.js';
import type { OpenRecord } from './recorded-request.js';
import { account } from './routes/account.js';
import { catalogueRoutes, userModels } from './routes/catalogue.js';
import { chat } from './routes/chat.js';
import { completions } from './routes/completions.js';
import { decisions } from './routes/decisions.js';
import { embeddings } from './routes/embeddings.js';
import type { Exchange } from './routes/exchange.js';
import { completeGeneration, generation } from './routes/generation.js';
import { images } from './routes/images.js';
import { rerank } from './routes/rerank.js';
import { responses } from './routes/responses.js';
import { speech } from './routes/speech.js';
import { transcriptions } from './routes/transcriptions.js';
import { downloadVideo, readVideo } from './routes/video-job.js';
import { createVideo } from './routes/videos.js';
import { ownedBy } from './assert/owner.js';
import { ScenarioError } from './scenario/scenario-error.js';
import { errorBody } from './serve/error-body.js';
import type { GatewayRuns } from './state.js';

const EXPOSED = 'X-Generation-Id, X-Provider-Name, request-id, cf-ray';

type Handler = (exchange: Exchange) => Response | Promise<Response>;

/** `POST` routes, by path under `/api/v1`; a path that begins with `/api/` is whole. */
const INFERENCE: Readonly<Record<string, Handler>> = {
  '/chat/completions': chat,
  '/completions': completions,
  '/responses': responses,
  '/embeddings': embeddings,
  '/rerank': rerank,
  '/images': images,
  '/videos': createVideo,
  '/audio/speech': speech,
  '/audio/transcriptions': transcriptions,
  '/api/alpha/decisions': decisions,
};

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** A handler that throws ends the request too. */
async function answered(handler: Handler, exchange: Exchange, runs: GatewayRuns): Promise<Response> {
  try {
    return await handler(exchange);
  } catch (error) {
    if (error instanceof ScenarioError) {
      exchange.record.scenarioError = error.message;
      if (exchange.state === runs.current()) runs.scenarioErrors.push(error);
    }
    exchange.end();
    throw error;
  }
}

/** The gateway as an application: authentication, the record of each request, and the routes. */
export function createApp(runs: GatewayRuns): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();

  function handle(handler: Handler, needsKey: boolean) {
    return async (raw: Request, env: GatewayEnv['Bindings'] | undefined): Promise<Response> => {
      const signal = env?.signal ?? raw.signal;
      const { outgoing } = env ?? {};
      const sever = outgoing === undefined ? undefined : () => void outgoing.destroy();
      const url = new URL(raw.url);
      // The route reads a form itself: its files are no text.
      const isForm = raw.headers.get('content-type')?.startsWith('multipart/') === true;
      const request = isForm ? new Request(url, { method: raw.method, headers: raw.headers, body: await raw.arrayBuffer() }) : raw;
      const text = isForm ? '' : await raw.text();
      const state = runs.current();
      const record: OpenRecord = {
        number: state.nextNumber(), method: raw.method, path: url.pathname, query: Object.fromEntries(url.searchParams),
        headers: redactedHeaders(raw.headers), body: parsed(text), attempts: [], status: 0, cost: '0', cancelled: false,
        at: state.now(),
      };
      state.remember(record);
      ownedBy(record, state);
      state.feed.changed(record);
      const passed = (): number => Math.max(0, state.now() - record.at);
      const end = (): void => {
        state.budget?.release(record.number);
        record.durationMs = passed();
        completeGeneration(exchange);
        state.feed.changed(record);
      };
      const exchange: Exchange = { state, record, request, text, signal, sever, end, watched: false };
      const abort = (): void => {
        if (record.status === 0 && record.durationMs === undefined) record.cancelled = true;
      };
      signal.addEventListener('abort', abort, { once: true });
      const denied = needsKey ? checkAuth(raw.headers, state.apiKeys) : undefined;
      const response = denied === undefined ? await answered(handler, exchange, runs) : Response.json(denied, { status: 401 });
      record.status = response.status;
      record.respondedMs = passed();
      if (exchange.watched) state.feed.changed(record);
      else end();
      response.headers.set('access-control-allow-origin', '*');
      response.headers.set('access-control-expose-headers', EXPOSED);
      return response;
    };
  }

  function route(method: 'GET' | 'POST', path: string, handler: Handler, needsKey = true): void {
    const run = handle(handler, needsKey);
    app.on(method, path.startsWith('/api/') ? path : `/api/v1${path}`, (c) => run(c.req.raw, c.env));
  }

  servePage(app, runs);
  app.options('*', (c) => preflight(c.req.raw));
  for (const [path, handler] of Object.entries(INFERENCE)) route('POST', path, handler);
  // before the jobs: `models` is no id of a video
  for (const [path, handler] of Object.entries(catalogueRoutes)) route('GET', path, handler, false);
  route('GET', '/videos/:id', readVideo);
  route('GET', '/videos/:id/content', downloadVideo);
  route('GET', '/generation', ({ state, request }) => generation(state, new URL(request.url).searchParams.get('id') ?? undefined));
  route('GET', '/models/user', userModels);
  for (const [path, handler] of Object.entries(account)) route('GET', path, handler);
  const missing = handle(() => Response.json(errorBody(404, 'Not Found'), { status: 404 }), false);
  app.notFound((c) => missing(c.req.raw, c.env));
  // A bug of the gateway, an abort and a broken connection all reject the call instead of becoming a response.
  app.onError((error) => {
    throw error;
  });
  return app;
}
