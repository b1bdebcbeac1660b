import { type Call, type CallOptions, requirePlain, type StreamCall } from '@waypost/core';
import { createStream, type LazyStream, type StreamKind } from './result-stream.js';

/** The options with the stream's own signal. A signal that is none stays, for the call to refuse. @throws {InvalidOptionsError} */
function withSignal(options: CallOptions | undefined, signal: AbortSignal): CallOptions {
  if (options == null) return { signal };
  requirePlain(options);
  return options.signal != null && typeof options.signal.addEventListener !== 'function' ? options : { ...options, signal };
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
