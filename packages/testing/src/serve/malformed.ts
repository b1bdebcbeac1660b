import type { Malformed } from '../scenario/wire.js';

/** What no character of UTF-8 has in it. */
const NO_CHARACTER = 0xff;

/** Where the last text of a JSON object begins that is said to the reader, else its first text. */
function placeOfText(json: string): number {
  const said = [...json.matchAll(/"(?:content|text|delta)":"(?!")/g)].at(-1) ?? /:"(?!")/.exec(json);
  return said === null ? 0 : said.index + said[0].length;
}

/** JSON as it should be, or not. */
export function malformed(json: string, how: Malformed | undefined): string | Uint8Array {
  if (how === undefined) return json;
  if (how.as === 'json') return json.slice(0, Math.ceil(json.length / 2));
  const encoder = new TextEncoder();
  const bytes = encoder.encode(json);
  bytes[encoder.encode(json.slice(0, placeOfText(json))).length] = NO_CHARACTER;
  return bytes;
}
