import { faults, ok, respond } from '@waypost/testing';
import { gateway } from '../servers/gateway.js';
import { payloadOf } from '../servers/payload.js';
import { http } from '../servers/served.js';
import type { Fault, FaultGroup } from './fault.js';

const both = (end: string): Fault['ends'] => ({ json: end, stream: end });
/** A good answer under another content type. */
const typed = (name: string, type: string | undefined, ends: Fault['ends']): Fault => ({
  name,
  serve: (_mode, { bytes }) => http((response) => response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end(bytes)),
  ends,
});
const html = { headers: { 'content-type': 'text/html' } };

export const bodies: FaultGroup = {
  title: 'Status 200, and not an answer',
  faults: [
    {
      name: 'an error as the whole body',
      serve: (mode) => gateway(mode, { gateway: faults.errorOnly(502) }),
      ends: both('APIError 502 server, retryable'),
    },
    {
      name: 'an error that no retry mends, as the whole body',
      serve: (mode) => gateway(mode, { gateway: faults.errorOnly(401, 'User not found.') }),
      ends: both('APIError 401 authentication'),
    },
    {
      name: 'an error as the first event',
      serve: (mode) => gateway(mode, { gateway: ok(undefined), wire: { opening: false, error: { after: 0, shape: 'bare', detail: { code: 429, message: 'Slow down' } } } }),
      ends: both('APIError 429 rate-limit, retryable'),
    },
    {
      name: 'a page of HTML',
      serve: (mode) => gateway(mode, { gateway: respond(200, '<!doctype html><title>Sign in to the hotel</title>', html) }),
      ends: both('APIError 200 unknown'),
    },
    {
      name: 'an empty body',
      serve: ({ kind }) => http((response) => response.writeHead(200, { 'content-type': kind === 'json' ? 'application/json' : 'text/event-stream' }).end()),
      ends: { json: 'APIError 200 server, retryable', stream: 'StreamError truncated, retryable' },
    },
    {
      name: 'plain text',
      serve: (mode) => gateway(mode, { gateway: respond(200, 'upstream connect error') }),
      ends: { json: 'APIError 200 unknown', stream: 'StreamError truncated, retryable' },
    },
    {
      name: 'JSON of another shape',
      serve: (mode) => gateway(mode, { gateway: respond(200, { status: 'ok' }) }),
      ends: both('APIError 200 server, retryable'),
    },
    {
      name: 'JSON in place of a stream, a stream in place of JSON',
      serve: (mode) => {
        const { bytes, type } = payloadOf({ ...mode, kind: mode.kind === 'json' ? 'stream' : 'json' });
        return http((response) => response.writeHead(200, { 'content-type': type }).end(bytes));
      },
      ends: { json: 'APIError 200 unknown', stream: 'answer' },
    },
    typed('the right body called plain text', 'text/plain', both('answer')),
    typed('the right body without a content type', undefined, both('answer')),
    typed('the right body called binary', 'application/octet-stream', both('answer')),
  ],
};
