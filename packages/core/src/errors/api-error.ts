import type { ErrorMetadata } from '../wire/error-body.js';
import { type ErrorCode, identify, isMarked, OpenRouterError } from './openrouter-error.js';
import type { FailureReason } from './reason.js';

/** What an {@link APIError} is made of; see its fields. */
export interface APIErrorOptions {
  message: string;
  status: number;
  httpStatus?: number;
  reason: FailureReason;
  isRetryable: boolean;
  errorType?: string;
  provider?: string;
  raw?: unknown;
  metadata?: ErrorMetadata;
  generationId?: string;
  retryAfterMs?: number;
  responseHeaders?: Readonly<Record<string, string>>;
  responseBody?: unknown;
  url?: string;
  cause?: unknown;
}

/**
 * The server answered with an error: by HTTP status, in a body with status 200, or as the first event of a stream. It does
 * not cover a request that got no answer (`NetworkError`, `TimeoutError`), or an error after a stream has delivered content
 * (`StreamError`, with this as `cause`).
 *
 * @example
 * if (APIError.isInstance(error) && error.reason === 'rate-limit') await sleep(error.retryAfterMs ?? 1000);
 */
export class APIError extends OpenRouterError {
  /** The status that counts: the HTTP status, or the body's own code where HTTP said 200. */
  declare readonly status: number;
  /** The status on the wire. */
  declare readonly httpStatus: number;
  declare readonly reason: FailureReason;
  /** Whether the same request may succeed later. */
  declare readonly isRetryable: boolean;
  /** Milliseconds until a retry makes sense, where the server says so. */
  declare readonly retryAfterMs: number | undefined;
  /** OpenRouter's `error_type`, where it is told. */
  declare readonly errorType: string | undefined;
  /** Display name of the provider that failed. */
  declare readonly provider: string | undefined;
  declare readonly generationId: string | undefined;
  /** Without user-info and query. */
  declare readonly url: string | undefined;

  // The rest may echo prompts, so it does not print.
  /** What the provider itself said: text, or the value of the JSON it sent. */
  declare readonly raw: unknown;
  declare readonly metadata: ErrorMetadata | undefined;
  /** By lower-case name. */
  declare readonly responseHeaders: Readonly<Record<string, string>>;
  /** The whole body: parsed where it was JSON, else its text. */
  declare readonly responseBody: unknown;

  constructor(options: APIErrorOptions, code: ErrorCode = 'api_error') {
    const { message, cause: _, raw, metadata, responseHeaders = {}, responseBody, ...fields } = options;
    super(code, message, options);
    identify(this, 'APIError', { httpStatus: fields.status, ...fields, code }, { raw, metadata, responseHeaders, responseBody });
  }

  static override isInstance(value: unknown): value is APIError {
    return isMarked(value, 'APIError');
  }
}
