import type { ErrorContext } from '../errors/from-detail.js';
import { errorFromChunk } from '../errors/from-chunk.js';
import { errorFromBody, errorFromNonJson } from '../errors/from-response.js';
import { StreamError } from '../errors/stream-error.js';
import { isRecord } from '../policy/report.js';
import { attempt } from '../transport/attempt.js';
import { readJson } from '../transport/read-body.js';
import type { Answer, AttemptOptions } from '../transport/types.js';
import type { ResponsesResponse } from '../wire/responses.js';
import { responseError } from './event-ending.js';
import { partialResponse } from './partial.js';
import { servedInResponse } from './served.js';

const isResponse = (body: unknown): body is ResponsesResponse => isRecord(body) && Array.isArray(body['output']);

/** The body of an answer, checked for an error. What had been generated goes into the error. */
export function checkResponse(body: unknown, context: () => ErrorContext): ResponsesResponse {
  if (!isResponse(body)) throw errorFromBody(body, context) ?? errorFromNonJson(JSON.stringify(body), context());
  const detail = responseError(body);
  if (detail === undefined) return body;
  const { id, provider } = servedInResponse(body);
  const error = errorFromChunk(detail, { ...(id !== undefined && { id }), ...(provider !== undefined && { provider }) }, { ...context(), responseBody: body });
  if (body.output.length === 0) throw error;
  const { message, isRetryable } = error;
  throw new StreamError({ reason: 'provider', message, partial: partialResponse(body), isRetryable, cause: error });
}

/** Makes one request without streaming. @throws as `requestChat`. */
export async function requestResponse(options: AttemptOptions): Promise<Answer<ResponsesResponse>> {
  const open = await attempt(options);
  const body = checkResponse(await readJson(open, options), open.context);
  return { body, status: open.status, headers: open.headers };
}
