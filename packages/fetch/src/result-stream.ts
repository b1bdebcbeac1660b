import { OpenRouterError, type Receipt } from '@waypost/core';
import { encodeStream, type Encoding, streamResponse } from './encode-stream.js';
import { iterate } from './iterate.js';
import { createStreamSource, type ReadCall, type StreamStart } from './stream-source.js';

/**
 * A stream of the chunks or events of an answer. It is read once, in one of four ways: by `for await` over itself or over `textStream`, by
 * `toReadableStream` or by `toResponse`; a second way throws an `OpenRouterError` with the code `stream_used`. `final()` may be called
 * before, during and after, any number of times, and takes nothing from the reader.
 *
 * Leaving a `for await` closes the connection at once; `final()` then rejects with a `StreamError` that has what had arrived.
 */
export interface OpenResultStream<Chunk, Result> extends AsyncIterable<Chunk, undefined> {
  /** The text alone, piece by piece. */
  readonly textStream: AsyncIterable<string, undefined>;
  /** What is known so far; complete at the end. Undefined before the stream is open, and when receipts are off. */
  readonly receipt: Receipt | undefined;
  /**
   * Reads to the end, and gives the whole.
   *
   * @throws {StreamError} with `partial`, when the stream breaks or is left. Otherwise as `chat`.
   */
  final(): Promise<Result>;
  /**
   * The chunks as bytes of an event stream, for `fromSSE` where they are those of a chat, or for any reader of the route. A break is told in
   * a last event, as OpenRouter does. The receipt goes along as a comment, which other readers pass over: what was asked for, who served,
   * tokens, cost, times and the verdict in one word. Kept back are the policy, the attempts and the router's account of them, and echoes of
   * the request.
   */
  toReadableStream(): ReadableStream<Uint8Array>;
  /** The same as a response with the headers of an event stream; `init` stands over them. */
  toResponse(init?: ResponseInit): Response;
  /** Closes the connection at once. A reader sees the end. */
  cancel(reason?: unknown): Promise<void>;
}

/** What is special about the stream of a route. */
export interface StreamKind<Chunk extends object, Whole, Result> extends Encoding<Chunk> {
  /** Gives a function that finds the pieces of text in each packet of one stream. */
  readonly textsOf: () => (packet: readonly Chunk[]) => readonly string[];
  readonly toResult: (call: ReadCall<Chunk, Whole>) => Result;
}

/** A stream and the promise of it, in one object. */
export type LazyStream<Chunk, Result> = OpenResultStream<Chunk, Result> & PromiseLike<OpenResultStream<Chunk, Result>>;

/** Makes a stream out of what opens it. */
export function createStream<Chunk extends object, Whole, Result>(
  start: StreamStart<Chunk, Whole>,
  signal: AbortSignal | undefined,
  kind: StreamKind<Chunk, Whole, Result>,
): LazyStream<Chunk, Result> {
  const { textsOf, toResult } = kind;
  const source = createStreamSource(start, signal);
  let reader: string | undefined;
  const claim = (by: string): void => {
    if (reader !== undefined) {
      throw new OpenRouterError('stream_used', `The stream is read by ${reader} already, so ${by} would miss chunks; it can be read once, and final() gives the whole`);
    }
    reader = by;
  };

  const finish = async (): Promise<Result> => toResult(await source.drain());
  const encode = (by: string): ReadableStream<Uint8Array> => {
    claim(by);
    return encodeStream(source, kind);
  };

  const surface = (): OpenResultStream<Chunk, Result> => ({
    [Symbol.asyncIterator]() {
      claim('its chunks');
      return iterate(source, (packet) => packet);
    },
    textStream: {
      [Symbol.asyncIterator]() {
        claim('textStream');
        return iterate(source, textsOf());
      },
    },
    get receipt() {
      return source.receipt();
    },
    final() {
      const result = finish();
      // Whoever awaits it sees the error; a reader of the chunks has seen it already and may never come back for this one.
      result.catch(() => {});
      return result;
    },
    toReadableStream: () => encode('toReadableStream()'),
    toResponse: (init) => streamResponse(encode('toResponse()'), init),
    cancel: (reason) => source.cancel(reason),
  });
  // Awaiting gives an object without `then`: one that had it would be awaited for ever.
  const lazy: PromiseLike<OpenResultStream<Chunk, Result>> = {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting is one of the two ways to start a stream
    then: (onOpen, onError) => source.open().then(surface).then(onOpen, onError),
  };
  return Object.assign(surface(), lazy);
}
