import { APIError, InvalidOptionsError, NetworkError, type OpenRouterError, PolicyConflictError, StreamError, TimeoutError } from '@waypost/core';

type Fields = { readonly [name: string]: unknown };

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

// What was said about a body that this is not.
const OF_THE_BODY = ['content-encoding', 'content-length', 'content-type', 'transfer-encoding'];
// a name from which a secret was taken is none any more
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** What the error is about, as OpenAI's errors name it. */
function paramOf(error: OpenRouterError): string | null {
  if (PolicyConflictError.isInstance(error)) return error.field;
  return InvalidOptionsError.isInstance(error) ? (error.issues[0]?.path ?? null) : null;
}

/** The status that an error has for HTTP: one that SDKs do not repeat, unless repeating makes sense. */
export function statusOf(error: OpenRouterError): number {
  if (APIError.isInstance(error)) return error.status >= 400 && error.status < 600 ? error.status : 502;
  if (TimeoutError.isInstance(error)) return 504;
  if (StreamError.isInstance(error) || NetworkError.isInstance(error)) return 502;
  return error.code === 'policy_violation' ? 403 : 400;
}

const isRetryable = (error: OpenRouterError): boolean => 'isRetryable' in error && error.isRetryable === true;

/** The server's own body, in the one shape that every SDK reads: `code` is a number, and there is a message. */
function bodyOf(error: OpenRouterError, status: number): Fields {
  const told: unknown = APIError.isInstance(error) ? error.responseBody : undefined;
  const body = isRecord(told) ? told : {};
  const detail = isRecord(body['error']) ? body['error'] : {};
  const type = (APIError.isInstance(error) && error.errorType) || error.code;
  const message = typeof detail['message'] === 'string' ? detail['message'] : error.message;
  return { ...body, error: { type, param: paramOf(error), ...detail, message, code: typeof detail['code'] === 'number' ? detail['code'] : status } };
}

/**
 * An error as a response that an SDK raises as its own: `{ error: { message, type, code, param } }`, with the server's headers where it
 * was the server's, and word on whether to try again.
 *
 * @param once whether what was asked for must not be repeated, whatever came of it.
 */
export function errorResponse(error: OpenRouterError, once = false): Response {
  const status = statusOf(error);
  const told = APIError.isInstance(error) ? Object.entries(error.responseHeaders) : [];
  const headers = new Headers(told.filter(([name]) => NAME.test(name) && !OF_THE_BODY.includes(name)));
  headers.set('content-type', 'application/json');
  headers.set('x-should-retry', String(isRetryable(error) && !once));
  const wait = APIError.isInstance(error) ? error.retryAfterMs : undefined;
  if (wait !== undefined && !headers.has('retry-after')) headers.set('retry-after-ms', String(Math.ceil(wait)));
  return new Response(JSON.stringify(bodyOf(error, status)), { status, headers });
}
