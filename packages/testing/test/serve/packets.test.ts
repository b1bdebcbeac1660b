import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toPackets } from '../../src/serve/packets.js';

const sizes = fc.oneof(
  fc.constantFrom('event' as const, 'whole' as const),
  fc.record({ size: fc.integer({ min: -1, max: 20 }) }),
  fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 }),
);

it('cuts bytes anywhere and loses none', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), sizes, fc.option(fc.nat(30), { nil: undefined }), (segments, packets, cutBytes) => {
    const expected = new TextEncoder().encode(segments.join('')).slice(0, cutBytes);
    const parts = toPackets(segments, { packets, ...(cutBytes === undefined ? {} : { cutBytes }) });
    expect(parts.flatMap((part) => [...part])).toEqual([...expected]);
  }));
});
