import { type ChatChunk, type ChatStreamCall, OpenRouterError, type Receipt } from '@waypost/core';
import { createChatSource } from './chat-source.js';
import { type ChatResult, convertResponse } from './convert-response.js';
import { encodeStream, streamResponse } from './encode-stream.js';
import { iterate, textsOf } from './iterate.js';

/**
 * A stream of chunks. It is read once, in one of four ways: by `for await` over itself or over `textStream`, by
 * `toReadableStream` or by `toResponse`; a second way throws an `OpenRouterError` with the code `stream_used`. `final()` may be called
 * before, during and after, any number of times, and takes nothing from the reader.
 *
 * Leaving a `for await` closes the connection at once; `final()` then rejects with a `StreamError` that has what had arrived.
 */
export interface OpenChatStream extends AsyncIterable<ChatChunk, undefined> {
  /** The text alone, piece by piece. */
  readonly textStream: AsyncIterable<string, undefined>;
  /** What is known so far; complete at the end. Undefined before the stream is open, and when receipts are off. */
  readonly receipt: Receipt | undefined;
  /**
   * Reads to the end, and gives the whole.
   *
   * @throws {StreamError} with `partial`, when the stream breaks or is left. Otherwise as `chat`.
   */
  final(): Promise<ChatResult>;
  /** The chunks as bytes of an event stream. A break is told in a last event, as OpenRouter does. */
  toReadableStream(): ReadableStream<Uint8Array>;
  /** The same as a response with the headers of an event stream; `init` stands over them. */
  toResponse(init?: ResponseInit): Response;
  /** Closes the connection at once. A reader sees the end. */
  cancel(reason?: unknown): Promise<void>;
}

/**
 * A stream that the first read starts. Awaiting it starts it too, and gives the same stream once its first content has
 * arrived, or throws what kept it from coming.
 *
 * @example
 * for await (const text of openrouter.stream(request).textStream) process.stdout.write(text);
 * @example
 * const stream = await openrouter.stream(request); // throws here if no provider could serve
 * return stream.toResponse();
 */
export interface ChatStream extends OpenChatStream, PromiseLike<OpenChatStream> {}

/** Makes a stream out of what opens it. */
export function createChatStream(start: (signal: AbortSignal) => Promise<ChatStreamCall>, signal: AbortSignal | undefined): ChatStream {
  const source = createChatSource(start, signal);
  let reader: string | undefined;
  const claim = (by: string): void => {
    if (reader !== undefined) {
      throw new OpenRouterError('stream_used', `The stream is read by ${reader} already, so ${by} would miss chunks; it can be read once, and final() gives the whole`);
    }
    reader = by;
  };

  const finish = async (): Promise<ChatResult> => {
    const call = await source.drain();
    return convertResponse(call.accumulator.response(), call.receipt(), call.warnings);
  };
  const encode = (by: string): ReadableStream<Uint8Array> => {
    claim(by);
    return encodeStream(source);
  };

  const surface = (): OpenChatStream => ({
    [Symbol.asyncIterator]() {
      claim('its chunks');
      return iterate(source, (packet) => packet);
    },
    textStream: {
      [Symbol.asyncIterator]() {
        claim('textStream');
        return iterate(source, textsOf);
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
  const lazy: PromiseLike<OpenChatStream> = {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting is one of the two ways to start a stream
    then: (onOpen, onError) => source.open().then(surface).then(onOpen, onError),
  };
  return Object.assign(surface(), lazy);
}
