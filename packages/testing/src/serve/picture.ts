import { createRandom } from '../random.js';
import { concat, latin, toBase64, uint32 } from './bytes.js';
import { adler32, crc32 } from './checksums.js';

type Colour = readonly [number, number, number];

/** Pixels to a side. */
const SIDE = 8;

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat([latin(type), data]);
  return concat([uint32(data.length), body, uint32(crc32(body))]);
}

/** Stored, not compressed: one block of at most 65,535 bytes. */
function zlib(data: Uint8Array): Uint8Array {
  const { length } = data;
  const block = Uint8Array.of(1, length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255);
  return concat([Uint8Array.of(0x78, 0x01), block, data, uint32(adler32(data))]);
}

function png([red, green, blue]: Colour): Uint8Array {
  const row = [0, ...Array.from({ length: SIDE }, () => [red, green, blue]).flat()];
  const pixels = Uint8Array.from(Array.from({ length: SIDE }, () => row).flat());
  const header = concat([uint32(SIDE), uint32(SIDE), Uint8Array.of(8, 2, 0, 0, 0)]);
  return concat([latin('\u0089PNG\r\n\u001A\n'), chunk('IHDR', header), chunk('IDAT', zlib(pixels)), chunk('IEND', new Uint8Array(0))]);
}

function svg(colour: Colour): Uint8Array {
  const fill = colour.map((part) => part.toString(16).padStart(2, '0')).join('');
  return latin(`<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="100%" height="100%" fill="#${fill}"/></svg>`);
}

/** One small square in a colour that depends on the text alone: an SVG where that is asked for, else a PNG. */
export function picture(text: string, format: unknown): { readonly b64_json: string; readonly media_type: string } {
  const random = createRandom(`picture/${text}`);
  const part = (): number => Math.floor(random() * 256);
  const colour: Colour = [part(), part(), part()];
  return format === 'svg'
    ? { b64_json: toBase64(svg(colour)), media_type: 'image/svg+xml' }
    : { b64_json: toBase64(png(colour)), media_type: 'image/png' };
}
