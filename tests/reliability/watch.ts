import { subscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Effects } from '@waypost/core';

/** Counts what a call takes and must give back. */
export interface Watch {
  readonly controller: AbortController;
  readonly timer: NonNullable<Effects['timer']>;
  /** Waits a while for everything to be given back, and says what was not. */
  readonly left: (patienceMs?: number) => Promise<string[]>;
}

const PATIENCE_MS = 4000;

/** The sockets of clients in this process that are not closed. */
const sockets = new Set<Socket>();
/** By the ports of client and server: answers of a server in this process that have not ended, and whether any has. */
const exchanges = new Map<string, { open: number; ended: boolean }>();

const ports = (client: number | undefined, server: number | undefined): string => `${client}-${server}`;

subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});
subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const { socket } = request;
  const key = ports(socket.remotePort, socket.localPort);
  const known = exchanges.get(key);
  const exchange = known ?? { open: 0, ended: false };
  if (known === undefined) {
    exchanges.set(key, exchange);
    socket.once('close', () => exchanges.delete(key));
  }
  exchange.open += 1;
  response.once('close', () => {
    exchange.open -= 1;
    exchange.ended = true;
  });
});

/** A connection may stay for the next call once its answer was sent to the end. */
function isIdle({ localPort, remotePort }: Socket): boolean {
  const exchange = exchanges.get(ports(localPort, remotePort));
  return exchange !== undefined && exchange.open === 0 && exchange.ended;
}

/** Watches the sockets that lead to servers on these ports, the time limits of a call, and the listeners on its signal. */
export function watch(servers: readonly number[]): Watch {
  const controller = new AbortController();
  const timers = new Set<object>();
  // one that is still connecting does not know its port yet
  const isOurs = ({ remotePort }: Socket): boolean => remotePort === undefined || servers.includes(remotePort);
  const found = (): string[] => {
    const busy = [...sockets].filter((socket) => !socket.destroyed && isOurs(socket) && !isIdle(socket)).length;
    const listeners = getEventListeners(controller.signal, 'abort').length;
    return [
      ...(busy > 0 ? [`${busy} open sockets`] : []),
      ...(timers.size > 0 ? [`${timers.size} timers`] : []),
      ...(listeners > 0 ? [`${listeners} listeners on the signal`] : []),
    ];
  };

  return {
    controller,
    timer(ms, callback) {
      const armed = {};
      timers.add(armed);
      const handle = setTimeout(() => {
        timers.delete(armed);
        callback();
      }, ms);
      return () => {
        timers.delete(armed);
        clearTimeout(handle);
      };
    },
    async left(patienceMs = PATIENCE_MS) {
      for (const until = performance.now() + patienceMs; performance.now() < until && found().length > 0; ) await wait(5);
      return found();
    },
  };
}
