import { errorFromChunk } from '../errors/from-chunk.js';
import { errorFromUnknown } from '../errors/from-unknown.js';
import type { Accumulator } from '../stream/accumulator.js';
import { createChunkDecoder } from '../stream/decode-chunks.js';
import type { OpenResponse } from './attempt.js';
import { drain } from './drain.js';
import { cancelReader, readerOf } from './read-text.js';
import { type Break, breakError } from './stream-break.js';
import type { StreamReading } from './open-stream.js';
import type { AttemptOptions, OpenStream } from './types.js';

/** Told once how a stream ended that had been opened; not of one that was cancelled before. */
export interface StreamEnding {
  /** All has been handed out. What this throws rejects the `read` that found the end. */
  done(): void;
  /** Gives the error to throw. */
  broke(error: unknown): unknown;
  /** Nothing more can come, although nobody may have read that yet: all has arrived, a limit ran out or the signal aborted. */
  closed(): void;
}

/** Reads the chunks of a body packet by packet; see `OpenStream.read`. */
export interface PacketReader<Chunk> extends Pick<OpenStream<Chunk, unknown>, 'read' | 'comments'> {
  /** Says that content is being handed out: from now on a break is a `StreamError` with what had arrived, and `ending` is told. */
  opened(ending?: StreamEnding): void;
  cancel(reason: unknown): void;
}

/** How an event stream is read. */
export interface PacketOptions<Chunk extends object, Whole> extends AttemptOptions, StreamReading<Chunk, Whole> {
  /** Told of each comment, with the text after the colon. */
  readonly onComment?: ((comment: string) => void) | undefined;
}

/** Reads an event stream, through `toChunk` where there is one. Everything that arrives goes into `accumulator`, an error chunk too. */
export function createPacketReader<Chunk extends object, Whole>(open: OpenResponse, options: PacketOptions<Chunk, Whole>, accumulator: Accumulator<Chunk, Whole>): PacketReader<Chunk> {
  const { response, guard } = open;
  const { effects, signal, url, shape, toChunk, onComment } = options;
  const { idleTimeout = Infinity } = options.limits ?? {};
  const { maxEventSize } = options.sizes ?? {};
  let reader: ReturnType<typeof readerOf>;
  try {
    reader = readerOf(response);
  } catch (error) {
    guard.dispose();
    throw error;
  }

  let batch: Chunk[] = [];
  let comments = 0;
  let opened = false;
  let ending: StreamEnding | undefined;
  let over = false;
  /** What ended the chunks before their time; thrown once all before it are handed out. */
  let broken: { cause: Break } | undefined;
  let failure: { error: unknown } | undefined;
  /** Milliseconds of silence left; the first chunk starts it. */
  let idleLeft = Infinity;

  guard.onEnd = (reason) => {
    if (reader) cancelReader(reader, reason);
    ending?.closed();
  };
  const decoder = createChunkDecoder<Chunk>({
    endingOf: shape.endingOf,
    maxEventSize,
    onComment(comment) {
      comments++;
      onComment?.(comment);
    },
    onChunk(arrived, error) {
      const chunk = toChunk ? toChunk(arrived) : arrived;
      accumulator.add(chunk);
      if (broken) return;
      if (error === undefined) batch.push(chunk);
      else broken = { cause: errorFromChunk(error, { ...accumulator.head(), ...chunk }, open.context()) };
    },
  });

  const close = (reason: unknown): void => {
    guard.close(reason);
    if (reader) cancelReader(reader, reason);
  };
  /** The first break counts. */
  const breakBy = (error: unknown): void => {
    broken ??= { cause: error instanceof Error ? error : new Error(String(error)) };
  };
  /** The decoder may have set it since it was last looked at. */
  const breakOf = (): typeof broken => broken;
  const takeBatch = (): readonly Chunk[] => {
    const chunks = batch;
    batch = [];
    return chunks;
  };

  const failWith = (error: unknown): never => {
    failure = { error };
    close(error);
    if (ending) failure.error = ending.broke(error);
    throw failure.error;
  };
  const fail = (): never => failWith(breakError(broken?.cause, opened ? shape.partialOf(accumulator.response(), open.context().secrets) : undefined));
  const ended = (): undefined => {
    const told = ending;
    ending = undefined;
    told?.done();
  };

  const complete = (): void => {
    over = true;
    guard.dispose();
    ending?.closed();
  };

  /** No more packets will come: because the body ended, broke, or a limit ran out. */
  const finish = (cause: Break): readonly Chunk[] | undefined => {
    try {
      // After a finish reason nothing of the answer is missing, however the connection ended.
      if (decoder.end() === 'truncated') broken ??= { cause };
    } catch (error) {
      breakBy(error);
    }
    const chunks = takeBatch();
    if (broken && chunks.length === 0) return fail();
    if (broken) close(broken.cause);
    else complete();
    return chunks.length > 0 ? chunks : ended();
  };

  /** The guard ended the body, or reading it failed. */
  const interrupted = (error: unknown): readonly Chunk[] | undefined => {
    if (over) return ended();
    if (signal?.aborted) return failWith(signal.reason);
    return finish(errorFromUnknown(guard.ended ? guard.ended.reason : error, { url, secrets: open.context().secrets }));
  };

  return {
    // hot: once per packet; one await, and nothing allocated but the batch
    async read() {
      if (failure) throw failure.error;
      if (over) return ended();
      if (guard.ended) return interrupted(undefined);
      if (broken) return fail();
      if (reader === undefined) return finish(undefined);
      let until = Infinity;
      if (idleLeft !== Infinity) {
        until = effects.now() + idleLeft;
        guard.set('idle', until, idleTimeout);
      }
      let packet: Awaited<ReturnType<typeof reader.read>>;
      try {
        packet = await reader.read();
      } catch (error) {
        return interrupted(error);
      }
      if (over) return ended();
      if (guard.ended) return interrupted(undefined);
      if (packet.done) return finish(undefined);
      try {
        decoder.push(packet.value);
      } catch (error) {
        breakBy(error);
      }
      const chunks = takeBatch();
      if (chunks.length === 0) guard.check();
      if (idleTimeout !== Infinity) {
        // Only the time spent waiting for the server counts, not what the reader does between two packets.
        if (chunks.length > 0) idleLeft = idleTimeout;
        else if (until !== Infinity) idleLeft = until - effects.now();
        guard.set('idle', Infinity, idleTimeout);
      }
      const stop = breakOf();
      if (stop) {
        close(stop.cause);
        if (chunks.length === 0) return fail();
      } else if (decoder.done) {
        complete();
        void drain(reader, effects);
      }
      return chunks;
    },
    comments: () => comments,
    opened(given) {
      opened = true;
      ending = given;
      if (over) given?.closed();
      guard.set('first-token', Infinity, Infinity);
    },
    cancel(reason) {
      // A complete answer is not cut off: its connection may serve again.
      ending = undefined;
      if (over) return;
      over = true;
      close(reason);
    },
  };
}
