import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../src/index.js';

it('base64 gives back what it was made of', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    expect([...(fromBase64(toBase64(bytes)) ?? [])]).toEqual([...bytes]);
  }));
  const large = new Uint8Array(100_000).fill(7);
  expect(fromBase64(toBase64(large))).toEqual(large);
});

it('what is none is undefined', () => {
  expect(fromBase64('?')).toBeUndefined();
});
