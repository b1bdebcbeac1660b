import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accumulate, createAccumulator } from '../../src/stream/accumulate.js';
import { createChunkDecoder } from '../../src/stream/decode-chunks.js';
import type { ChatChunk } from '../../src/wire/chunk.js';
import { endingOf, errorOf } from '../../src/stream/error-of.js';
import { encodeResponse, type Pick } from './encode-response.js';
import { chatResponse } from './message-arbitrary.js';
import { bytesOf, cut } from './sse-helpers.js';

const picker = (numbers: fc.Stream<number>): Pick => (count) => numbers.next().value % count;

it('gives back the response that was cut into chunks', () => {
  fc.assert(
    fc.property(chatResponse, fc.infiniteStream(fc.nat()), (response, numbers) => {
      expect(accumulate(encodeResponse(response, picker(numbers)))).toEqual(response);
    }),
    { numRuns: 1000 },
  );
});

it('gives it back from bytes in random packets, with comments and any line ends', () => {
  fc.assert(
    fc.property(chatResponse, fc.infiniteStream(fc.nat()), fc.constantFrom('\n', '\r', '\r\n'), (response, numbers, eol) => {
      const pick = picker(numbers);
      let body = '';
      for (const chunk of encodeResponse(response, pick)) {
        if (pick(4) === 0) body += `: OPENROUTER PROCESSING${eol}${eol}`;
        body += `data: ${JSON.stringify(chunk)}${eol}${eol}`;
      }
      body += `data: [DONE]${eol}${eol}`;
      const bytes = bytesOf(body);
      const accumulator = createAccumulator();
      const decoder = createChunkDecoder<ChatChunk>({
    endingOf,
        onChunk: (chunk) => {
          expect(errorOf(chunk)).toBeUndefined();
          accumulator.add(chunk);
        },
      });
      for (const packet of cut(bytes, Array.from({ length: pick(20) }, () => pick(bytes.length)))) decoder.push(packet);
      expect(decoder.end()).toBe('proper');
      expect(decoder.done).toBe(true);
      expect(accumulator.response()).toEqual(JSON.parse(JSON.stringify(response)));
    }),
    { numRuns: 300 },
  );
});

it('changes nothing by looking at the response in between', () => {
  fc.assert(
    fc.property(chatResponse, fc.infiniteStream(fc.nat()), (response, numbers) => {
      const accumulator = createAccumulator();
      const seen: { response: unknown; copy: unknown }[] = [];
      for (const chunk of encodeResponse(response, picker(numbers))) {
        accumulator.add(chunk);
        const sofar = accumulator.response();
        seen.push({ response: sofar, copy: structuredClone(sofar) });
      }
      for (const { response: sofar, copy } of seen) expect(sofar).toEqual(copy);
      expect(accumulator.response()).toEqual(response);
    }),
    { numRuns: 100 },
  );
});
