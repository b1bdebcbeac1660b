import { load } from '@langchain/core/load';
import { AIMessage, AIMessageChunk, isAIMessageChunk, isBaseMessageChunk, type AIMessageChunkFields, type ToolCallChunk } from '@langchain/core/messages';
import { concat } from '@langchain/core/utils/stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenRouterMessageChunk } from '../src/message-chunk.js';
import { parsedBy, seen } from './message-fields.js';

const text = fc.constantFrom('', 'a', 'bc');
const pieceFields = {
  type: fc.constant('tool_call_chunk' as const), index: fc.nat(2), id: fc.constantFrom('', 'a', 'b'), name: fc.constantFrom('', 'f'), args: fc.constantFrom('', '{"x"', ':1}', '{}', 'null', '['),
};
const piece: fc.Arbitrary<ToolCallChunk> = fc.record({ ...pieceFields, more: text }, { requiredKeys: [] });
const plainPiece: fc.Arbitrary<ToolCallChunk> = fc.record(pieceFields, { requiredKeys: ['type', 'index'] });
const usage = fc.record({ input_tokens: fc.nat(9), output_tokens: fc.nat(9), total_tokens: fc.nat(9), output_token_details: fc.record({ reasoning: fc.nat(9) }) });

/** Any chunk that a stream or a user may come up with. */
const fields: fc.Arbitrary<AIMessageChunkFields> = fc
  .record(
    {
      id: fc.constantFrom('gen-1', 'gen-2'),
      name: text,
      content: fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.array(text.map((url) => ({ type: 'image', url })), { maxLength: 2 }) }),
      tool_calls: fc.constant([]).map(() => [{ type: 'tool_call' as const, id: 'c', name: 'f', args: { x: 1 } }]),
      tool_call_chunks: fc.array(piece, { maxLength: 3 }),
      usage_metadata: usage,
      additional_kwargs: fc.record({ reasoning_content: text, reasoning_details: fc.constant([{ type: 'reasoning.text', text: 'a', signature: 's' }]) }, { requiredKeys: [] }),
      response_metadata: fc.record({ model_provider: fc.constant('openrouter'), output_version: fc.constant('v0'), cost: fc.nat(3) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['content'] },
  )
  .map(({ name, ...rest }) => (name === undefined ? rest : { ...rest, name }));

/** As LangChain has chunks under `outputVersion: 'v1'`. Of texts ours makes one, where LangChain keeps a block for each piece. */
const blocks = ({ content, ...rest }: AIMessageChunkFields): AIMessageChunkFields => ({
  ...rest,
  content: typeof content === 'string' ? [{ type: 'image', url: content }] : (content ?? []),
  response_metadata: { ...rest.response_metadata, output_version: 'v1' },
});

/** As most chunks of a stream are. */
const plain: fc.Arbitrary<AIMessageChunkFields> = fc.record(
  {
    id: fc.constantFrom('gen-1', 'gen-2'),
    content: text,
    tool_call_chunks: fc.array(plainPiece, { maxLength: 2 }),
    additional_kwargs: fc.record({ reasoning_content: text }, { requiredKeys: [] }),
    response_metadata: fc.constantFrom({}, { model_provider: 'openrouter' }, { model_provider: '' }),
  },
  { requiredKeys: ['content'] },
);

const listOf = (chunk: fc.Arbitrary<AIMessageChunkFields>): fc.Arbitrary<AIMessageChunkFields[]> => fc.array(chunk, { minLength: 2, maxLength: 5 });
const several = fc.oneof(listOf(plain), listOf(fields), listOf(fc.oneof(plain, plain, fields)), listOf(fc.oneof(plain, fields).map(blocks)));

/** Fresh fields each time, since constructors keep them. */
const added = (Chunk: new (one: AIMessageChunkFields) => AIMessageChunk, all: readonly AIMessageChunkFields[]): AIMessageChunk =>
  all.map((one) => new Chunk(structuredClone(one))).reduce((sum, one) => concat(sum, one));

