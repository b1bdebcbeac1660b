import { NetworkError } from '../errors/network-error.js';
import { StreamError } from '../errors/stream-error.js';
import { platformTimer } from './effects.js';
import type { Guard } from './guard.js';
import type { Effects } from './types.js';

/** 128 Mi bytes. */
export const DEFAULT_MAX_BODY_SIZE: number = 128 * 1024 * 1024;

/** What one reading of a body needs. */
export interface ReadTextOptions {
  /** Bytes. */
  maxBodySize: number;
  /** Told after each packet. */
  onBytes?: () => void;
  /** After so many milliseconds, or when the body is too large or breaks, take what has arrived instead of throwing. */
  lenient?: { afterMs: number; timer: NonNullable<Effects['timer']> };
}

/**
 * The reader of a response's body; undefined where it has none.
 *
 * @throws {NetworkError} where the `fetch` given does not stream, or something else reads the body.
 */
export function readerOf({ body }: Response): ReadableStreamDefaultReader<Uint8Array> | undefined {
  if (body === null) return undefined;
  if (typeof body?.getReader === 'function' && !body.locked) return body.getReader();
  throw new NetworkError('This fetch gives no body that can be read as a stream', { isRetryable: false });
}

/** Stops a body without waiting for the other side. */
export function cancelReader(reader: ReadableStreamDefaultReader<Uint8Array>, reason: unknown): void {
  // A body that broke already rejects with what broke it, which its reader has seen.
  reader.cancel(reason).catch(() => {});
}

/**
 * Reads a body in one pass and up to a bound, and says how many bytes it had. The guard ends it at once: cancelling a reader
 * settles its pending read, whatever the server does.
 */
export async function readPackets(response: Response, guard: Guard, options: ReadTextOptions, onPacket: (packet: Uint8Array) => void): Promise<number> {
  const { maxBodySize, onBytes, lenient } = options;
  guard.throwIfEnded();
  let size = 0;
  let giveUp: (() => void) | undefined;
  let cancel: ((reason: unknown) => void) | undefined;
  try {
    const reader = readerOf(response);
    if (reader === undefined) return 0;
    cancel = (reason) => cancelReader(reader, reason);
    guard.onEnd = cancel;
    giveUp = lenient?.timer(lenient.afterMs, () => cancelReader(reader, undefined));
    for (;;) {
      const { done, value } = await reader.read();
      guard.throwIfEnded();
      if (done) return size;
      size += value.byteLength;
      // no number where a fetch gives packets that are not bytes
      if (!(size <= maxBodySize)) throw new StreamError({ reason: 'too-large', message: `The body is larger than ${maxBodySize} bytes` });
      onPacket(value);
      onBytes?.();
    }
  } catch (error) {
    // whatever stopped the reading, nobody is going to read the rest
    cancel?.(error);
    if (lenient && !guard.ended) return size;
    throw error;
  } finally {
    giveUp?.();
  }
}

/**
 * Reads a body as text; see `readPackets`.
 *
 * @param isWhole asked of what had arrived when the reading breaks off: whether that is all there is to come.
 */
export async function readText(response: Response, guard: Guard, options: ReadTextOptions, isWhole?: (text: string) => boolean): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    await readPackets(response, guard, options, (packet) => {
      text += decoder.decode(packet, { stream: true });
    });
  } catch (error) {
    if (!isWhole?.(text)) throw error;
  }
  return text + decoder.decode();
}

const MAX_ERROR_BODY = 1024 * 1024;
const ERROR_BODY_MS = 10_000;

/**
 * Reads the body of an error. What matters is that there is an error, so a body that is too large, breaks or does not end within
 * ten seconds counts as far as it came; only the caller's signal and the deadline end it otherwise.
 */
export function readErrorText(response: Response, guard: Guard, effects: Effects): Promise<string> {
  const { timer = platformTimer } = effects;
  return readText(response, guard, { maxBodySize: MAX_ERROR_BODY, lenient: { afterMs: ERROR_BODY_MS, timer } });
}
