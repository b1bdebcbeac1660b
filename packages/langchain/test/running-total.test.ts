import type { AIMessageChunk } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamConverter } from '../src/convert-stream.js';
import { joinChunks, type StreamedChunk } from '../src/running-total.js';
import { chunk } from './fake-server.js';

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
  const last = { id: 'gen-1', usage: { prompt_tokens: 1 }, choices: [{ message: { role: 'assistant' as const, mood: 'calm' }, finish_reason: 'stop' }] };
  return ends ? [...chunks, converter.close(last, { receipt: undefined, warnings: [] })] : chunks;
}

/** Each message added to the last by LangChain itself. */
function added(chunks: readonly StreamedChunk[]): ChatGenerationChunk {
  const [first, ...rest] = chunks.map(({ text, message }) => new ChatGenerationChunk({ text, message }));
  if (first === undefined) throw new RangeError('no chunks');
  return rest.reduce((total, one) => total.concat(one), first);
}

const seen = ({ text, message }: ChatGenerationChunk): unknown => {
  const { id, content, tool_call_chunks: pieces, additional_kwargs: kwargs, response_metadata: metadata, usage_metadata: usage } = message as AIMessageChunk;
  return { text, id, content, pieces, kwargs, metadata, usage };
};

describe('the running total', () => {
  it('is what LangChain would have added up, joined at once or step by step', () => {
    fc.assert(
      fc.property(fc.array(delta, { minLength: 1, maxLength: 12 }), fc.boolean(), (deltas, ends) => {
        const chunks = streamed(deltas, ends);
        const [first, ...rest] = chunks;
        fc.pre(first !== undefined);
        const expected = seen(added(chunks));
        expect(seen(joinChunks(chunks))).toEqual(expected);
        expect(seen(rest.reduce<ChatGenerationChunk>((total, one) => total.concat(one), chunks[0] ?? joinChunks(chunks)))).toEqual(expected);
      }),
    );
  });
});
