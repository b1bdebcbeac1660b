import type { Call, CallOptions, StreamCall } from '@waypost/core';
import { createStream, type LazyStream, type StreamKind } from './result-stream.js';

/** The options with the stream's own signal. What is wrong with them stays as it is, for the call to refuse. */
function withSignal(options: CallOptions | undefined, signal: AbortSignal): CallOptions {
  if (options == null) return { signal };
  return typeof options !== 'object' || Array.isArray(options) || (options.signal != null && typeof options.signal.addEventListener !== 'function') ? options : { ...options, signal };
}

/** A stream of a route that the first read starts, by `send`. */
export function streamRoute<Chunk extends object, Whole, Result>(
  send: (call: Call) => Promise<StreamCall<Chunk, Whole>>,
  body: Call['body'],
  options: CallOptions | undefined,
  kind: StreamKind<Chunk, Whole, Result>,
): LazyStream<Chunk, Result> {
  return createStream({ open: (signal) => send({ body, options: withSignal(options, signal) }) }, options?.signal, kind);
}
