import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskBytes } from '../src/mask-bytes.js';

const encoder = new TextEncoder();

/** A text through the mask, cut into packets at these places. */
async function masked(text: string, secret: string, cuts: readonly number[] = []): Promise<string> {
  const bytes = encoder.encode(text);
  const places = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      places.slice(1).forEach((end, i) => controller.enqueue(bytes.slice(places[i], end)));
      controller.close();
    },
  });
  return new Response(maskBytes(body, secret)).text();
}

it('puts stars in place of each, whatever the secret and wherever the bytes are cut', async () => {
  const secret = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 6, maxLength: 8 });
  const pieces = fc.array(fc.option(fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 7 })), { maxLength: 6 });
  await fc.assert(fc.asyncProperty(secret, pieces, fc.array(fc.nat(60), { maxLength: 6 }), async (one, given, cuts) => {
    const text = given.map((piece) => piece ?? one).join('');
    expect(await masked(text, one, cuts)).toBe(text.replaceAll(one, '*'.repeat(one.length)));
  }));
});

it('ends where the secret is made of stars', async () => {
  expect(await masked('a ********, ****** b', '******', [4])).toBe('a ********, ****** b');
});

it('takes what is shorter than any key for none', async () => {
  expect(await masked('this is a test', 'test')).toBe('this is a test');
});
