import type { Clock } from '../clock.js';
import type { Wire } from '../scenario/wire.js';

/** How fast a body comes, in milliseconds. */
export interface Pace {
  /** Before the first event, or before a JSON body begins. */
  readonly firstMs: number;
  /** From there to the end. */
  readonly restMs: number;
}

/** What the body of a response tells the gateway. */
export interface BodyWatch {
  /** The client's signal. */
  readonly signal: AbortSignal | undefined;
  /** Breaks the connection that the body travels on, where there is one. */
  readonly sever: (() => void) | undefined;
  readonly pace?: Pace;
  readonly sleep?: Clock['sleep'];
  /** Where there is a pace: the first event, or the beginning of a JSON body, is due. */
  onFirst?(): void;
  /** The body is over. `cancelled`: the client left before its end. */
  onEnd(cancelled: boolean): void;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

const COLON = 0x3a;

/** When packets come. */
interface Timetable {
  /** Index of the first packet that is no comment. */
  readonly first: number;
  /** Milliseconds before each packet: comments come at once, what follows them as the pace says. */
  readonly delays: readonly number[];
  /** Milliseconds after the first is due and before it comes, where it is the only one. */
  readonly heldBackMs: number;
}

function timetable(packets: readonly Uint8Array[], { firstMs, restMs }: Pace): Timetable {
  const found = packets.findIndex((packet) => packet[0] !== COLON);
  const first = found < 0 ? packets.length : found;
  const others = packets.length - first - 1;
  const delays = packets.map((_, i) => (i < first ? 0 : i > first ? restMs / others : firstMs));
  return { first, delays, heldBackMs: others === 0 ? restMs : 0 };
}

/** Packets as a body that the reader pulls; it stalls, breaks or never ends where the wire says so, and notes when the reader leaves. */
export function bodyOf(packets: readonly Uint8Array[], wire: Wire, filler: string, watch: BodyWatch): ReadableStream<Uint8Array> {
  const { signal } = watch;
  const endless = new TextEncoder().encode(filler);
  const { pace, sleep } = watch;
  const timed = pace === undefined || sleep === undefined ? undefined : timetable(packets, pace);
  // ends a wait when the client leaves
  const left = timed === undefined ? undefined : new AbortController();
  let next = 0;
  let settled = false;
  let stop = (): void => {};

  function settle(cancelled: boolean): void {
    if (settled) return;
    settled = true;
    left?.abort();
    stop();
    watch.onEnd(cancelled);
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

  async function enqueueLater(controller: ReadableStreamDefaultController<Uint8Array>, packet: Uint8Array, { first, delays, heldBackMs }: Timetable, index: number): Promise<void> {
    const delay = delays[index] ?? 0;
    if (delay > 0) await sleep?.(delay, left?.signal);
    if (index === first && !settled) {
      watch.onFirst?.();
      if (heldBackMs > 0) await sleep?.(heldBackMs, left?.signal);
    }
    if (!settled) controller.enqueue(packet);
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
      const index = next;
      const packet = packets[index];
      next += 1;
      if (packet === undefined) return end(controller);
      if (timed !== undefined && (index === timed.first || (timed.delays[index] ?? 0) > 0)) return enqueueLater(controller, packet, timed, index);
      controller.enqueue(packet);
    },
    cancel() {
      settle(true);
    },
  });
}
