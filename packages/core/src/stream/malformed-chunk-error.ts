/**
 * An event of a chat stream is not a JSON object. It does not cover the last event of a stream that was cut off: that one is
 * a truncation. Where a chat request is streamed, this becomes a `StreamError` with reason `malformed`.
 *
 * The text of the event is not repeated, neither here nor as a `cause`, since a parser's message quotes what it read.
 */
export class MalformedChunkError extends Error {
  override readonly name: string = 'MalformedChunkError';
  /** Characters of the event that could not be read. */
  readonly length: number;

  constructor(length: number) {
    super(`an event of the stream (${length} characters) is not a JSON object`);
    this.length = length;
  }
}
