import type { ErrorMetadata } from '../wire/error-body.js';
import { type ErrorCode, isMarked, markError, OpenRouterError } from './openrouter-error.js';
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
  override readonly name: string = 'APIError';
  /** The status that counts: the HTTP status, or the body's own code where HTTP said 200. */
  readonly status: number;
  /** The status on the wire. */
  readonly httpStatus: number;
  readonly reason: FailureReason;
  /** Whether the same request may succeed later. */
  readonly isRetryable: boolean;
  /** Milliseconds until a retry makes sense, where the server says so. */
  readonly retryAfterMs: number | undefined;
  /** OpenRouter's `error_type`, where it is told. */
  readonly errorType: string | undefined;
  /** Display name of the provider that failed. */
  readonly provider: string | undefined;
  readonly generationId: string | undefined;
  /** Without user-info and query. */
  readonly url: string | undefined;

  // The rest may echo prompts: it is there to be read, and not enumerable so that no log prints it by itself.
  /** What the provider itself said: text, or the value of the JSON it sent. */
  declare readonly raw: unknown;
  declare readonly metadata: ErrorMetadata | undefined;
  /** By lower-case name. */
  declare readonly responseHeaders: Readonly<Record<string, string>>;
  /** The whole body: parsed where it was JSON, else its text. */
  declare readonly responseBody: unknown;

  constructor(options: APIErrorOptions, code: ErrorCode = 'api_error') {
    super(code, options.message, 'cause' in options ? { cause: options.cause } : {});
    this.status = options.status;
    this.httpStatus = options.httpStatus ?? options.status;
    this.reason = options.reason;
    this.isRetryable = options.isRetryable;
    this.retryAfterMs = options.retryAfterMs;
    this.errorType = options.errorType;
    this.provider = options.provider;
    this.generationId = options.generationId;
    this.url = options.url;
    const { raw, metadata, responseHeaders = {}, responseBody } = options;
    for (const [name, value] of Object.entries({ raw, metadata, responseHeaders, responseBody })) Object.defineProperty(this, name, { value });
    markError(this, 'APIError');
  }

  static override isInstance(value: unknown): value is APIError {
    return isMarked(value, 'APIError');
  }
}
