import { EventTooLargeError } from './event-too-large-error.js';

/** 32 Mi characters: room for a generated image or a minute of sound in one event. */
export const DEFAULT_MAX_EVENT_SIZE: number = 32 * 1024 * 1024;

export interface SseDecoderOptions {
  /** Characters of one event's lines, field names included. Default 32 Mi. A larger one throws `EventTooLargeError`. */
  maxEventSize?: number;
  /** Called for every comment, with the text after the colon. Servers send comments to keep a connection alive. */
  onComment?: (comment: string) => void;
}

export interface SseDecoder {
  /**
   * Decodes one packet, calling back for each event and comment that it completes. Throws `EventTooLargeError`, or what a
   * callback throws; after that the decoder takes nothing more.
   */
  push(bytes: Uint8Array): void;
  /** Ends the stream: an event that was not closed by a blank line is delivered too. */
  end(): void;
}

const LF = 10;
const SPACE = 32;
const COLON = 58;
const STREAM = { stream: true };

/** Where the value of a `data` field begins in the line at `from`; -1 when the line is another field. */
function dataAt(text: string, from: number, to: number): number {
  if (
    text.charCodeAt(from) !== 100 /* d */ ||
    text.charCodeAt(from + 1) !== 97 /* a */ ||
    text.charCodeAt(from + 2) !== 116 /* t */ ||
    text.charCodeAt(from + 3) !== 97 /* a */
  ) {
    return -1;
  }
  const end = from + 4;
  if (end === to) return to;
  if (text.charCodeAt(end) !== COLON) return -1;
  return text.charCodeAt(end + 1) === SPACE ? end + 2 : end + 1;
}

/**
 * Makes a synchronous decoder of server-sent events: bytes in, the `data` of each event out, whatever way the bytes are cut
 * into packets. Lines end in LF, CR or CRLF; the `data` lines of an event are joined by LF; a byte order mark at the start
 * and all fields but `data` are dropped.
 *
 * @example
 * const decoder = createSseDecoder((data) => console.log(data));
 * decoder.push(bytes); // as often as there are packets
 * decoder.end();
 */
export function createSseDecoder(onData: (data: string) => void, options: SseDecoderOptions = {}): SseDecoder {
  const { maxEventSize = DEFAULT_MAX_EVENT_SIZE, onComment } = options;
  const utf8 = new TextDecoder();
  /** The line that has not ended yet. A rope: it is flattened once, when its end has come. */
  let tail = '';
  /** The `data` lines so far of the event that has not ended yet. */
  let data: string | undefined;
  let dataSize = 0;
  let afterCr = false;
  let closed = false;

  /** CR and CRLF become LF. A CR at the end of a packet counts at once; an LF that begins the next one is its second half. */
  const normalise = (text: string): string => {
    const from = afterCr && text.charCodeAt(0) === LF ? 1 : 0;
    afterCr = text.endsWith('\r');
    return text.slice(from).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  };

  const dispatch = (): void => {
    if (data === undefined) return;
    const whole = data;
    data = undefined;
    dataSize = 0;
    onData(whole);
  };

  /** Takes the line at [from, to), which is not the whole of an event. */
  const line = (text: string, from: number, to: number): void => {
    if (from === to) return dispatch();
    if (dataSize + to - from > maxEventSize) throw new EventTooLargeError(maxEventSize);
    const at = dataAt(text, from, to);
    if (at !== -1) {
      const value = text.slice(at, to);
      data = data === undefined ? value : `${data}\n${value}`;
      dataSize += to - from;
    } else if (onComment !== undefined && text.charCodeAt(from) === COLON) {
      onComment(text.slice(from + 1, to));
    }
  };

  const lines = (text: string): void => {
    let to = text.indexOf('\n');
    let from = 0;
    if (tail !== '') {
      // hot: a huge event comes in thousands of packets; only the new part of it is searched
      if (to === -1) {
        tail += text;
        if (dataSize + tail.length > maxEventSize) throw new EventTooLargeError(maxEventSize);
        return;
      }
      const whole = tail + text.slice(0, to);
      tail = '';
      line(whole, 0, whole.length);
      from = to + 1;
      to = text.indexOf('\n', from);
    }
    while (to !== -1) {
      // hot: nearly every event is one `data` line and a blank one, so it goes from the packet to the callback in one slice
      const at = data === undefined && text.charCodeAt(to + 1) === LF ? dataAt(text, from, to) : -1;
      if (at === -1) {
        line(text, from, to);
        from = to + 1;
      } else {
        if (to - from > maxEventSize) throw new EventTooLargeError(maxEventSize);
        onData(text.slice(at, to));
        from = to + 2;
        if (from >= text.length) return;
      }
      to = text.indexOf('\n', from);
    }
    if (from < text.length) {
      tail = from === 0 ? text : text.slice(from);
      if (dataSize + tail.length > maxEventSize) throw new EventTooLargeError(maxEventSize);
    }
  };

  const take = (text: string): void => {
    if (text !== '') lines(afterCr || text.includes('\r') ? normalise(text) : text);
  };

  return {
    push(bytes) {
      if (closed) return;
      // Closed for as long as it runs, so that it stays closed when a callback throws.
      closed = true;
      take(utf8.decode(bytes, STREAM));
      closed = false;
    },
    end() {
      if (closed) return;
      closed = true;
      take(utf8.decode());
      if (tail !== '') line(tail, 0, tail.length);
      dispatch();
    },
  };
}
