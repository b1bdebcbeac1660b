import type { Wire } from '../scenario/wire.js';

/** What the body of a response tells the gateway. */
export interface BodyWatch {
  /** The client's signal. */
  readonly signal: AbortSignal | undefined;
  /** Breaks the connection that the body travels on, where there is one. */
  readonly sever: (() => void) | undefined;
  /** The client left before the end; `onEnd` follows. */
  onCancel(): void;
  /** Nothing more is sent. */
  onEnd(): void;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Packets as a body that the reader pulls; it stalls, breaks or never ends where the wire says so, and notes when the reader leaves. */
export function bodyOf(packets: readonly Uint8Array[], wire: Wire, filler: string, watch: BodyWatch): ReadableStream<Uint8Array> {
  const { signal } = watch;
  const endless = new TextEncoder().encode(filler);
  let next = 0;
  let settled = false;
  let stop = (): void => {};

  function settle(cancelled: boolean): void {
    if (settled) return;
    settled = true;
    stop();
    if (cancelled) watch.onCancel();
    watch.onEnd();
  }

  /** What comes after the last packet. */
  async function end(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (wire.stallAfter !== undefined) return new Promise<void>(() => {});
    if (wire.endless === true) {
      // Gives timers a chance: a reader in the same process would otherwise starve its own time limits.
      await nextTask();
      return settled ? undefined : controller.enqueue(endless);
    }
    settle(false);
    if (wire.ending === 'reset') {
      if (watch.sever === undefined) return controller.error(new TypeError('terminated'));
      // What was written before gets its chance to leave.
      await nextTask();
      return watch.sever();
    }
    return controller.close();
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const abort = (): void => {
        settle(true);
        controller.error(signal?.reason);
      };
      if (signal?.aborted === true) abort();
      signal?.addEventListener('abort', abort, { once: true });
      stop = () => signal?.removeEventListener('abort', abort);
    },
    // hot: no promise where there is a packet
    pull(controller) {
      const packet = packets[next];
      next += 1;
      if (packet === undefined) return end(controller);
      controller.enqueue(packet);
    },
    cancel() {
      settle(true);
    },
  });
}
