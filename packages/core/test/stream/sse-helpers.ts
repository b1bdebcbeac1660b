import { createSseDecoder, type SseDecoderOptions } from '../../src/stream/decode-sse.js';

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** Cuts at the given places, which may lie anywhere, repeat and stand in any order. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  const packets: Uint8Array[] = [];
  let from = 0;
  for (const place of [...sorted, bytes.length]) {
    packets.push(bytes.subarray(from, place));
    from = place;
  }
  return packets;
}

export interface Decoded {
  events: string[];
  comments: string[];
}

export function decode(packets: Iterable<Uint8Array>, options: SseDecoderOptions = {}): Decoded {
  const events: string[] = [];
  const comments: string[] = [];
  const decoder = createSseDecoder((data) => events.push(data), { onComment: (comment) => comments.push(comment), ...options });
  for (const packet of packets) decoder.push(packet);
  decoder.end();
  return { events, comments };
}
