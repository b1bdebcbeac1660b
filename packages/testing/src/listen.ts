import type { GatewayServer } from './options.js';

/** A connection that can be cut. */
export interface Outgoing {
  destroy(): unknown;
}

/**
 * Serves on the loopback interface; port 0 takes a free one. The server is imported here, so that what is used in process runs where
 * there is no Node.
 */
export async function listen(answer: (request: Request, outgoing: Outgoing) => Response | Promise<Response>, port: number): Promise<GatewayServer> {
  const { serve } = await import('@hono/node-server');
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: (request, { outgoing }) => answer(request, outgoing), port, hostname: '127.0.0.1' }, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}/api/v1`,
        close: () => new Promise((done, failed) => {
          if ('closeAllConnections' in server) server.closeAllConnections();
          server.close((error) => (error === undefined ? done() : failed(error)));
        }),
      });
    });
    server.once('error', reject);
  });
}
