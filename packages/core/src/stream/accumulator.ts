import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';

/** Puts chunks together, one after another. */
export interface Accumulator {
  add(chunk: ChatChunk): void;
  /** Who answers, as far as the chunks have told. */
  head(): Pick<ChatResponse, 'id' | 'model' | 'provider'>;
  /** Everything that has arrived so far, in the shape of a response without streaming. */
  response(): ChatResponse;
}
