import { APIError, NetworkError, NoRouteError, StreamError, TimeoutError } from '@waypost/core';
import { said } from '../modes.js';

const after = (retryAfterMs: number | undefined): string => (retryAfterMs === undefined ? '' : ` after ${retryAfterMs / 1000} s`);

/** An error of the core in a few words: class, kind or reason, and whether to try again. */
export function describeError(error: unknown, isRetryable?: boolean): string {
  const again = (own: boolean): string => ((isRetryable ?? own) ? ', retryable' : '');
  if (APIError.isInstance(error)) {
    const { status, reason, retryAfterMs } = error;
    return `${NoRouteError.isInstance(error) ? 'NoRouteError' : 'APIError'} ${status} ${reason}${again(error.isRetryable)}${after(retryAfterMs)}`;
  }
  if (NetworkError.isInstance(error)) return `NetworkError${again(error.isRetryable)}`;
  if (TimeoutError.isInstance(error)) return `TimeoutError ${error.kind}${again(error.isRetryable)}`;
  if (StreamError.isInstance(error)) return `StreamError ${error.reason}${again(error.isRetryable)}`;
  return `unexpected: ${String(error)}`;
}

/** What an error has kept of an answer. */
export function keptIn(error: unknown): string | undefined {
  if (!StreamError.isInstance(error) || error.partial === undefined) return undefined;
  const message = error.partial.choices[0]?.message;
  return said(typeof message?.content === 'string' ? message.content : '', (message?.tool_calls ?? []).map((call) => call.function));
}
