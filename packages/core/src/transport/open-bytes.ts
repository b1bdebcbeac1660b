import { errorFromUnknown } from '../errors/from-unknown.js';
import { attempt } from './attempt.js';
import { refuseText } from './read-bytes.js';
import { cancelReader, readerOf } from './read-text.js';
import type { Answer, AttemptOptions } from './types.js';

/**
 * Makes one request and gives its answer of bytes as a stream, whose size is up to whoever reads it. Nothing is read ahead. An error in
 * JSON with status 200 throws like any other; what breaks later rejects the reader, `idleTimeout` and `deadline` included. Cancelling the stream
 * closes the connection.
 *
 * @throws {APIError} {@link NetworkError} {@link TimeoutError}, or the reason of the signal.
 * @example
 * const { body } = await openBytes({ effects, url: `${baseURL}/videos/${id}/content`, headers });
 */
export async function openBytes(options: AttemptOptions): Promise<Answer<ReadableStream<Uint8Array>>> {
  const { effects, url, limits: { idleTimeout = Infinity } = {} } = options;
  const open = await attempt(options);
  await refuseText(open, options);
  const { guard, status, headers } = open;
  guard.set('first-token', Infinity, Infinity);
  let reader: ReturnType<typeof readerOf>;
  try {
    reader = readerOf(open.response);
  } catch (error) {
    guard.dispose();
    throw error;
  }
  guard.onEnd = (reason) => reader && cancelReader(reader, reason);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          guard.throwIfEnded();
          guard.check();
          guard.throwIfEnded();
          guard.set('idle', effects.now() + idleTimeout, idleTimeout);
          const packet = await reader?.read();
          guard.throwIfEnded();
          // only the time spent waiting for the server counts
          guard.set('idle', Infinity, idleTimeout);
          if (packet && !packet.done) return controller.enqueue(packet.value);
          guard.dispose();
          controller.close();
        } catch (error) {
          const cause = guard.ended ? guard.ended.reason : errorFromUnknown(error, { url, secrets: open.context().secrets });
          guard.close(cause);
          throw cause;
        }
      },
      cancel(reason) {
        guard.close(reason);
        if (reader) cancelReader(reader, reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, status, headers };
}
