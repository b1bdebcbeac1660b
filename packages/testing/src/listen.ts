import type { ListenOn, LocalServer } from './options.js';
import type { Feed } from './page/feed.js';

/** A connection that can be cut. */
interface Outgoing {
  destroy(): unknown;
}

/** Answers a request; `closing` aborts when the server closes. */
type Answer = (request: Request, outgoing: Outgoing, closing: AbortSignal) => Response | Promise<Response>;

/** What was written before gets its chance to leave. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/**
 * Serves on the loopback interface; port 0 takes a free one. The server is imported here, so that what is used in process runs where
 * there is no Node. `feed`: whose watchers are told of the end.
 */
export async function listen(answer: Answer, on: ListenOn = 0, feed?: Feed): Promise<LocalServer> {
  const { serve } = await import('@hono/node-server');
  const { port = 0 } = typeof on === 'number' ? { port: on } : on;
  const closing = new AbortController();
  return new Promise((resolve, reject) => {
    // what its process calls `Request` and `Response` stays what it was: clients compare with `instanceof`
    const options = { port, hostname: '127.0.0.1', overrideGlobalObjects: false };
    const server = serve({ ...options, fetch: (request, { outgoing }) => answer(request, outgoing, closing.signal) }, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}/api/v1`,
        async close() {
          const watched = feed?.watched() === true;
          closing.abort();
          if (watched) await nextTask();
          await new Promise<void>((done, failed) => {
            if ('closeAllConnections' in server) server.closeAllConnections();
            server.close((error) => (error === undefined ? done() : failed(error)));
          });
        },
      });
    });
    server.once('error', reject);
  });
}
