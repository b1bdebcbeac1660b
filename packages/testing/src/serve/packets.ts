import type { Wire } from '../scenario/wire.js';
import { concat } from './bytes.js';

/** Sizes in turn, the last one for all that is left; sizes below one count as one. */
function split(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const size = Math.max(1, Math.floor(sizes[Math.min(packets.length, sizes.length - 1)] ?? bytes.length));
    packets.push(bytes.slice(offset, offset + size));
    offset += size;
  }
  return packets;
}

/** Cuts segments into packets of bytes, anywhere: inside a character, inside a line end. */
export function toPackets(segments: readonly (string | Uint8Array)[], wire: Wire): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  return cutPackets(segments.map((segment) => (typeof segment === 'string' ? encoder.encode(segment) : segment)), wire);
}

/** Cuts segments of bytes into packets, as the wire asks. */
export function cutPackets(encoded: readonly Uint8Array[], wire: Wire): readonly Uint8Array[] {
  if (wire.cutBytes === undefined && (wire.packets === undefined || wire.packets === 'event')) return encoded;
  const whole = concat(encoded);
  const bytes = wire.cutBytes === undefined ? whole : whole.slice(0, wire.cutBytes);
  const { packets = 'event' } = wire;
  if (packets === 'whole') return [bytes];
  if (packets === 'event') return split(bytes, encoded.map((segment) => segment.length));
  return split(bytes, 'size' in packets ? [packets.size] : packets);
}
