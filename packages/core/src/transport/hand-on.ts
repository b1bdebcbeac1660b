import type { Guard } from './guard.js';
import type { Peeked } from './peek-event.js';
import { cancelReader } from './read-text.js';

/** What a body is handed on with. */
export interface HandOnOptions {
  readonly guard: Guard;
  readonly now: () => number;
  /** Milliseconds between two packets. */
  readonly idleTimeout?: number;
  /** What was read of it already. */
  readonly peeked?: Peeked;
  /** Told once: nothing when all has gone by or the reader left, else what it broke with. What it throws breaks the body. */
  readonly onClose?: ((broken?: { readonly error: unknown }) => void) | undefined;
}

/**
 * Hands a body on as it comes: the same bytes in the same packets, none read before it is asked for. Cancelling it closes the
 * connection; when the guard ends, it breaks with the guard's reason.
 */
export function handOn(reader: ReadableStreamDefaultReader<Uint8Array>, { guard, now, idleTimeout = Infinity, peeked, onClose }: HandOnOptions): ReadableStream<Uint8Array> {
  const early = peeked?.packets ?? [];
  let { pending } = peeked ?? {};
  let at = 0;
  let closed = false;
  const close = (broken?: { readonly error: unknown }): void => {
    if (closed) return;
    closed = true;
    onClose?.(broken);
  };
  guard.set('first-token', Infinity, Infinity);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        guard.onEnd = (reason) => {
          cancelReader(reader, reason);
          let error = reason;
          try {
            close({ error: reason });
          } catch (thrown) {
            // a timer, or the caller's signal, called this: what it threw would end the process
            error = thrown;
          }
          controller.error(error);
        };
      },
      // hot: once per packet
      async pull(controller) {
        const packet = early[at];
        if (packet !== undefined) {
          at += 1;
          controller.enqueue(packet);
          return;
        }
        if (idleTimeout !== Infinity) guard.set('idle', now() + idleTimeout, idleTimeout);
        try {
          const { done, value } = await (pending ?? reader.read());
          pending = undefined;
          if (guard.ended) return;
          if (done) {
            guard.dispose();
            close();
            controller.close();
          } else {
            guard.check();
            // the time that the reader takes is not the server's
            if (idleTimeout !== Infinity) guard.set('idle', Infinity, idleTimeout);
            if (!guard.ended) controller.enqueue(value);
          }
        } catch (error) {
          if (guard.ended) return;
          guard.dispose();
          controller.error(error);
          close({ error });
        }
      },
      cancel(reason) {
        // it closes the connection; aborting as well would have a body that is done with break
        guard.dispose();
        cancelReader(reader, reason);
        close();
      },
    },
    // nothing is asked for before the reader asks
    { highWaterMark: 0 },
  );
}
