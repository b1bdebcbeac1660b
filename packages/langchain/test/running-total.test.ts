import type { AIMessageChunk } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertToolCalls } from '../src/convert-response.js';
import { createStreamConverter } from '../src/convert-stream.js';
import { joinChunks, type StreamedChunk } from '../src/running-total.js';
import { chunk } from './fake-server.js';
import { coreChunk, parsedBy, seen } from './message-fields.js';

const piece = fc.record({ index: fc.nat(2), id: fc.constantFrom('', 'a', 'b', null), name: fc.constantFrom('', 'f', 'g'), args: fc.constantFrom('', '{"x"', ':1}', '{}', 'null', '[') });
const delta = fc.oneof(
  fc.record({ content: fc.string({ maxLength: 3 }) }),
  fc.record({ reasoning: fc.string({ maxLength: 3 }) }),
  fc
    .array(piece, { maxLength: 3 })
    .map((pieces) => ({ tool_calls: pieces.map(({ index, id, name, args }) => ({ index, id, function: { name, arguments: args } })) })),
);

function streamed(deltas: readonly Record<string, unknown>[], ends: boolean): StreamedChunk[] {
  const converter = createStreamConverter(true);
  const chunks = deltas.map((one) => converter.convert(chunk(one))).filter((one) => one !== undefined);
  const details = [{ type: 'reasoning.text', text: 'a', signature: 's' }, { type: 'reasoning.encrypted', data: 'blob' }];
  const message = { role: 'assistant' as const, mood: 'calm', reasoning_details: details };
  const last = { id: 'gen-1', usage: { prompt_tokens: 1 }, choices: [{ message, finish_reason: 'stop' }] };
  return ends ? [...chunks, converter.close(last, { receipt: undefined, warnings: [] })] : chunks;
}

/** What LangChain's own chunks add up to; of a response that has ended, complete calls alone are calls. */
function added(chunks: readonly StreamedChunk[], ends: boolean): Record<string, unknown> {
  const own = chunks.map(({ text, message, generationInfo }) => new ChatGenerationChunk({ text, message: coreChunk(message as AIMessageChunk), ...(generationInfo && { generationInfo }) }));
  const [first, ...rest] = own;
  if (first === undefined) throw new RangeError('no chunks');
  const total = rest.reduce((sum, one) => sum.concat(one), first);
  const { tool_call_chunks: pieces = [] } = total.message as AIMessageChunk;
  if (ends) Object.assign(total.message, convertToolCalls(pieces.map(({ id, name, args }) => ({ id, name: name ?? '', arguments: args }))));
  return seenOf(total);
}

const seenOf = ({ text, message, generationInfo }: ChatGenerationChunk): Record<string, unknown> => ({ text, info: generationInfo, ...seen(message as AIMessageChunk) });

describe('the running total', () => {
  it('is what LangChain would have added up, read at the end or at every step', () => {
    fc.assert(
      fc.property(fc.array(delta, { minLength: 2, maxLength: 12 }), fc.boolean(), (deltas, ends) => {
        fc.pre(streamed(deltas, ends).length > 1);
        const chunks = (): StreamedChunk[] => streamed(deltas, ends);
        const expected = added(chunks(), ends);
        expect(seenOf(joinChunks(chunks()))).toEqual(expected);
        const all: ChatGenerationChunk[] = chunks();
        const readAtEveryStep = all.reduce((total, one) => {
          seenOf(total);
          return total.concat(one);
        });
        expect(seenOf(readAtEveryStep)).toEqual(expected);
      }),
    );
  });

  it('stays as it is when it is added to', () => {
    fc.assert(
      fc.property(fc.array(delta, { minLength: 3, maxLength: 8 }), (deltas) => {
        const chunks = streamed(deltas, false);
        fc.pre(chunks.length > 2);
        const totals = [joinChunks(chunks.slice(0, 1))];
        for (const one of chunks.slice(1)) totals.push((totals.at(-1) ?? one).concat(one));
        // read only now
        const later = totals.map(seenOf);
        const fresh = totals.map((_, i) => seenOf(joinChunks(streamed(deltas, false).slice(0, i + 1))));
        expect(later).toEqual(fresh);
      }),
    );
  });

  const [first, second, third] = streamed([{ content: 'Hel' }, { content: 'lo' }, { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":' } }] }], false);
  if (!first || !second || !third) throw new Error('three chunks expected');

  it('is a chunk of LangChain to whoever looks', () => {
    const total = first.concat(second).concat(third);
    expect(total).toBeInstanceOf(ChatGenerationChunk);
    expect(JSON.parse(JSON.stringify(total))).toMatchObject({ text: 'Hello', message: { kwargs: { content: 'Hello', tool_call_chunks: [{ id: 'a' }] } } });
  });

  it('parses long arguments when the response has ended, not at every fragment', () => {
    const fragments = 5000;
    const pieces = ['{"x":"', ...Array.from({ length: fragments }, () => 'abcd'), '"}'].map((args, i) => ({ tool_calls: [{ index: 0, ...(i === 0 && { id: 'a' }), function: { name: i === 0 ? 'f' : '', arguments: args } }] }));
    const chunks = streamed(pieces, true);
    let total = joinChunks(chunks.slice(0, 1));
    expect(parsedBy(() => (total = joinChunks(chunks)))).toBeLessThan(15 * fragments);
    expect((total.message as AIMessageChunk).tool_calls?.[0]?.args['x']).toHaveLength(4 * fragments);
  });

  it('keeps what is changed in it', () => {
    const total = first.concat(second);
    total.text = 'Bye';
    total.message = coreChunk(total.message as AIMessageChunk);
    total.message.content = 'Bye';
    total.generationInfo = { mood: 'calm' };
    const sum = total.concat(third);
    expect([sum.text, sum.message.content, sum.generationInfo]).toEqual(['Bye', 'Bye', { mood: 'calm' }]);
    expect((sum.message as AIMessageChunk).tool_call_chunks).toHaveLength(1);
  });

  it('takes in what users change in chunks before they are added', () => {
    const [one, two] = streamed([{ content: 'a' }, { content: 'b' }], false);
    if (!one || !two) throw new Error('two chunks expected');
    two.message.content = 'B';
    two.message.additional_kwargs['mood'] = 'calm';
    const { text, message } = one.concat(two);
    expect([text, message.content, message.additional_kwargs]).toEqual(['ab', 'aB', { mood: 'calm' }]);
  });
});
