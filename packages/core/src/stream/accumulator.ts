import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';

/** Puts chunks together, one after another. */
export interface Accumulator {
  add(chunk: ChatChunk): void;
  /** Everything that has arrived so far, in the shape of a response without streaming. */
  response(): ChatResponse;
}
