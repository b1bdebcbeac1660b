import { APIError, type FailureReason, InvalidOptionsError, NetworkError, OpenRouterError, PolicyConflictError, redact, StreamError, TimeoutError } from '@waypost/core';
import { statusOf } from './error-response.js';
import { maskBytes } from './mask-bytes.js';
import { toldMessage } from './told-error.js';

// What of the answer's headers goes to the page; everything else, cookies above all, stays.
const PASSED = ['x-generation-id', 'x-request-id', 'request-id', 'retry-after', 'x-should-retry'];
// Anything else is bytes: a page of HTML would run in the page's own origin.
const TYPES = /^(application\/json|text\/event-stream|audio\/[\w.+-]+)\b/i;
// Between the server and OpenRouter; the page has no part in it.
const OURS: readonly FailureReason[] = ['authentication', 'credits', 'permission'];

/** An error in OpenRouter's own shape. */
export function refusal(status: number, message: string, type: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ error: { code: status, message, metadata: { error_type: type } } });
  return new Response(body, { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-should-retry': 'false', ...headers } });
}

/** What the page is told of a refusal. Where layers contradict one another, the words are those of the server's own policy. */
const refused = (error: OpenRouterError): string =>
  PolicyConflictError.isInstance(error) && error.layers.length > 0 ? `${error.field}: the request contradicts the policy of the server` : error.message;

/** What the page is told of a call that failed: what it can do something about, and of the rest only that it failed. */
export function failure(error: unknown, key: string): Response {
  if (!OpenRouterError.isInstance(error)) return refusal(500, 'Something went wrong on the server', 'server');
  if (InvalidOptionsError.isInstance(error) || PolicyConflictError.isInstance(error)) return refusal(400, redact(refused(error), [key]), error.code);
  if (TimeoutError.isInstance(error)) return refusal(504, 'The model took too long', 'timeout');
  if (NetworkError.isInstance(error) || StreamError.isInstance(error)) return refusal(502, 'The model service cannot be reached', 'provider_unavailable', { 'x-should-retry': String(error.isRetryable) });
  if (!APIError.isInstance(error)) return refusal(502, 'The answer does not keep to the policy', error.code);
  const { reason, isRetryable, retryAfterMs, errorType } = error;
  if (OURS.includes(reason)) return refusal(502, 'The model service refused the server', 'provider_unavailable');
  const headers: Record<string, string> = { 'x-should-retry': String(isRetryable) };
  if (retryAfterMs !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterMs / 1000));
  return refusal(statusOf(error), redact(toldMessage(error), [key]), redact(errorType ?? reason, [key]), headers);
}

/** An answer as the page gets it: its body as it comes, but for the key, and of its headers those that are on the list. */
export function passedAnswer({ status, headers, body }: Response, key: string): Response {
  const type = headers.get('content-type') ?? '';
  const isStream = /event-stream/i.test(type);
  const passed = new Headers({
    'content-type': TYPES.test(type) ? type : 'application/octet-stream',
    'cache-control': isStream ? 'no-cache, no-transform' : 'no-store',
    'x-content-type-options': 'nosniff',
    ...(isStream && { 'x-accel-buffering': 'no' }),
  });
  for (const name of PASSED) {
    const value = headers.get(name);
    if (value !== null && redact(value, [key]) === value) passed.set(name, value);
  }
  return new Response(body && maskBytes(body, key), { status, headers: passed });
}
