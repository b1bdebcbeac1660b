import type { Hono } from 'hono';
import type { GatewayEnv } from '../options.js';
import { errorBody } from '../serve/error-body.js';
import type { SharedState } from '../state.js';
import { pageEvents } from './events.js';
import { namesLoopback } from './loopback.js';
import { PAGE, PAGE_POLICY } from './page.generated.js';
import { toContents, toPageList } from './view.js';

/** What is on the page is nobody else's: not another site's, not a cache's. */
const PRIVATE = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const ELSEWHERE = 'The page answers only under a name of this machine, such as 127.0.0.1 or localhost.';

/** The page at `/` and what it reads. None of these requests is recorded. */
export function servePage(app: Hono<GatewayEnv>, state: SharedState): void {
  function get(path: string, answer: (request: Request, env: GatewayEnv['Bindings'], parameter: string) => Response): void {
    app.get(path, (c) => {
      const response = namesLoopback(c.req.raw) ? answer(c.req.raw, c.env ?? {}, c.req.param('number') ?? '') : new Response(ELSEWHERE, { status: 403 });
      for (const [name, value] of Object.entries(PRIVATE)) response.headers.set(name, value);
      return response;
    });
  }

  get('/', () => new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY } }));
  get('/__waypost/requests', () => Response.json(toPageList(state)));
  get('/__waypost/requests/:number', (_request, _env, number) => {
    const record = state.requests.find((one) => String(one.number) === number);
    return record === undefined
      ? Response.json(errorBody(404, `There is no request ${number}.`), { status: 404 })
      : Response.json(toContents(record, state));
  });
  get('/__waypost/events', (request, { signal, closing }) => {
    const signals = [request.signal, signal, closing].filter((one) => one !== undefined);
    return new Response(pageEvents(state, signals), { headers: { 'content-type': 'text/event-stream' } });
  });
}