describe('a chunk of ours', () => {
  it('adds up to what LangChain would have made, whatever is in it', () => {
    fc.assert(
      fc.property(several, (all) => {
        const [own, expected] = [added(OpenRouterMessageChunk, all), added(AIMessageChunk, all)];
        expect(JSON.parse(JSON.stringify(own))).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(seen(own)).toEqual(seen(expected));
        expect({ ...own.lc_kwargs }).toEqual({ ...expected.lc_kwargs });
      }),
      { numRuns: 500 },
    );
  });

  it('and one of LangChain add up either way', () => {
    fc.assert(
      fc.property(several, (all) => {
        const expected = seen(added(AIMessageChunk, all));
        for (const odd of [0, 1]) {
          const chunks = all.map((one, i) => (i % 2 === odd ? new OpenRouterMessageChunk(structuredClone(one)) : new AIMessageChunk(structuredClone(one))));
          expect(seen(chunks.reduce((sum, one) => concat(sum, one)))).toEqual(expected);
        }
      }),
    );
  });

  const call = (args: string, more: Partial<ToolCallChunk> = {}): OpenRouterMessageChunk =>
    new OpenRouterMessageChunk({ content: '', tool_call_chunks: [{ type: 'tool_call_chunk', index: 0, args, ...more }] });
  const growing = (): AIMessageChunk => call('{"x":', { id: 'a', name: 'f' }).concat(call('1'));

  it('is one of LangChain, sum or not', () => {
    for (const one of [call('{}'), growing()]) {
      expect(one instanceof AIMessageChunk && isAIMessageChunk(one) && isBaseMessageChunk(one) && !AIMessage.isInstance({})).toBe(true);
      expect(one.lc_id).toEqual(['langchain_core', 'messages', 'AIMessageChunk']);
    }
  });

  it('has calls that can be read, spread, copied, replaced and frozen', () => {
    const [parsed] = [{ type: 'tool_call', id: 'a', name: 'f', args: { x: 1 } }];
    expect(growing().tool_calls).toEqual([parsed]);
    expect(Object.assign({}, growing()).tool_calls).toEqual([parsed]);
    expect({ ...growing().lc_kwargs }['tool_calls']).toEqual([parsed]);
    expect(new Proxy(growing(), {}).tool_calls).toEqual([parsed]);
    expect(Object.freeze(growing()).tool_calls).toEqual([parsed]);
    const message = growing();
    message.tool_calls?.push({ id: 'b', name: 'g', args: {} });
    message.invalid_tool_calls = [{ args: '[' }];
    expect([message.tool_calls?.length, message.invalid_tool_calls]).toEqual([2, [{ args: '[' }]]);
    expect(new OpenRouterMessageChunk(Object.assign({}, message)).tool_calls).toHaveLength(2);
  });

  it('does not change when more is added to it', () => {
    const sum = growing();
    const [whole, other] = [sum.concat(call('}')), sum.concat(call('2}'))];
    expect([sum, whole, other].map(({ tool_calls: calls }) => calls?.[0]?.args)).toEqual([{ x: 1 }, { x: 1 }, { x: 12 }]);
  });

  it('has its calls parsed when they are read, not at every fragment', () => {
    const fragments = 5000;
    let sum: AIMessageChunk = call('{"x":"', { id: 'a', name: 'f' });
    const growth = parsedBy(() => {
      for (let i = 0; i < fragments; i++) sum = sum.concat(call('abcd'));
    });
    expect(growth).toBe(0);
    expect(parsedBy(() => expect(sum.concat(call('"}')).tool_calls?.[0]?.args['x']).toHaveLength(4 * fragments))).toBeLessThan(5 * fragments);
  });
});

describe('a stored chunk', () => {
  const ended = (args: string): OpenRouterMessageChunk =>
    new OpenRouterMessageChunk({ content: '', tool_call_chunks: [{ type: 'tool_call_chunk', index: 0, id: 'c', name: 'f', args }], response_metadata: { finish_reason: 'length' } });

  it.each([['cut off', '{"x":1', []], ['complete', '{"x":1}', [{ type: 'tool_call', id: 'c', name: 'f', args: { x: 1 } }]]])('has the calls it had: %s', async (_name, args, calls) => {
    const chunk = ended(args);
    expect(chunk.tool_calls).toEqual(calls);
    expect(await load<AIMessageChunk>(JSON.stringify(chunk))).toMatchObject({ tool_calls: calls });
    expect(chunk.tool_call_chunks).toHaveLength(1);
  });

  it('has its pieces as long as there are more to come', async () => {
    const pieces: ToolCallChunk[] = [{ type: 'tool_call_chunk', index: 0, id: 'c', name: 'f', args: '{"x' }];
    expect(await load<AIMessageChunk>(JSON.stringify(new OpenRouterMessageChunk({ content: '', tool_call_chunks: pieces })))).toMatchObject({ tool_call_chunks: pieces });
  });
});
