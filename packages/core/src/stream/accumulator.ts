import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';

/** Who answers, as far as it is known. */
export type Head = Pick<ChatResponse, 'id' | 'model' | 'provider'>;

/** Puts chunks together, one after another. */
export interface Accumulator<Chunk = ChatChunk, Whole = ChatResponse> {
  add(chunk: Chunk): void;
  /** Who answers, as far as the chunks have told. */
  head(): Head;
  /** Everything that has arrived so far, in the shape of a response without streaming. */
  response(): Whole;
}
