import type { ErrorDetail } from '../wire/error-body.js';
import { isRecord } from '../policy/report.js';
import { textOf } from '../text-of.js';
import { APIError } from './api-error.js';
import { type ErrorContext, errorFromDetail } from './from-detail.js';
import { LIKE_JSON, messageOf, parseMaybe } from './message-of.js';
import { isRetryableFailure, reasonOfFailure } from './reason.js';
import { redact } from './redact.js';

const contentOf = (text: string, { httpStatus, headers, secrets }: ErrorContext): string =>
  describeBody(text, headers?.['content-type'], httpStatus >= 400 ? 80 : 0, secrets);

/**
 * One line on a body that could not be read: what kind, how long, a page's title, and of other text at most so many characters. What
 * came with a good status is not quoted, since it may echo a prompt.
 */
function describeBody(text: string, contentType: string | undefined, quoted: number, secrets?: readonly string[]): string {
  if (text.trim() === '') return 'an empty body';
  const size = `${text.length} characters of ${contentType ?? 'no content type'}`;
  if (LIKE_JSON.test(text)) return `${size} that are not the JSON expected`;
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1];
  const said = redact(title ?? text, secrets).replaceAll(/\s+/g, ' ').trim().slice(0, title === undefined ? quoted : 80);
  return `${size} instead of JSON${said === '' ? '' : `: "${said}"`}`;
}

/**
 * The typed error in a parsed body, or `undefined` where it holds none. It takes every envelope that is seen: `{error: {…}}`,
 * `{error: 'text'}`, the validator's `{success: false, error: {name, message}}`, and those of `/messages` and `/responses`.
 *
 * @param context asked for where there is an error, and not before.
 */
export function errorFromBody(body: unknown, context: () => ErrorContext): APIError | undefined {
  const envelope = Array.isArray(body) ? body[0] : body;
  if (!isRecord(envelope) || !envelope['error']) return undefined;
  const { error } = envelope;
  // Every field of a detail is optional and read with care, so any object is one.
  const detail: ErrorDetail = isRecord(error) ? error : { message: messageOf(error) ?? '' };
  const { id, provider, error_type: errorType, code } = envelope;
  return errorFromDetail({ code: typeof code === 'number' ? code : textOf(code), ...detail }, {
    ...context(),
    responseBody: body,
    errorType: textOf(errorType),
    generationId: textOf(id),
    provider: textOf(provider),
  });
}

/**
 * The typed error for a response whose status is not 2xx. Total: a page of HTML, an empty body or half of one give an error
 * that says so, with the reason of the status.
 */
export function errorFromResponse(text: string, context: ErrorContext): APIError {
  const body = parseMaybe(text);
  const found = errorFromBody(body, () => context);
  if (found !== undefined) return found;
  const said = typeof body === 'string' ? undefined : messageOf(body);
  const message = said ?? `The server answered with status ${context.httpStatus} and ${contentOf(text, context)}`;
  return errorFromDetail({ message }, { ...context, responseBody: body });
}

/** The typed error for a 2xx response that should have been JSON and is not. Retryable where it began as JSON, or not at all. */
export function errorFromNonJson(text: string, context: ErrorContext): APIError {
  const whole = errorFromResponse(text, context);
  const begun = text.trim() === '' || LIKE_JSON.test(text);
  const evidence = { status: begun ? 502 : undefined };
  const { responseHeaders, responseBody } = whole;
  const message = `The server answered with ${contentOf(text, context)}`;
  const fields = { message, reason: reasonOfFailure(evidence), isRetryable: isRetryableFailure(evidence), responseHeaders, responseBody };
  return new APIError(Object.assign({}, whole, fields));
}
