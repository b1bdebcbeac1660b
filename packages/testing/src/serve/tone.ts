import { createRandom } from '../random.js';
import { concat } from './bytes.js';

/** Samples per second of the PCM. */
export const PCM_RATE = 24_000;

/** Samples per character, and how many there are at most: half a second, and ten however slow. */
const SAMPLES_PER_CHARACTER = 120;
const MOST_SAMPLES = PCM_RATE / 2;
const MOST_SLOW_SAMPLES = PCM_RATE * 10;

function samples(text: string, speed: number): number {
  const wanted = Math.min(text.length * SAMPLES_PER_CHARACTER, MOST_SAMPLES) / speed;
  return Math.max(1, Math.round(Math.min(wanted, MOST_SLOW_SAMPLES)));
}

/** 16-bit little-endian mono PCM: a tone whose pitch depends on the voice and whose length depends on the text. */
export function pcm(text: string, voice: string, speed: number): Uint8Array {
  const pitch = 220 + Math.floor(createRandom(`voice/${voice}`)() * 440);
  const count = samples(text, speed);
  const bytes = new Uint8Array(count * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i += 1) {
    // A triangle, since every machine adds and multiplies alike.
    const phase = (i * pitch / PCM_RATE) % 1;
    view.setInt16(i * 2, Math.round((Math.abs(phase - 0.5) * 4 - 1) * 8000), true);
  }
  return bytes;
}

/** MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono. */
const FRAME_HEADER = Uint8Array.of(0xff, 0xfb, 0x10, 0xc0);
const FRAME_BYTES = 104;
const FRAME_SAMPLES = 1152;

/** Silent frames, as many as the text would take. */
export function mp3(text: string, speed: number): Uint8Array {
  const seconds = samples(text, speed) / PCM_RATE;
  const frames = Math.max(1, Math.ceil((seconds * 44_100) / FRAME_SAMPLES));
  const frame = concat([FRAME_HEADER, new Uint8Array(FRAME_BYTES - FRAME_HEADER.length)]);
  return concat(Array.from({ length: frames }, () => frame));
}
