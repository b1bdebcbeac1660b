import type { ResponsesEvent } from '@waypost/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { streamRespond } from '../../src/responses/index.js';
import { collect, DONE, event, fake } from '../kit.js';
import { call, CREATED, REQUEST, response } from './kit.js';

/** A piece of the text, of thinking, or of the arguments of one of two calls: items interleave. */
const piece = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), delta: fc.string({ unit: 'grapheme', maxLength: 8 }) }),
  fc.record({ kind: fc.constant('thought' as const), delta: fc.string({ unit: 'grapheme', maxLength: 8 }) }),
  fc.record({ kind: fc.constantFrom('call-a' as const, 'call-b' as const), delta: fc.string({ maxLength: 4 }) }),
);

const PLACES = { thought: 0, text: 1, 'call-a': 2, 'call-b': 3 } as const;
const TYPES = { thought: 'reasoning_text', text: 'output_text', 'call-a': 'function_call_arguments', 'call-b': 'function_call_arguments' } as const;

const BEGUN: readonly ResponsesEvent[] = [
  CREATED,
  { type: 'response.output_item.added', output_index: 3, item: call('', { id: 'fc_2', call_id: 'call_b' }) },
  { type: 'response.output_item.added', output_index: 2, item: call('', { call_id: 'call_a' }) },
];

/** A response whose bytes come in packets cut at these places, with keep-alive comments between them. */
function cutUp(bytes: Uint8Array, cuts: readonly number[]): Response {
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const packets = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const packet = packets.shift();
      if (packet === undefined) controller.close();
      else controller.enqueue(packet);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

it('however the bytes come, the reader gets every event once and in order, and final puts the items together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 14 }), fc.array(fc.nat(5000), { maxLength: 12 }), fc.nat(16), async (pieces, cuts, finalAfter) => {
      const events: ResponsesEvent[] = [
        ...BEGUN,
        ...pieces.map(({ kind, delta }): ResponsesEvent => ({ type: `response.${TYPES[kind]}.delta`, output_index: PLACES[kind], content_index: 0, delta })),
        { type: 'response.completed', response: response([]) },
      ];
      const bytes = new TextEncoder().encode(events.map((one) => `: OPENROUTER PROCESSING\r\n\r\n${event(one)}`).join('') + DONE);
      const stream = streamRespond(fake([() => cutUp(bytes, cuts)]).openrouter, REQUEST);
      const seen: unknown[] = [];
      let final = finalAfter === 0 ? stream.final() : undefined;
      for await (const one of stream) {
        seen.push(one);
        if (seen.length === finalAfter) final = stream.final();
      }
      expect(seen).toEqual(events);
      const said = (kind: (typeof pieces)[number]['kind']): string => pieces.filter((one) => one.kind === kind).map(({ delta }) => delta).join('');
      const { output, text, reasoning } = await (final ?? stream.final());
      expect([text, reasoning ?? '']).toEqual([said('text'), said('thought')]);
      const args = (id: string): unknown => output.find((item) => item.type === 'function_call' && item['call_id'] === id);
      expect([args('call_a'), args('call_b')]).toMatchObject([{ arguments: said('call-a') }, { arguments: said('call-b') }]);

      const texts = await collect(streamRespond(fake([() => cutUp(bytes, cuts)]).openrouter, REQUEST).textStream);
      expect(texts.join('')).toBe(said('text'));
    }),
    { numRuns: 60 },
  );
});
