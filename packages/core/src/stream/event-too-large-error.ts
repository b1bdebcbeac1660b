/**
 * One event of a stream is larger than the limit, so reading was given up. It does not cover a whole body without streaming
 * that is too large. Where a chat request is streamed, this becomes a `StreamError` with reason `too-large`.
 */
export class EventTooLargeError extends Error {
  override readonly name: string = 'EventTooLargeError';
  /** The limit, in characters. */
  readonly maxEventSize: number;

  constructor(maxEventSize: number) {
    super(`an event of the stream is larger than ${maxEventSize} characters`);
    this.maxEventSize = maxEventSize;
  }
}
