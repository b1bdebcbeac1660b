import type { ServerResponse } from 'node:http';
import { http, tcp } from '../servers/served.js';
import { gateway } from '../servers/gateway.js';
import { type Fault, type FaultGroup, limited, SHORT } from './fault.js';

const arrives = { stream: 'half' } as const;
const truncated = 'StreamError truncated, all kept';
const failure = { id: 'gen-1', choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }], error: { code: 502, message: 'Provider disconnected' } };

const whole = { json: 'answer', stream: 'answer' };

/** Part of an answer, and then whatever `after` does. */
const partThen = (part: 'half' | 'finished', after: (response: ServerResponse) => void): Fault['serve'] => (_mode, { type, [part]: bytes }) =>
  http((response) => {
    response.writeHead(200, { 'content-type': type }).write(bytes, () => after(response));
  });
const halfThen = (after: (response: ServerResponse) => void): Fault['serve'] => partThen('half', after);
const finishedThen = (after: (response: ServerResponse) => void): Fault['serve'] => partThen('finished', after);

const halfOpen: Fault['serve'] = (_mode, { type, half }) => tcp((socket) => {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n`);
  socket.write(half);
  socket.write('\r\n', () => socket.pause());
});

export const breaks: FaultGroup = {
  title: 'An answer that breaks off',
  faults: [
    { name: 'ends too early', serve: halfThen((response) => response.end()), arrives, ends: { json: 'APIError 200 server, retryable', stream: truncated } },
    { name: 'closed half-way', serve: halfThen((response) => response.destroy()), arrives, ends: { json: 'NetworkError, retryable', stream: truncated } },
    {
      name: 'reset half-way',
      // the bytes before a reset reach the reader only if it had the time to take them
      serve: halfThen((response) => setTimeout(() => response.socket?.resetAndDestroy(), 100)),
      arrives,
      ends: { json: 'NetworkError, retryable', stream: truncated },
    },
    {
      name: 'shorter than its `Content-Length`',
      serve: (_mode, { type, bytes, half }) => http((response) => {
        response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).write(half, () => response.destroy());
      }),
      arrives,
      ends: { json: 'NetworkError, retryable', stream: truncated },
    },
    {
      name: 'an error after half of it',
      serve: (_mode, { type, half }) => http((response) => response.writeHead(200, { 'content-type': type }).end(`${half.toString()}data: ${JSON.stringify(failure)}\n\n`)),
      arrives,
      ends: { json: 'APIError 200 server, retryable', stream: 'StreamError provider, all kept' },
      aiSdk: { stream: 'error part APICallError 502, all kept' },
    },
    {
      name: 'an error after all of it',
      serve: (mode) => gateway(mode, { wire: { error: { after: 'end', shape: 'chunk' } } }),
      arrives: { json: 'whole', stream: 'whole' },
      ends: { json: 'StreamError provider, retryable, all kept', stream: 'StreamError provider, all kept' },
      aiSdk: { json: 'APICallError 502, retryable, all kept', stream: 'error part APICallError 502, all kept' },
    },
    {
      name: 'no JSON half-way',
      serve: (_mode, { type, half, bytes }) => http((response) => response.writeHead(200, { 'content-type': type }).end(`${half.toString()}data: {"id":<html>\n\n${bytes.toString()}`)),
      arrives,
      ends: { json: 'APIError 200 server, retryable', stream: 'StreamError malformed, all kept' },
    },
    { name: 'no finish reason', serve: (mode) => gateway(mode, { wire: { finish: 'missing', usage: 'missing', done: false } }), arrives: { stream: 'whole' }, ends: { json: 'answer', stream: truncated } },
    { name: 'no `[DONE]`', serve: (mode) => gateway(mode, { wire: { done: false } }), ends: whole },
    { name: 'closed after the last brace, or after the finish reason', serve: finishedThen((response) => response.destroy()), ends: whole },
    { name: 'silence after the last brace, or after the finish reason (`idleTimeout`)', serve: finishedThen(() => undefined), limits: limited({ idleTimeout: SHORT }), ends: whole },
    {
      name: 'silence after the headers (`firstTokenTimeout`, `idleTimeout`)',
      serve: (_mode, { type }) => http((response) => response.writeHead(200, { 'content-type': type }).flushHeaders()),
      limits: { json: { idleTimeout: SHORT }, stream: { firstTokenTimeout: SHORT } },
      ends: { json: 'TimeoutError idle, retryable', stream: 'TimeoutError first-token, retryable' },
    },
    { name: 'silence half-way (`idleTimeout`)', serve: halfThen(() => undefined), limits: limited({ idleTimeout: SHORT }), arrives, ends: { json: 'TimeoutError idle, retryable', stream: 'StreamError idle, all kept' } },
    { name: 'silence half-way (`deadline`)', serve: halfThen(() => undefined), limits: limited({ deadline: SHORT * 4 }), arrives, ends: { json: 'TimeoutError deadline', stream: 'StreamError deadline, all kept' } },
    { name: 'gone without a word, half-way (`idleTimeout`)', serve: halfOpen, limits: limited({ idleTimeout: SHORT }), arrives, ends: { json: 'TimeoutError idle, retryable', stream: 'StreamError idle, all kept' } },
  ],
};
