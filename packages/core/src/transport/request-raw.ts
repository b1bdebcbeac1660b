import { errorFromChunk } from '../errors/from-chunk.js';
import type { ErrorContext } from '../errors/from-detail.js';
import { errorFromBody, errorFromNonJson } from '../errors/from-response.js';
import { errorFromUnknown } from '../errors/from-unknown.js';
import { isRecord } from '../policy/report.js';
import { errorOf } from '../stream/error-of.js';
import { EventTooLargeError } from '../stream/event-too-large-error.js';
import { attempt, type OpenResponse } from './attempt.js';
import { saysSomething } from './carries.js';
import { handOn, type HandOnOptions } from './hand-on.js';
import { peekEvent } from './peek-event.js';
import { parseJson, readOpenText } from './read-body.js';
import { cancelReader, readerOf } from './read-text.js';
import { breakError } from './stream-break.js';
import type { AttemptOptions, HeaderRecord } from './types.js';

/** An answer with a good status, its body untouched. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: HeaderRecord;
  /** What JSON says; of an event stream, its first event; undefined for anything else. */
  readonly said: unknown;
  /** Whether `said` is all of it. */
  readonly whole: boolean;
  readonly body: string | ReadableStream<Uint8Array> | null;
}

// Of these a body with a failure in it may have some all the same, which must not be lost.
const CONTENTS = ['output', 'data', 'results', 'content', 'answers'];

const says = (part: unknown): boolean => isRecord(part) && saysSomething(part);

function holdsSomething(body: { readonly [field: string]: unknown }): boolean {
  const { choices } = body;
  if (Array.isArray(choices)) return choices.some((choice: unknown) => isRecord(choice) && (choice['text'] || says(choice['message']) || says(choice['delta'])));
  // a job that was made, which others may be asked about later
  return typeof body['polling_url'] === 'string' || CONTENTS.some((name) => Array.isArray(body[name]) && body[name].length > 0);
}

/** Throws what a body, or a first event, tells of a failure, when it tells of nothing else. */
function throwFailure(said: unknown, open: OpenResponse): void {
  if (!isRecord(said) || holdsSomething(said)) return;
  const context = (): ErrorContext => ({ ...open.context(), responseBody: said });
  const error = errorFromBody(said['type'] === 'error' && !said['error'] ? { error: said } : said, context);
  if (error !== undefined) throw error;
  // Every field of a chunk is optional and read with care, so any object is one.
  const detail = errorOf(said);
  if (detail !== undefined) throw errorFromChunk(detail, said, context());
}

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // `[DONE]`, or what is no JSON: whoever reads the stream is told by it.
    return undefined;
  }
};

/**
 * Makes one request, and gives the body as it came: JSON as text, anything else as a stream of the same packets. What holds nothing but
 * an error throws it, be it JSON or the first event of a stream.
 *
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} {@link StreamError} (`too-large`), or the reason of the signal.
 */
export async function requestRaw(options: AttemptOptions, onSaid?: (said: unknown, whole: boolean) => void, onClose?: HandOnOptions['onClose']): Promise<RawAnswer> {
  const { effects, url, limits: { idleTimeout } = {} } = options;
  const open = await attempt(options);
  const { status, headers, guard, response } = open;
  const type = headers['content-type'] ?? '';
  if (/\b(json|html)\b/i.test(type)) {
    const body = await readOpenText(open, options);
    const said = parseJson(body, open);
    if (!isRecord(said) && !Array.isArray(said)) throw errorFromNonJson(body, open.context());
    throwFailure(said, open);
    onSaid?.(said, true);
    return { status, headers, said, whole: true, body };
  }
  const handing = { guard, now: effects.now, onClose, ...(idleTimeout !== undefined && { idleTimeout }) };
  let reader: ReturnType<typeof readerOf>;
  try {
    reader = readerOf(response);
    const answer = { status, headers, said: undefined, whole: false };
    if (reader === undefined) {
      guard.dispose();
      return { ...answer, body: null };
    }
    if (!/^text\/event-stream\b/i.test(type)) return { ...answer, body: handOn(reader, handing) };
    const reading = reader;
    guard.onEnd = (reason) => cancelReader(reading, reason);
    const peeked = await peekEvent(reader, options);
    guard.throwIfEnded();
    const said = parsed(peeked.first);
    throwFailure(said, open);
    onSaid?.(said, false);
    return { ...answer, said, body: handOn(reader, { ...handing, peeked }) };
  } catch (error) {
    const { ended } = guard;
    guard.close(error);
    if (reader) cancelReader(reader, error);
    if (ended) throw ended.reason;
    throw error instanceof EventTooLargeError ? breakError(error, undefined) : errorFromUnknown(error, { url, secrets: open.context().secrets });
  }
}
