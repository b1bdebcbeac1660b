import type { Accumulator } from '../stream/accumulator.js';
import { createAccumulator } from '../stream/accumulate.js';
import type { ChatChunk } from '../wire/chunk.js';
import { attempt } from './attempt.js';
import { carries } from './carries.js';
import { createPacketReader, type PacketReader, type StreamEnding } from './packet-reader.js';
import { checkChat, readJson } from './read-body.js';
import { responseToChunk } from './response-to-chunk.js';
import type { AttemptOptions, ChatStream } from './types.js';

/** What opening a stream takes beside what any attempt takes. */
export interface OpenStreamOptions extends AttemptOptions {
  /**
   * Called once, before any chunk is handed out, with the first chunk that names a model or provider, or with the first that
   * carries something where none does. What it throws ends the stream, and is thrown by `openStream`.
   */
  readonly onFirstChunk?: ((chunk: ChatChunk) => void) | undefined;
  /** Told how the stream ended, once it was open. */
  readonly ending?: (accumulator: Accumulator) => StreamEnding;
  /** Makes a chat chunk of each chunk, and a chat answer of a JSON body, where the route has shapes of its own. */
  readonly toChunk?: ((chunk: ChatChunk) => ChatChunk) | undefined;
  readonly toResponse?: ((body: unknown) => unknown) | undefined;
}

/** A stream of one chunk, for a server that answered with a whole JSON body. */
function singleChunk(chunk: ChatChunk): PacketReader {
  let batch: readonly ChatChunk[] | undefined = [chunk];
  let ending: StreamEnding | undefined;
  return {
    async read() {
      const now = batch;
      const told = ending;
      batch = undefined;
      if (now) return now;
      ending = undefined;
      told?.done();
      return undefined;
    },
    comments: () => 0,
    opened(given) {
      ending = given;
    },
    cancel() {
      batch = undefined;
      ending = undefined;
    },
  };
}

/**
 * Sends a chat request with `stream: true` in its body, and resolves once a chunk has arrived that carries something, so that
 * an error before it can still be retried or failed over. After that, a break rejects `read()` with a `StreamError`.
 *
 * @throws {APIError} the server answered with an error, by status, body or first event. @throws {NetworkError}
 * @throws {TimeoutError} headers, first content or the deadline took too long. @throws {StreamError} the stream ended or broke with
 * nothing in it; retryable. Or what `onFirstChunk` throws, or the reason of the caller's signal.
 * @example
 * const stream = await openStream({ effects, url, headers, body, limits: { firstTokenTimeout: 30_000 } });
 * for (let chunks = await stream.read(); chunks; chunks = await stream.read()) for (const chunk of chunks) use(chunk);
 */
export async function openStream(options: OpenStreamOptions): Promise<ChatStream> {
  const { onFirstChunk, ending, ...rest } = options;
  const open = await attempt({ ...rest, headers: { ...rest.headers, accept: 'text/event-stream' } });
  const { status, headers } = open;
  const accumulator = createAccumulator();
  const type = headers['content-type'] ?? '';

  let reader: PacketReader;
  if (/\b(json|html)\b/i.test(type)) {
    const { toResponse = (body) => body } = options;
    const chunk = responseToChunk(checkChat(toResponse(await readJson(open, options)), open.context()));
    accumulator.add(chunk);
    reader = singleChunk(chunk);
  } else {
    reader = createPacketReader(open, options, accumulator, options.toChunk);
  }

  const early: ChatChunk[] = [];
  let checked = onFirstChunk === undefined;
  try {
    for (let ready = false; !ready; ) {
      const chunks = await reader.read();
      // Ended properly with nothing in it: the caller sees an empty stream.
      if (chunks === undefined) break;
      for (const chunk of chunks) {
        early.push(chunk);
        const carrying = carries(chunk);
        if (!checked && (carrying || chunk.model || chunk.provider)) {
          checked = true;
          onFirstChunk?.(chunk);
        }
        ready ||= carrying;
      }
    }
  } catch (error) {
    reader.cancel(error);
    throw error;
  }
  reader.opened(ending?.(accumulator));

  let first: readonly ChatChunk[] | undefined = early;
  return {
    status,
    headers,
    accumulator,
    read() {
      if (first === undefined || options.signal?.aborted) return reader.read();
      const batch = first;
      first = undefined;
      return Promise.resolve(batch);
    },
    comments: () => reader.comments(),
    cancel(reason) {
      first = undefined;
      reader.cancel(reason);
      return Promise.resolve();
    },
  };
}
