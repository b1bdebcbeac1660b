import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A server that listens on the loopback interface. */
export interface Served {
  /** Base URL for a client. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function listen(server: HttpServer | TcpServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}

async function closed(server: HttpServer | TcpServer): Promise<void> {
  const gone = once(server, 'close');
  server.close();
  await gone;
}

/** Answers by hand, once the whole request has been read: a connection that breaks later breaks for no other reason. */
export async function http(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<Served> {
  const server = createHttpServer((request, response) => {
    request.on('end', () => answer(response, request)).resume();
  });
  const url = await listen(server);
  return {
    url,
    close() {
      server.closeAllConnections();
      return closed(server);
    },
  };
}

/** Answers with bytes of its own on a bare socket, once the whole request has been read. */
export async function tcp(answer: (socket: Socket) => void): Promise<Served> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    let request = '';
    let answered = false;
    // a client that resets the connection is no failure of the server
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.setEncoding('latin1').on('data', (bytes: string) => {
      request += bytes;
      const head = request.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
      if (answered || head === -1 || request.length < head + 4 + length) return;
      answered = true;
      answer(socket);
    });
  });
  const url = await listen(server);
  return {
    url,
    close() {
      for (const socket of sockets) socket.destroy();
      return closed(server);
    },
  };
}

/** An address where nobody listens: of a port that no system hands out, since a free one of those may be another server's a moment later. */
export async function nobody(): Promise<Served> {
  return { url: 'http://127.0.0.1:2/api/v1', close: () => Promise.resolve() };
}
