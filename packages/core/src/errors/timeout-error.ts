import { identify, isMarked, OpenRouterError } from './openrouter-error.js';

/** Which limit ran out: to the response headers, to the first content, between two chunks, or for the whole call. */
export type TimeoutKind = 'response' | 'first-token' | 'idle' | 'deadline';

const WHAT: Readonly<Record<TimeoutKind, string>> = {
  response: 'No response headers',
  'first-token': 'No content',
  idle: 'Nothing new',
  deadline: 'Not finished',
};

/**
 * A time limit of the client ran out before anything was handed out. It does not cover a timeout that the server reports
 * (`APIError` with reason `timeout`), a stream that stalls after content (`StreamError`, with this as `cause`), or the caller's
 * own `AbortSignal.timeout()`, which rejects with the signal's reason.
 */
export class TimeoutError extends OpenRouterError {
  declare readonly kind: TimeoutKind;
  /** The limit in milliseconds. */
  declare readonly limitMs: number;
  /** `false` for the deadline, since there is no time left. */
  declare readonly isRetryable: boolean;

  constructor(kind: TimeoutKind, limitMs: number, options?: { cause?: unknown }) {
    super('timeout', `${WHAT[kind]} within ${limitMs} ms`, options);
    identify(this, 'TimeoutError', { kind, limitMs, isRetryable: kind !== 'deadline' });
  }

  static override isInstance(value: unknown): value is TimeoutError {
    return isMarked(value, 'TimeoutError');
  }
}
