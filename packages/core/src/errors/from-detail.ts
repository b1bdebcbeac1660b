import { retryAfterMs } from '../transport/retry-after.js';
import type { ErrorDetail, ErrorMetadata } from '../wire/error-body.js';
import { APIError, type APIErrorOptions } from './api-error.js';
import { blame } from './blame.js';
import { messageOf, parseMaybe } from './message-of.js';
import { NoRouteError } from './no-route-error.js';
import { isRetryableFailure, reasonOfFailure, statusOfType } from './reason.js';
import { redactDeep, safeUrl } from './redact.js';

/** Where an error came from; what the errors of a response have in common. */
export interface ErrorContext {
  httpStatus: number;
  /** By lower-case name. */
  headers?: Readonly<Record<string, string>>;
  url?: string;
  /** Milliseconds since the epoch, to turn dates into waits. */
  now: number;
  /** What no message may contain; things that look like keys are masked anyway. */
  secrets?: readonly string[];
  generationId?: string;
  provider?: string;
  /** Where the detail does not say so itself: `error_type` beside `error`. */
  errorType?: string;
  responseBody?: unknown;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A code that is a word: `server_error`. */
const wordOf = (code: unknown): string | undefined => (typeof code === 'string' && !/^\d*$/.test(code) ? code : undefined);

/** The code of an error that came with HTTP 200 is its status, be it a number, a number in a string, or a word. */
function statusOf(code: unknown, errorType: string | undefined, httpStatus: number): number | undefined {
  if (httpStatus >= 400) return httpStatus;
  const number = typeof code === 'number' ? code : typeof code === 'string' ? Number.parseInt(code, 10) : Number.NaN;
  if (number >= 400 && number < 600) return number;
  return statusOfType(code) ?? statusOfType(errorType);
}

/** The typed error for an error that the server described, wherever it did: in a body, or in a chunk. */
export function errorFromDetail(given: ErrorDetail, context: ErrorContext): APIError {
  const detail = redactDeep(given, context.secrets);
  const metadata: ErrorMetadata = typeof detail.metadata === 'object' && detail.metadata !== null ? detail.metadata : {};
  const { availability } = detail;
  const errorType = textOf(metadata.error_type) ?? textOf(detail['error_type']) ?? context.errorType ?? textOf(detail['type']) ?? wordOf(detail.code);
  const raw = parseMaybe(metadata.raw);
  const said = messageOf(raw);
  const own = messageOf(detail.message);
  const status = statusOf(detail.code, errorType, context.httpStatus);
  const evidence = { status, errorType, message: [said, own].filter(Boolean).join('\n'), metadata, availability };
  const reason = reasonOfFailure(evidence);
  const headers = context.headers ?? {};
  const isRetryable = isRetryableFailure(evidence);
  const url = context.url === undefined ? undefined : safeUrl(context.url);
  const provider = textOf(metadata.provider_name) ?? context.provider;
  const generationId = context.generationId ?? headers['x-generation-id'];
  const options: APIErrorOptions = {
    message: said ?? own ?? `The server answered with status ${status ?? context.httpStatus} and no message`,
    status: status ?? context.httpStatus,
    httpStatus: context.httpStatus,
    reason,
    isRetryable,
    metadata,
    responseHeaders: redactDeep(headers, context.secrets),
    responseBody: redactDeep(context.responseBody, context.secrets),
    errorType,
    provider,
    raw,
    generationId,
    retryAfterMs: retryAfterMs(headers, detail, context.now),
    url,
  };
  if (reason !== 'no-route') return new APIError(options);
  const failedStep = textOf(metadata.failed_routing_step);
  const excluded = Array.isArray(availability?.excluded_by) ? availability.excluded_by : [];
  return new NoRouteError({
    ...options,
    ...blame([failedStep, evidence.message, ...excluded].join(' ')),
    funnel: Array.isArray(metadata.routing_funnel) ? metadata.routing_funnel : [],
    failedStep,
  });
}
