import { http, nobody, tcp } from '../servers/served.js';
import { type FaultGroup, limited, SHORT } from './fault.js';

const lost = { json: 'NetworkError, retryable', stream: 'NetworkError, retryable' };
const event = { 'content-type': 'text/event-stream' };
const json = { 'content-type': 'application/json' };

export const connection: FaultGroup = {
  title: 'No answer, or none in time',
  faults: [
    { name: 'connection refused', serve: nobody, ends: lost },
    { name: 'closed before the headers', serve: () => tcp((socket) => socket.end()), ends: lost },
    { name: 'reset before the headers', serve: () => tcp((socket) => socket.resetAndDestroy()), ends: lost },
    { name: 'cut inside the headers', serve: () => tcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: appl')), ends: lost },
    { name: 'no HTTP at all', serve: () => tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')), ends: lost },
    {
      name: 'closed after the headers',
      serve: ({ kind }) => http((response) => {
        response.writeHead(200, kind === 'json' ? json : event).flushHeaders();
        setTimeout(() => response.destroy(), 10);
      }),
      ends: lost,
    },
    {
      name: 'reset after the headers',
      serve: ({ kind }) => http((response) => {
        response.writeHead(200, kind === 'json' ? json : event).flushHeaders();
        setTimeout(() => response.socket?.resetAndDestroy(), 10);
      }),
      ends: lost,
    },
    {
      name: 'headers that take too long (`timeout`)',
      serve: (_mode, { type, bytes }) => http((response) => {
        setTimeout(() => response.writeHead(200, { 'content-type': type }).end(bytes), SHORT * 20).unref();
      }),
      limits: limited({ timeout: SHORT }),
      ends: { json: 'TimeoutError response, retryable', stream: 'TimeoutError response, retryable' },
    },
    {
      name: 'headers that never come (`deadline`)',
      serve: () => http(() => undefined),
      limits: limited({ deadline: SHORT }),
      ends: { json: 'TimeoutError deadline', stream: 'TimeoutError deadline' },
    },
    {
      name: 'gone without a word, before the headers (`timeout`)',
      serve: () => tcp((socket) => socket.pause()),
      limits: limited({ timeout: SHORT }),
      ends: { json: 'TimeoutError response, retryable', stream: 'TimeoutError response, retryable' },
    },
  ],
};
