import type { ErrorDetail } from '../wire/error-body.js';
import { createSseDecoder, type SseDecoderOptions } from './decode-sse.js';
import { FINISHED } from './error-of.js';
import { MalformedChunkError } from './malformed-chunk-error.js';

export interface ChunkDecoderOptions<Chunk> extends SseDecoderOptions {
  /** What of an ending a chunk carries. */
  endingOf: (chunk: Chunk) => ErrorDetail | typeof FINISHED | undefined;
  /** Called for every chunk, with the error that it carries, if any. */
  onChunk: (chunk: Chunk, error: ErrorDetail | undefined) => void;
}

/** `proper`: `[DONE]`, a finish reason or an error was seen; `truncated`: the stream stopped before either. */
export type StreamEnd = 'proper' | 'truncated';

export interface ChunkDecoder {
  /**
   * Decodes one packet. Throws `MalformedChunkError` or `EventTooLargeError`, after all chunks before the bad one were
   * delivered; then, as after `[DONE]`, it takes nothing more.
   */
  push(bytes: Uint8Array): void;
  /** Ends the stream, delivering an event that was complete but for its blank line, and says what end it was. */
  end(): StreamEnd;
  /** Whether `[DONE]` was seen: nothing can follow, and reading may stop. */
  readonly done: boolean;
}

/** An object, or undefined for any text that is not the JSON of one. */
function parseChunk<Chunk>(data: string): Chunk | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    // The parser's error quotes the text, so the caller makes one that does not.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // hot: no schema per chunk. Every field of a chunk is optional, and what reads them expects odd ones.
  return value as Chunk;
}

/**
 * Makes a decoder of streams of JSON: bytes in, chunks out, in order and synchronously.
 *
 * Source: OpenRouter API, streaming.
 *
 * @example
 * const decoder = createChunkDecoder({ endingOf, onChunk: (chunk) => accumulator.add(chunk) });
 * for await (const bytes of body) decoder.push(bytes);
 * if (decoder.end() === 'truncated') console.warn('the stream was cut off');
 */
export function createChunkDecoder<Chunk extends object>(options: ChunkDecoderOptions<Chunk>): ChunkDecoder {
  const { endingOf, onChunk, ...sseOptions } = options;
  let done = false;
  let failed = false;
  let finished = false;
  let ending = false;

  const onData = (data: string): void => {
    if (done) return;
    // hot: all but the last event begin with a brace, and only the others need a closer look
    if (data.charCodeAt(0) !== 123 /* { */) {
      const word = data.trim();
      if (word === '') return;
      if (word === '[DONE]') {
        done = true;
        return;
      }
    }
    const chunk = parseChunk<Chunk>(data);
    if (chunk === undefined) {
      // What is left at the end without a blank line and does not parse is half an event.
      if (ending) return;
      throw new MalformedChunkError(data.length);
    }
    const found = endingOf(chunk);
    if (found !== undefined) finished = true;
    onChunk(chunk, found === FINISHED ? undefined : found);
  };

  const sse = createSseDecoder(onData, sseOptions);
  return {
    get done() {
      return done;
    },
    push(bytes) {
      if (done || failed) return;
      failed = true; // unless the next line returns
      sse.push(bytes);
      failed = false;
    },
    end() {
      ending = true;
      if (!done) sse.end();
      return !failed && (done || finished) ? 'proper' : 'truncated';
    },
  };
}
