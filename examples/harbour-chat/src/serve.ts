import { serve as listen } from '@hono/node-server';

export interface Server {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an application to this machine only. Port 0 takes a free one. */
export function serve(fetch: (request: Request) => Response | Promise<Response>, port = 0): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, port, hostname: '127.0.0.1' }, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        close: () => new Promise((done, failed) => {
          if ('closeAllConnections' in server) server.closeAllConnections();
          server.close((error) => (error === undefined ? done() : failed(error)));
        }),
      });
    });
    server.once('error', reject);
  });
}
