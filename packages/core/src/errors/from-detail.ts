import { isRecord } from '../policy/report.js';
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

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The code of an error that came with HTTP 200 is its status, be it a number, a number in a string, or a word. */
function statusOf(code: unknown, errorType: string | undefined, httpStatus: number): number | undefined {
  if (httpStatus >= 400) return httpStatus;
  const number = Number.parseInt(String(code), 10);
  return number >= 400 && number < 600 ? number : (statusOfType(code) ?? statusOfType(errorType));
}

/** The typed error for an error that the server described, wherever it did: in a body, or in a chunk. */
export function errorFromDetail(given: ErrorDetail, context: ErrorContext): APIError {
  const { httpStatus, headers = {}, url, secrets } = context;
  const detail = redactDeep(given, secrets);
  const { availability, code } = detail;
  const metadata: ErrorMetadata = isRecord(detail.metadata) ? detail.metadata : {};
  // a code that is a word, not a number, is a type too
  const types = [metadata.error_type, detail['error_type'], context.errorType, detail['type'], /^\d*$/.test(String(code)) ? undefined : code];
  const errorType = types.find(isText);
  const raw = parseMaybe(metadata.raw);
  const said = messageOf(raw);
  const own = messageOf(detail.message);
  const known = statusOf(code, errorType, httpStatus);
  const status = known ?? httpStatus;
  const evidence = { status: known, errorType, message: [said, own].filter(Boolean).join('\n'), metadata, availability };
  const reason = reasonOfFailure(evidence);
  const options: APIErrorOptions = {
    message: said ?? own ?? `The server answered with status ${status} and no message`,
    status,
    httpStatus,
    reason,
    isRetryable: isRetryableFailure(evidence),
    metadata,
    responseHeaders: redactDeep(headers, secrets),
    responseBody: redactDeep(context.responseBody, secrets),
    errorType,
    provider: isText(metadata.provider_name) ? metadata.provider_name : context.provider,
    raw,
    generationId: context.generationId ?? headers['x-generation-id'],
    retryAfterMs: retryAfterMs(headers, detail, context.now),
    url: safeUrl(url),
  };
  if (reason !== 'no-route') return new APIError(options);
  const { failed_routing_step: step, routing_funnel: funnel } = metadata;
  const failedStep = isText(step) ? step : undefined;
  return new NoRouteError({
    ...options,
    ...blame([failedStep, evidence.message, availability?.excluded_by].join(' ')),
    funnel: Array.isArray(funnel) ? funnel : [],
    failedStep,
  });
}
