import { APIError } from './api-error.js';
import { NetworkError } from './network-error.js';
import type { FailureReason } from './reason.js';
import { StreamError } from './stream-error.js';
import { TimeoutError } from './timeout-error.js';

/**
 * Why an attempt failed, for any error that one can fail with; `unknown` for whatever else was thrown.
 *
 * @example
 * if (reasonOf(error) === 'no-route') relaxPreferences();
 */
export function reasonOf(error: unknown): FailureReason {
  if (APIError.isInstance(error)) return error.reason;
  if (NetworkError.isInstance(error)) return 'network';
  if (TimeoutError.isInstance(error)) return 'timeout';
  // A provider's error inside a response is told by what the provider said.
  if (StreamError.isInstance(error)) return APIError.isInstance(error.cause) ? error.cause.reason : 'stream';
  return 'unknown';
}
