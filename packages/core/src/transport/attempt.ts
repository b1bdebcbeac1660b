import { type ErrorContext, errorFromDetail } from '../errors/from-detail.js';
import { errorFromResponse } from '../errors/from-response.js';
import { errorFromUnknown } from '../errors/from-unknown.js';
import { NetworkError } from '../errors/network-error.js';
import { safeUrl, secretsOf } from '../errors/redact.js';
import { createGuard, type Guard } from './guard.js';
import { readErrorText } from './read-text.js';
import type { AttemptOptions, HeaderRecord } from './types.js';

/** A response with a good status whose body is still to be read, and the guard that watches until then. */
export interface OpenResponse {
  readonly response: Response;
  readonly status: number;
  readonly headers: HeaderRecord;
  /** Whoever reads the body disposes of it. */
  readonly guard: Guard;
  /** For the errors that the body may hold. */
  readonly context: () => ErrorContext;
}

/** Response headers by lower-case name, without cookies. */
function headerRecord(headers: Headers): HeaderRecord {
  const record: Record<string, string> = {};
  headers.forEach((value, name) => {
    const key = name.toLowerCase();
    if (key !== 'set-cookie') record[key] = value;
  });
  return record;
}

/** `fetch`, but what it throws rejects. */
async function send({ effects, url, headers, body, method = body === undefined ? 'GET' : 'POST' }: AttemptOptions, signal: AbortSignal | undefined): Promise<Response> {
  // `manual`, since `follow` sends prompts and every header but the authorization on to another host, and not all edge runtimes know `error`
  return effects.fetch(url, { method, headers, redirect: 'manual', ...(signal && { signal }), ...(body !== undefined && { body }) });
}

/** The same, but it settles at once when the guard ends, even if the function given does not heed its signal. */
function guardedFetch(options: AttemptOptions, guard: Guard): Promise<Response> {
  if (guard.signal === undefined) return send(options, undefined);
  return new Promise((resolve, reject) => {
    guard.onEnd = reject;
    send(options, guard.signal)
      .then((response) => {
        // Nobody is going to read an answer that came too late.
        if (guard.ended) response?.body?.cancel().catch(() => {});
        resolve(response);
      })
      .catch(reject);
  });
}

/** What to say of a redirect; undefined for anything else. A browser tells nothing of one but that it is. */
function redirection(status: number, { location }: HeaderRecord, url: string): string | undefined {
  if (status !== 0 && (status < 300 || status >= 400)) return undefined;
  const to = location !== undefined && URL.canParse(location, url) ? new URL(location, url).origin : 'another address';
  return `The server redirects to ${to}, and keys and prompts are not sent on: give the address that answers as the base URL`;
}

/**
 * Makes one HTTP request and waits for its headers. A status outside 2xx throws an `APIError` made of the body; redirects are not
 * followed.
 *
 * @throws {APIError} the server answered with an error. @throws {NetworkError} there was no response, or what `fetch` gave is none.
 * @throws {TimeoutError} the response or the deadline took too long. The reason of the caller's signal, when that aborts.
 */
export async function attempt(options: AttemptOptions): Promise<OpenResponse> {
  const { effects, url } = options;
  const guard = createGuard(options);
  try {
    const response = await guardedFetch(options, guard);
    if (typeof response?.status !== 'number' || typeof response.headers?.forEach !== 'function') {
      throw new NetworkError('fetch gave something that is not a Response', { isRetryable: false, url: safeUrl(url) });
    }
    guard.set('response', Infinity, Infinity);
    const { status } = response;
    let listed: HeaderRecord | undefined;
    // hot: costly, and most calls look at none of them
    const list = (): HeaderRecord => (listed ??= headerRecord(response.headers));
    const context = (): ErrorContext => ({ httpStatus: status, headers: list(), url, now: effects.now(), secrets: secretsOf(options.headers) });
    if (status >= 200 && status < 300) {
      return {
        response, status, guard, context,
        get headers() {
          return list();
        },
      };
    }
    guard.set('first-token', Infinity, Infinity);
    const text = await readErrorText(response, guard, effects);
    const message = redirection(status, list(), url);
    throw message === undefined ? errorFromResponse(text, context()) : errorFromDetail({ message }, context());
  } catch (error) {
    const { ended } = guard;
    guard.dispose();
    throw ended ? ended.reason : errorFromUnknown(error, { url, secrets: secretsOf(options.headers) });
  }
}
