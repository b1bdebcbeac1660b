import { platformTimer } from './effects.js';
import { cancelReader } from './read-text.js';
import type { Effects } from './types.js';

const LONGEST_MS = 1000;
const MOST_PACKETS = 16;

/**
 * Reads what is left after `[DONE]`, in the background, so that the connection can serve again: closing it early would cost
 * the next request a new one. A server that does not stop is cut off.
 */
export async function drain(reader: ReadableStreamDefaultReader<Uint8Array>, { timer = platformTimer }: Effects): Promise<void> {
  const stop = timer(LONGEST_MS, () => cancelReader(reader, undefined));
  try {
    for (let packets = 0; packets < MOST_PACKETS; packets += 1) if ((await reader.read()).done) return;
    cancelReader(reader, undefined);
  } catch {
    // The answer is complete, so a connection that breaks now breaks nothing.
  } finally {
    stop();
  }
}
