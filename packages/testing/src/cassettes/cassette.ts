/** What a client sent. */
export interface RecordedCall {
  readonly method: string;
  /** From `/api/v1` on. */
  readonly path: string;
  /** By name, or as it stands in an address. */
  readonly query?: Readonly<Record<string, string>> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parsed JSON, or text; `null` where there was none, or none that can be kept, such as a file. */
  readonly body: unknown;
}

/** What came back, byte for byte as far as text goes. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or text that is none. */
  readonly body?: unknown;
  /** White space that came before the JSON. */
  readonly bodyPrefix?: string;
  /** The text of an event stream, comments and blank lines included. */
  readonly sse?: string;
  /** What is neither: the bytes in base64. */
  readonly base64?: string;
  /** Lengths of the packets, in bytes. */
  readonly chunkBytes?: readonly number[] | null;
  /** Milliseconds from the request to each packet. */
  readonly chunkMs?: readonly number[];
  /** `reset`: the connection broke after the last packet. `left`: the client went away. */
  readonly ending?: 'reset' | 'left';
}

/** One request and what came back: the content of one file. */
export interface Cassette {
  /** ISO 8601. */
  readonly recordedAt?: string | null;
  readonly model?: string | null;
  readonly request: RecordedCall;
  readonly response: RecordedAnswer;
  readonly [field: string]: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws {RangeError} naming the file, where it is no recording. */
export function parseCassette(text: string, file: string): Cassette {
  const fail = (why: string): never => {
    throw new RangeError(`${file} is no recording: ${why}`);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail('it is not JSON');
  }
  const { request, response } = isRecord(parsed) ? parsed : {};
  if (!isRecord(request) || typeof request['method'] !== 'string' || typeof request['path'] !== 'string') return fail('it has no request with a method and a path');
  if (!isRecord(response) || typeof response['status'] !== 'number' || !isRecord(response['headers'])) return fail('it has no response with a status and headers');
  // The fields that a player reads without looking were checked above.
  return parsed as Cassette;
}

/** JSON that is written as it was sent is kept parsed, since that reads better; everything else as text. */
export function bodyFields(text: string): Pick<RecordedAnswer, 'body' | 'bodyPrefix'> {
  const prefix = /^\s*/.exec(text)?.[0] ?? '';
  try {
    const body: unknown = JSON.parse(text);
    if (prefix + JSON.stringify(body) === text) return { body, ...(prefix !== '' && { bodyPrefix: prefix }) };
  } catch {
    // no JSON: kept as text
  }
  return { body: text };
}

/** The body of a request as a recording has it; `scrub` masks what no file may hold. */
export function requestBody(bytes: Uint8Array, scrub: (text: string) => string): unknown {
  let text: string;
  try {
    text = scrub(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // a file
    return null;
  }
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The bytes of a recorded body, as they came. */
export function bytesOf({ sse, body, bodyPrefix = '', base64 }: RecordedAnswer): Uint8Array {
  if (base64 !== undefined) return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (sse !== undefined) return new TextEncoder().encode(sse);
  if (body === undefined) return new Uint8Array();
  return new TextEncoder().encode(bodyPrefix + (typeof body === 'string' ? body : JSON.stringify(body)));
}
