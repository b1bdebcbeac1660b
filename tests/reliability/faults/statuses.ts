import { fail, faults, respond, type RespondOutcome } from '@waypost/testing';
import { gateway } from '../servers/gateway.js';
import { http } from '../servers/served.js';
import { MODEL } from '../modes.js';
import type { Fault, FaultGroup } from './fault.js';

const both = (end: string): Fault['ends'] => ({ json: end, stream: end });
/** OpenRouter itself answers so. */
const said = (name: string, outcome: RespondOutcome, end: string): Fault => ({ name, serve: (mode) => gateway(mode, { gateway: outcome }), ends: both(end) });
/** Every endpoint of the model fails so. */
const failed = (status: number, end: string, options: Parameters<typeof fail>[1] = {}): Fault => ({
  name: String(status),
  serve: (mode) => gateway(mode, { models: { [MODEL]: fail(status, options) } }),
  ends: both(end),
});
const detail = (code: number, message: string): RespondOutcome => respond(code, { error: { code, message } });
const html = { headers: { 'content-type': 'text/html' } };

export const statuses: FaultGroup = {
  title: 'An error status',
  faults: [
    {
      name: '307, a redirect',
      serve: () => http((response) => response.writeHead(307, { location: 'https://elsewhere.example/' }).end()),
      ends: both('APIError 307 unknown'),
    },
    said('400, an invalid request', faults.zod(), 'APIError 400 invalid-request'),
    said('400, a prompt too long', detail(400, "This endpoint's maximum context length is 8192 tokens."), 'APIError 400 context-length'),
    said('401', detail(401, 'User not found.'), 'APIError 401 authentication'),
    said('402, out of credits', faults.noCredits(), 'APIError 402 credits'),
    said('402, credits held by requests in flight', faults.inFlight(1), 'APIError 402 credits, retryable after 1 s'),
    said('403, moderation', faults.moderation(), 'APIError 403 moderation'),
    said('403, a budget spent', faults.budget(), 'APIError 403 credits'),
    said('404, no endpoint fits', detail(404, 'No allowed providers are available for the selected model.'), 'NoRouteError 404 no-route'),
    said('404, no such model', detail(404, 'acme/atlas is not a valid model ID'), 'APIError 404 model-not-found'),
    failed(408, 'APIError 408 timeout, retryable'),
    said('409', detail(409, 'Conflict'), 'APIError 409 invalid-request'),
    said('413', detail(413, 'Payload too large'), 'APIError 413 too-large'),
    said('422', detail(422, 'Unprocessable'), 'APIError 422 invalid-request'),
    failed(429, 'APIError 429 rate-limit, retryable'),
    { ...failed(429, 'APIError 429 rate-limit, retryable after 2 s', { retryAfter: 2 }), name: '429 with `Retry-After`' },
    said('500', faults.internal(), 'APIError 500 server, retryable'),
    failed(502, 'APIError 502 server, retryable'),
    failed(503, 'APIError 503 overloaded, retryable'),
    failed(504, 'APIError 504 timeout, retryable'),
    said('524, a page of HTML', faults.htmlTimeout(), 'APIError 524 timeout, retryable'),
    failed(529, 'APIError 529 overloaded, retryable'),
    said('502, a page of HTML', respond(502, '<!doctype html><title>Bad gateway</title>', html), 'APIError 502 server, retryable'),
    said('503, an empty body', respond(503, ''), 'APIError 503 overloaded, retryable'),
    {
      name: '500, its body cut',
      serve: () => http((response) => {
        response.writeHead(500, { 'content-type': 'application/json' }).write('{"error":{"code":500,"mess', () => response.destroy());
      }),
      ends: both('APIError 500 server, retryable'),
    },
  ],
};
