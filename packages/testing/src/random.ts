/** A source of numbers in [0, 1), as `Math.random` is. */
export type Random = () => number;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** The same seed gives the same numbers on every machine. */
export function createRandom(seed: number | string): Random {
  let state = hash(String(seed));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Letters and digits: the id of a job, and the tail of a generation id. */
export function randomText(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return text;
}

/** `gen-<seconds since the epoch>-<20 characters>`, the form of a chat generation; other routes put their kind after `gen`. */
export function generationId(random: Random, nowMs: number, kind?: string): string {
  return `gen-${kind === undefined ? '' : `${kind}-`}${Math.floor(nowMs / 1000)}-${randomText(random, 20)}`;
}
