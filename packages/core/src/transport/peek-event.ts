import { createSseDecoder, DEFAULT_MAX_EVENT_SIZE } from '../stream/decode-sse.js';
import { platformTimer } from './effects.js';
import type { AttemptOptions } from './types.js';

type Packet = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>;

/** What was read to see the first event of a stream. */
export interface Peeked {
  /** The data of the first event; undefined where none came soon. */
  readonly first: string | undefined;
  /** The packets read so far, as they came. */
  readonly packets: Uint8Array[];
  /** A read that was begun and is still to be used. */
  readonly pending: Promise<Packet> | undefined;
}

// Keep-alive comments may come for minutes, and what is behind this waits for the headers: no event within so many milliseconds, or
// bytes, and the stream is handed on as it is.
const PEEK_MS = 10_000;
const PEEK_BYTES = 64 * 1024;

/**
 * Reads an event stream until its first event is whole.
 *
 * @throws {EventTooLargeError} Or what reading threw.
 */
export async function peekEvent(reader: ReadableStreamDefaultReader<Uint8Array>, { effects, sizes: { maxEventSize = DEFAULT_MAX_EVENT_SIZE } = {} }: AttemptOptions): Promise<Peeked> {
  const { timer = platformTimer } = effects;
  const packets: Uint8Array[] = [];
  let first: string | undefined;
  const decoder = createSseDecoder(
    (data) => {
      first ??= data;
    },
    { maxEventSize },
  );
  let commented = false;
  let stop = (): void => {};
  const timeUp = new Promise<undefined>((resolve) => {
    stop = timer(PEEK_MS, () => resolve(undefined));
  });
  try {
    for (let size = 0; ; ) {
      const pending = reader.read();
      const packet = await Promise.race([pending, timeUp]);
      if (packet === undefined) {
        // whoever uses it sees it break
        pending.catch(() => {});
        return { first, packets, pending };
      }
      if (packet.done) {
        decoder.end();
        return { first, packets, pending };
      }
      packets.push(packet.value);
      decoder.push(packet.value);
      size += packet.value.byteLength;
      // a large event is waited for, if it began at once
      commented ||= packets.length === 1 && packet.value[0] === 58;
      if (first !== undefined || size > (commented ? PEEK_BYTES : maxEventSize)) return { first, packets, pending: undefined };
    }
  } finally {
    stop();
  }
}
