import type { Wire } from '../scenario/wire.js';
import { concat, latin } from './bytes.js';
import { malformed } from './malformed.js';

const COMMENT = ' OPENROUTER PROCESSING';

function comments(count: number, wire: Wire, lineEnd: string): readonly string[] {
  return Array.from({ length: count }, () => `:${wire.comments?.text ?? COMMENT}${lineEnd}${lineEnd}`);
}

/** The events of a stream, and whether `[DONE]` follows them. */
export interface EventList {
  readonly chunks: readonly object[];
  readonly done: boolean;
}

/** A stream as segments, one per event or comment; one that is malformed may be no text. */
export function sseSegments({ chunks, done }: EventList, wire: Wire): readonly (string | Uint8Array)[] {
  const end = wire.lineEnd ?? '\n';
  const event = (data: string): string => `data: ${data}${end}${end}`;
  const between = comments(wire.comments?.between ?? 0, wire, end);
  const limit = wire.stallAfter ?? Infinity;
  const bad = wire.malformed?.at ?? 1;
  const texts = chunks.map((chunk, i) => malformed(JSON.stringify(chunk), i === bad ? wire.malformed : undefined));
  const events = [...texts.map((data) => (typeof data === 'string' ? event(data) : concat([latin('data: '), data, latin(end + end)]))), ...(done ? [event('[DONE]')] : [])].slice(0, limit);
  const segments = [
    ...(wire.bom === true ? ['\uFEFF'] : []),
    ...comments(wire.comments?.before ?? 1, wire, end),
    ...events.flatMap((text, i) => (i === 0 ? [text] : [...between, text])),
  ];
  const last = segments.at(-1);
  if (wire.unterminated !== true || last === undefined) return segments;
  return [...segments.slice(0, -1), last.slice(0, -2 * end.length)];
}
