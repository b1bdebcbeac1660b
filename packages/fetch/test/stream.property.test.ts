import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunk, collect, DONE, END, event, fake, REQUEST } from './kit.js';

/** Content or a fragment of a tool call. */
const delta = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((content) => ({ content })),
  fc.string({ maxLength: 4 }).map((part) => ({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: part } }] })),
);

/** A response whose bytes come in packets cut at these places. */
function cutUp(bytes: Uint8Array, cuts: readonly number[]): Response {
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const packets = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const packet = packets.shift();
      if (packet === undefined) controller.close();
      else if (packet.length > 0) controller.enqueue(packet);
      else controller.enqueue(new TextEncoder().encode(': keep-alive\n\n').subarray(0, 0));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

it('however the bytes come, and whenever final is asked for, the reader gets every chunk once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(delta, { maxLength: 12 }), fc.array(fc.nat(5000), { maxLength: 12 }), fc.nat(14), async (deltas, cuts, finalAfter) => {
      const chunks = [...deltas.map((one) => chunk(one)), END];
      const bytes = new TextEncoder().encode(chunks.map(event).join('') + DONE);
      const stream = fake([() => cutUp(bytes, cuts)]).openrouter.stream(REQUEST);
      const seen: unknown[] = [];
      let final = finalAfter === 0 ? stream.final() : undefined;
      for await (const one of stream) {
        seen.push(one);
        if (seen.length === finalAfter) final = stream.final();
      }
      expect(seen).toEqual(chunks);
      const text = deltas.map((one) => ('content' in one ? one.content : '')).join('');
      const parts = deltas.flatMap((one) => ('tool_calls' in one ? one.tool_calls.map((call) => call.function.arguments) : []));
      const result = await (final ?? stream.final());
      expect(result.text).toBe(text);
      expect(result.message.tool_calls?.[0]?.function.arguments ?? '').toBe(parts.join(''));

      const texts = await collect(fake([() => cutUp(bytes, cuts)]).openrouter.stream(REQUEST).textStream);
      expect(texts.join('')).toBe(text);
    }),
    { numRuns: 60 },
  );
});
