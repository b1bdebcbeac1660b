import { flood, trickle } from '../servers/flood.js';
import { http } from '../servers/served.js';
import { type FaultGroup, limited, SHORT } from './fault.js';

const MEGABYTE = 1024 * 1024;
const sizes = { maxBodySize: MEGABYTE, maxEventSize: MEGABYTE };
const COMMENT = ': OPENROUTER PROCESSING\n\n';
const tooLarge = { json: 'StreamError too-large', stream: 'StreamError too-large' };

export const endless: FaultGroup = {
  title: 'Too much, or without end',
  faults: [
    { name: '100 MB, with a limit of 1 MB (`sizes`)', serve: ({ kind }, { type }) => flood(200, type, kind === 'json' ? '{"pad":"' : 'data: {"pad":"', undefined, 100 * MEGABYTE), sizes, ends: tooLarge },
    { name: 'one event or string that never ends (`sizes`)', serve: ({ kind }, { type }) => flood(200, type, kind === 'json' ? '{"pad":"' : 'data: {"pad":"'), sizes, ends: tooLarge },
    {
      name: 'an event that never ends, half-way (`sizes`)',
      serve: (_mode, { type, half }) => flood(200, type, `${half.toString()}data: {"pad":"`),
      sizes,
      arrives: { stream: 'half' },
      ends: { json: 'StreamError too-large', stream: 'StreamError too-large, all kept' },
    },
    {
      name: 'an error of 100 MB',
      serve: () => flood(500, 'application/json', '{"error":{"message":"', undefined, 100 * MEGABYTE),
      ends: { json: 'APIError 500 server, retryable', stream: 'APIError 500 server, retryable' },
    },
    {
      name: 'comments or blanks for ever (`firstTokenTimeout`, `deadline`)',
      serve: ({ kind }, { type }) => trickle(type, '', kind === 'json' ? ' ' : COMMENT),
      limits: { json: { deadline: SHORT }, stream: { firstTokenTimeout: SHORT } },
      ends: { json: 'TimeoutError deadline', stream: 'TimeoutError first-token, retryable' },
    },
    {
      name: 'comments or blanks for ever, half-way (`idleTimeout`, `deadline`)',
      serve: ({ kind }, { type, half }) => trickle(type, half, kind === 'json' ? ' ' : COMMENT),
      limits: { json: { deadline: SHORT }, stream: { idleTimeout: SHORT } },
      arrives: { stream: 'half' },
      ends: { json: 'TimeoutError deadline', stream: 'StreamError idle, all kept' },
    },
    {
      name: 'comments or blanks for ever, as fast as they are read (`firstTokenTimeout`, `deadline`)',
      serve: ({ kind }, { type }) => flood(200, type, '', (kind === 'json' ? '    ' : COMMENT).repeat(16)),
      limits: { json: { deadline: SHORT }, stream: { firstTokenTimeout: SHORT } },
      ends: { json: 'TimeoutError deadline', stream: 'TimeoutError first-token, retryable' },
    },
    {
      name: 'comments or blanks for a while, then the answer',
      serve: ({ kind }, { type, bytes }) => http((response) => {
        response.writeHead(200, { 'content-type': type });
        const again = setInterval(() => response.write(kind === 'json' ? '\n' : COMMENT), 5);
        setTimeout(() => {
          clearInterval(again);
          response.end(bytes);
        }, 50);
      }),
      ends: { json: 'answer', stream: 'answer' },
    },
    {
      name: 'a stream that goes on after `[DONE]`',
      serve: ({ kind }, { type, bytes }) => (kind === 'json' ? http((response) => response.writeHead(200, { 'content-type': type }).end(bytes)) : trickle(type, bytes, COMMENT)),
      ends: { json: 'answer', stream: 'answer' },
    },
    {
      name: 'one byte at a time',
      serve: (_mode, { type, bytes }) => http((response) => {
        response.writeHead(200, { 'content-type': type });
        for (const byte of bytes) response.write(Buffer.of(byte));
        response.end();
      }),
      ends: { json: 'answer', stream: 'answer' },
    },
    {
      name: 'half an answer for ever (`deadline`)',
      serve: ({ kind }, { type, half }) => (kind === 'json' ? trickle(type, half, 'x') : trickle(type, half, `data: ${JSON.stringify({ choices: [{ index: 0, delta: { role: 'assistant' } }] })}\n\n`)),
      limits: limited({ deadline: SHORT * 4 }),
      arrives: { stream: 'half' },
      ends: { json: 'TimeoutError deadline', stream: 'StreamError deadline, all kept' },
    },
  ],
};
