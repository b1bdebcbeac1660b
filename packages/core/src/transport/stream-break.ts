import { APIError } from '../errors/api-error.js';
import { NetworkError } from '../errors/network-error.js';
import { type PartialResponse, StreamError, type StreamErrorReason } from '../errors/stream-error.js';
import { TimeoutError } from '../errors/timeout-error.js';
import { EventTooLargeError } from '../stream/event-too-large-error.js';

/** What breaks a stream; `undefined` is an end without a finish reason. */
export type Break = Error | undefined;

function reasonOfBreak(cause: Break): StreamErrorReason {
  if (cause instanceof EventTooLargeError) return 'too-large';
  if (TimeoutError.isInstance(cause)) return cause.kind === 'deadline' ? 'deadline' : 'idle';
  if (cause === undefined || NetworkError.isInstance(cause)) return 'truncated';
  // A `MalformedChunkError`, or whatever else a chunk set off that makes no sense.
  return APIError.isInstance(cause) ? 'provider' : 'malformed';
}

function messageOfBreak(cause: Break, reason: StreamErrorReason): string {
  if (cause === undefined) return 'The stream ended before the answer did';
  return reason === 'provider' ? cause.message : `The stream broke: ${cause.message}`;
}

/**
 * The error to throw for a break. Before content, an error that has a class of its own is thrown as it is, and any but a hostile
 * size can be tried again; with `partial`, it is the cause of a `StreamError`.
 */
export function breakError(cause: Break, partial: PartialResponse | undefined): Error {
  const reason = reasonOfBreak(cause);
  const bare = reason === 'truncated' || reason === 'malformed' || reason === 'too-large';
  if (partial === undefined && cause !== undefined && (!bare || NetworkError.isInstance(cause))) return cause;
  return new StreamError({
    reason,
    message: messageOfBreak(cause, reason),
    partial,
    isRetryable: partial === undefined && reason !== 'too-large',
    ...(cause && { cause }),
  });
}
