import type { CallOptions } from '@waypost/core';

/** The options with the stream's own signal. What is wrong with them stays as it is, for the call to refuse. */
export function withSignal(options: CallOptions | undefined, signal: AbortSignal): CallOptions {
  if (options == null) return { signal };
  return typeof options !== 'object' || (options.signal != null && typeof options.signal.addEventListener !== 'function') ? options : { ...options, signal };
}
