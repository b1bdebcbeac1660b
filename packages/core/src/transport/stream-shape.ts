import type { ErrorContext } from '../errors/from-detail.js';
import type { PartialResponse } from '../errors/stream-error.js';
import type { Served } from '../receipt/collect.js';
import type { Accumulator } from '../stream/accumulator.js';
import type { FINISHED } from '../stream/error-of.js';
import type { ErrorDetail } from '../wire/error-body.js';

/** How the stream of a route is read: what its chunks tell, and what they make up. */
export interface StreamShape<Chunk extends object, Whole> {
  /** What of an ending a chunk carries: an error, the end of the answer, or nothing. */
  readonly endingOf: (chunk: Chunk) => ErrorDetail | typeof FINISHED | undefined;
  /** Whether a chunk holds anything of the answer. */
  carries(chunk: Chunk): boolean;
  /** What all that has arrived says about who served. */
  servedIn(whole: Whole): Served;
  /** Who serves is told by the end alone, so that a verdict on it waits for that. */
  readonly servedLate?: boolean;
  createAccumulator(): Accumulator<Chunk, Whole>;
  /** A whole JSON body as the one chunk of a stream. @throws the error that the body holds. */
  fromBody(body: unknown, context: () => ErrorContext): Chunk;
  /** What had arrived, for an error to carry. */
  partialOf(whole: Whole, secrets: readonly string[] | undefined): PartialResponse;
}
