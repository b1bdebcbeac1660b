import type { Accumulator, Head } from '../stream/accumulator.js';
import { attempt } from './attempt.js';
import { createPacketReader, type PacketOptions, type PacketReader, type StreamEnding } from './packet-reader.js';
import { readJson } from './read-body.js';
import type { StreamShape } from './stream-shape.js';
import type { OpenStream } from './types.js';

/** How the stream of a route is read. */
export interface StreamReading<Chunk extends object, Whole> {
  readonly shape: StreamShape<Chunk, Whole>;
  /** Makes a chunk of the shape of each chunk, and a body of the shape of a JSON body, where the route has others. */
  readonly toChunk?: ((chunk: Chunk) => Chunk) | undefined;
  readonly toResponse?: ((body: unknown) => unknown) | undefined;
}

/** What opening a stream takes beside what any attempt takes. */
export interface OpenStreamOptions<Chunk extends object, Whole> extends PacketOptions<Chunk, Whole> {
  /**
   * Called once, before any chunk is handed out, with what is known about who serves: as soon as a chunk names a model or provider, or
   * with the first that carries something where none does. What it throws ends the stream, and is thrown by `openStream`.
   */
  readonly onServed?: ((head: Head) => void) | undefined;
  /** Told how the stream ended, once it was open. */
  readonly ending?: (accumulator: Accumulator<Chunk, Whole>) => StreamEnding;
}

/** A stream of one chunk, for a server that answered with a whole JSON body. */
function singleChunk<Chunk>(chunk: Chunk): PacketReader<Chunk> {
  let batch: readonly Chunk[] | undefined = [chunk];
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
      given?.closed();
    },
    cancel() {
      batch = undefined;
      ending = undefined;
    },
  };
}

/**
 * Sends a request with `stream: true` in its body, and resolves once a chunk has arrived that carries something, so that
 * an error before it can still be retried or failed over. After that, a break rejects `read()` with a `StreamError`.
 *
 * @throws {APIError} the server answered with an error, by status, body or first event. @throws {NetworkError}
 * @throws {TimeoutError} headers, first content or the deadline took too long. @throws {StreamError} the stream ended or broke with
 * nothing in it; retryable. Or what `onServed` throws, or the reason of the caller's signal.
 * @example
 * const stream = await openStream({ effects, url, headers, body, shape, limits: { firstTokenTimeout: 30_000 } });
 * for (let chunks = await stream.read(); chunks; chunks = await stream.read()) for (const chunk of chunks) use(chunk);
 */
export async function openStream<Chunk extends object, Whole>(options: OpenStreamOptions<Chunk, Whole>): Promise<OpenStream<Chunk, Whole>> {
  const { onServed, ending, shape, ...rest } = options;
  const open = await attempt({ ...rest, headers: { ...rest.headers, accept: 'text/event-stream' } });
  const { status, headers } = open;
  const accumulator = shape.createAccumulator();
  const type = headers['content-type'] ?? '';

  let reader: PacketReader<Chunk>;
  if (/\b(json|html)\b/i.test(type)) {
    const { toResponse = (body) => body } = options;
    const chunk = shape.fromBody(toResponse(await readJson(open, options)), open.context);
    accumulator.add(chunk);
    reader = singleChunk(chunk);
  } else {
    reader = createPacketReader(open, options, accumulator);
  }

  const early: Chunk[] = [];
  let checked = onServed === undefined;
  try {
    for (let ready = false; !ready; ) {
      const chunks = await reader.read();
      // Ended properly with nothing in it: the caller sees an empty stream.
      if (chunks === undefined) break;
      for (const chunk of chunks) {
        early.push(chunk);
        const carrying = shape.carries(chunk);
        if (!checked) {
          const head = accumulator.head();
          if (carrying || head.model || head.provider) {
            checked = true;
            onServed?.(head);
          }
        }
        ready ||= carrying;
      }
    }
  } catch (error) {
    reader.cancel(error);
    throw error;
  }
  reader.opened(ending?.(accumulator));

  let first: readonly Chunk[] | undefined = early;
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
