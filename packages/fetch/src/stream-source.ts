import { OpenRouterError, type Receipt, type StreamCall, StreamError } from '@waypost/core';

/** What an open stream is read by. */
export type ReadCall<Chunk extends object, Whole> = Pick<StreamCall<Chunk, Whole>, 'read' | 'cancel' | 'receipt' | 'accumulator' | 'partial' | 'warnings'>;

/** What opens a stream. */
export interface StreamStart<Chunk extends object, Whole> {
  open(signal: AbortSignal): Promise<ReadCall<Chunk, Whole>>;
  /** Told in place of `open` where the stream is left before it began. */
  leave?(reason: unknown): void;
}

/** One stream, whoever reads it. It begins with the first `open`, `take` or `drain`. */
export interface StreamSource<Chunk extends object, Whole> {
  open(): Promise<ReadCall<Chunk, Whole>>;
  /** The next packet that has chunks, `undefined` at the end. For one reader, one call at a time. */
  take(): Promise<readonly Chunk[] | undefined>;
  /** Reads to the end, and keeps for the reader what it has not taken. */
  drain(): Promise<ReadCall<Chunk, Whole>>;
  /** Closes the connection at once; the reader sees an end. Rejects with what a hook throws. */
  cancel(reason?: unknown): Promise<void>;
  receipt(): Receipt | undefined;
}

const left = (call: Pick<ReadCall<object, unknown>, 'partial'> | undefined): StreamError =>
  new StreamError({ reason: 'truncated', message: 'The stream was left before its end', partial: call?.partial() });

/** Makes a source out of what opens the stream. `signal` is the caller's. */
export function createStreamSource<Chunk extends object, Whole>(start: StreamStart<Chunk, Whole>, signal: AbortSignal | undefined): StreamSource<Chunk, Whole> {
  // of our own, since a stream may be left while it is still being opened
  const controller = new AbortController();
  const onAbort = (): void => {
    controller.abort(signal?.reason);
    // read by nobody, it would never end
    if (call && !over) void pull();
  };
  const packets: (readonly Chunk[])[] = [];
  let opening: Promise<ReadCall<Chunk, Whole>> | undefined;
  let call: ReadCall<Chunk, Whole> | undefined;
  let pulling: Promise<void> | undefined;
  let over = false;
  let cancelled = false;
  let failure: { readonly error: unknown } | undefined;

  const finish = (broken?: { readonly error: unknown }): void => {
    over = true;
    failure ??= broken;
    signal?.removeEventListener?.('abort', onAbort);
  };

  const begin = async (): Promise<ReadCall<Chunk, Whole>> => {
    if (cancelled) throw left(undefined);
    if (signal?.aborted) onAbort();
    // what is no signal is told by the call itself
    else signal?.addEventListener?.('abort', onAbort, { once: true });
    try {
      call = await start.open(controller.signal);
      // left in the meantime, as by a hook: the call is to end as one that was left
      if (cancelled) await call.cancel();
      return call;
    } catch (error) {
      finish({ error });
      throw error;
    }
  };
  const open = (): Promise<ReadCall<Chunk, Whole>> => (opening ??= begin());

  const onPacket = (chunks: readonly Chunk[] | undefined): void => {
    pulling = undefined;
    if (chunks === undefined) finish();
    else if (chunks.length > 0 && !cancelled) packets.push(chunks);
  };
  const onBreak = (error: unknown): void => {
    pulling = undefined;
    finish({ error });
  };
  // hot: once per packet; never rejects, so that a failure nobody waits for is nobody's unhandled rejection
  const pull = (): Promise<void> => (pulling ??= (call ? call.read() : open().then((opened) => opened.read())).then(onPacket, onBreak));

  return {
    open,
    async take() {
      for (;;) {
        const packet = packets.shift();
        if (packet !== undefined) return packet;
        if (over) {
          if (failure && !cancelled) throw failure.error;
          return undefined;
        }
        await pull();
      }
    },
    async drain() {
      for (;;) {
        if (over) break;
        await pull();
      }
      if (cancelled) throw left(call);
      if (failure) throw failure.error;
      return open();
    },
    async cancel(reason) {
      if (over) return;
      cancelled = true;
      packets.length = 0;
      finish();
      if (call) return call.cancel(reason);
      controller.abort(reason);
      if (!opening) start.leave?.(reason);
    },
    receipt: () => call?.receipt() ?? (OpenRouterError.isInstance(failure?.error) ? failure.error.receipt : undefined),
  };
}
