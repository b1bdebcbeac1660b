import type { APIError } from '../errors/api-error.js';
import { errorFromChunk } from '../errors/from-chunk.js';
import type { ErrorContext } from '../errors/from-detail.js';
import { errorFromBody, errorFromNonJson } from '../errors/from-response.js';
import { errorFromUnknown } from '../errors/from-unknown.js';
import { redactErrors } from '../errors/redact-response.js';
import { StreamError } from '../errors/stream-error.js';
import { isRecord } from '../policy/report.js';
import { errorOf } from '../stream/error-of.js';
import type { ChatResponse } from '../wire/chat.js';
import { attempt, type OpenResponse } from './attempt.js';
import { saysSomething } from './carries.js';
import { DEFAULT_MAX_BODY_SIZE, readText } from './read-text.js';
import type { Answer, AttemptOptions } from './types.js';

/** Parsed, or `undefined` for what is not JSON. Whitespace that kept the connection alive may come before it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text; the caller makes an error that does not.
    return undefined;
  }
}

/**
 * Reads the text of an open response, and disposes of its guard. Between two packets `idleTimeout` may pass; keep-alive whitespace
 * counts here, since nothing else can come while the model is still at work. A body that breaks off, or does not end, after the last
 * brace of its JSON is whole.
 */
export async function readOpenText(open: OpenResponse, { effects, url, signal, limits = {}, sizes = {} }: AttemptOptions): Promise<string> {
  const { guard, response } = open;
  const { idleTimeout = Infinity } = limits;
  const onBytes = (): void => {
    guard.check();
    guard.set('idle', effects.now() + idleTimeout, idleTimeout);
  };
  guard.set('first-token', Infinity, Infinity);
  onBytes();
  try {
    const options = { maxBodySize: sizes.maxBodySize ?? DEFAULT_MAX_BODY_SIZE, onBytes };
    // no beginning of an object is an object
    return await readText(response, guard, options, (arrived) => !signal?.aborted && isRecord(parse(arrived)));
  } catch (error) {
    throw guard.ended ? guard.ended.reason : errorFromUnknown(error, { url, secrets: open.context().secrets });
  } finally {
    guard.dispose();
  }
}

/** The JSON that a text is. @throws {APIError} where it is none. */
export function parseJson(text: string, open: OpenResponse): unknown {
  const body = parse(text);
  if (body === undefined) throw errorFromNonJson(text, open.context());
  return body;
}

/** Reads the JSON body of an open response, whatever its shape; see `readOpenText`. */
export async function readJson(open: OpenResponse, options: AttemptOptions): Promise<unknown> {
  return parseJson(await readOpenText(open, options), open);
}

/** An answer whose headers are listed for whoever looks at them. */
const answerOf = <Body>(open: OpenResponse, body: Body): Answer<Body> => ({
  body,
  status: open.status,
  get headers() {
    return open.headers;
  },
});

/**
 * Makes one request and reads its JSON answer; that of status 204, which has none, is `undefined`. An `error` in a body with status 200
 * throws like any other.
 *
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} {@link StreamError} (`too-large`), or the reason of the signal.
 * @example
 * const { body } = await requestJson({ effects, url: `${baseURL}/key`, headers });
 */
export async function requestJson(options: AttemptOptions): Promise<Answer<unknown>> {
  const open = await attempt(options);
  const { status } = open;
  const text = await readOpenText(open, options);
  const body = text === '' && status === 204 ? undefined : parseJson(text, open);
  const error = errorFromBody(body, open.context);
  if (error !== undefined) throw error;
  return answerOf(open, body);
}

const isChatResponse = (body: unknown): body is ChatResponse => isRecord(body) && Array.isArray(body['choices']);

/** Whether an answer holds anything that would be a loss. */
const holdsSomething = ({ choices }: ChatResponse): boolean => choices.some((choice) => saysSomething(choice?.message));

/** A provider's error inside an answer: with what had been generated, where something had. */
function providerError(error: APIError, response: ChatResponse, { secrets }: ErrorContext): APIError | StreamError {
  if (!holdsSomething(response)) return error;
  const partial = redactErrors(response, secrets);
  const { message, isRetryable } = error;
  return new StreamError({ reason: 'provider', message, partial, isRetryable, cause: error });
}

/**
 * The body of a chat answer, checked for errors in any of the places that they come in: `error`, `choices[].error`, or
 * `finish_reason: "error"`. What had been generated goes into the error.
 */
export function checkChat(body: unknown, context: () => ErrorContext): ChatResponse {
  const topLevel = errorFromBody(body, context);
  if (!isChatResponse(body)) throw topLevel ?? errorFromNonJson(JSON.stringify(body), context());
  if (topLevel !== undefined) throw providerError(topLevel, body, context());
  const { id, provider, choices } = body;
  // An answer carries its errors in the same places as a chunk does.
  const chunk = { id, provider, choices };
  const detail = errorOf(chunk);
  if (detail !== undefined) throw providerError(errorFromChunk(detail, chunk, { ...context(), responseBody: body }), body, context());
  return body;
}

/**
 * Makes one chat request without streaming.
 *
 * @param toResponse makes a chat answer of the body, where the route answers in a shape of its own.
 *
 * @throws {StreamError} (`provider`) the provider failed after it had generated something, which is in `partial`.
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} as `requestJson`.
 */
export async function requestChat(options: AttemptOptions, toResponse: (body: unknown) => unknown = (body) => body): Promise<Answer<ChatResponse>> {
  const open = await attempt(options);
  const body = checkChat(toResponse(await readJson(open, options)), open.context);
  return answerOf(open, body);
}
