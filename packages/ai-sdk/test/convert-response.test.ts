import { describe, expect, it } from 'vitest';
import { answer, json, PROMPT, serve, USAGE, type Reply } from './support/fake-server.js';

const generate = (reply: Reply) => serve(reply).openrouter('acme/atlas').doGenerate({ prompt: PROMPT });
const call = (args: string | null, id = 'call_1') => ({ index: 0, id, type: 'function', function: { name: 'f', arguments: args } });

describe('a whole answer', () => {
  it('gives thinking, text, calls, files and sources, in this order', async () => {
    const { content } = await generate(answer({
      reasoning: 'Hm', content: 'Hi', tool_calls: [call('{"a":1}')],
      images: [{ type: 'image_url', image_url: { url: 'data:image/webp;base64,UklGR' } }, { image_url: { url: 'https://example.com/a.png' } }],
      audio: { id: 'aud_1', data: 'QUJD', transcript: 'Hi' },
      annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com/', title: 'T', content: 'c', start_index: 0, end_index: 2 } }, { type: 'file', file: { hash: 'h' } }],
    }));
    expect(content).toEqual([
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'Hi', providerMetadata: { openrouter: { annotations: [{ type: 'file', file: { hash: 'h' } }] } } },
      { type: 'tool-call', toolCallId: 'call_1', toolName: 'f', input: '{"a":1}', providerMetadata: { openrouter: { reasoning_details: [] } } },
      { type: 'file', mediaType: 'image/webp', data: { type: 'data', data: 'UklGR' } },
      { type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL('https://example.com/a.png') } },
      { type: 'file', mediaType: 'audio/wav', data: { type: 'data', data: 'QUJD' }, providerMetadata: { openrouter: { id: 'aud_1', transcript: 'Hi' } } },
      { type: 'source', sourceType: 'url', id: 'https://example.com/', url: 'https://example.com/', title: 'T', providerMetadata: { openrouter: { content: 'c', startIndex: 0, endIndex: 2 } } },
    ]);
  });

  it('says where it came from', async () => {
    const { response, request } = await generate(answer({ content: 'Hi' }));
    expect(response).toMatchObject({ id: 'gen-1', modelId: 'acme/atlas', timestamp: new Date(1_790_000_000_000), headers: { 'content-type': 'application/json' }, body: { provider: 'Azure' } });
    expect(request?.body).toMatchObject({ model: 'acme/atlas' });
  });

  it('keeps what the metadata alone can hold', async () => {
    const logprobs = { content: [{ token: 'Hi', logprob: -0.1 }] };
    const { providerMetadata } = await generate(answer({ refusal: 'I cannot' }, { logprobs }, { service_tier: 'flex' }));
    expect(providerMetadata?.['openrouter']).toMatchObject({ refusal: 'I cannot', logprobs, serviceTier: 'flex', nativeFinishReason: 'end_turn', generationId: 'gen-1', provider: 'Azure', reasoning_details: [] });
  });

  it('makes nothing up where the server says little', async () => {
    const { content, finishReason, usage, providerMetadata } = await generate(json({ choices: [{ finish_reason: null, message: { role: 'assistant', content: '' } }] }));
    expect(content).toEqual([]);
    expect(finishReason).toEqual({ unified: 'other', raw: undefined });
    expect(usage).toEqual({ inputTokens: {}, outputTokens: {} });
    expect(providerMetadata?.['openrouter']).toMatchObject({ usage: {}, reasoning_details: [] });
  });
});

describe('fields that are not what they should be', () => {
  it('are passed over: lists that are none, and entries that are nothing', async () => {
    const { content, providerMetadata } = await generate(answer({ content: 'Hi', reasoning_details: 'none', annotations: [null], images: [null, {}], tool_calls: {} }));
    expect(content).toEqual([{ type: 'text', text: 'Hi' }]);
    expect(providerMetadata?.['openrouter']).toMatchObject({ reasoning_details: [] });
    expect((await generate(answer({ content: 'Hi', reasoning_details: [null], tool_calls: [null] }))).content).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it('are read where it is clear what they mean: arguments that are parsed already', async () => {
    const { content } = await generate(answer({ tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: { a: 1 } } }] }));
    expect(content).toMatchObject([{ type: 'tool-call', input: '{"a":1}' }]);
  });
});

describe('tool calls', () => {
  it.each([
    ['tool_calls', '{"a":1}', ['{"a":1}'], 'tool-calls'],
    ['stop', '', ['{}'], 'stop'],
    ['stop', null, ['{}'], 'stop'],
    ['stop', '{a: 1}', ['{a: 1}'], 'stop'],
    ['tool_calls', '{"a":1} \n', ['{"a":1}'], 'tool-calls'],
    [null, '{"a":1}', ['{"a":1}'], 'tool-calls'],
    [null, '{"a":', [], 'other'],
    ['length', '{"a":', [], 'length'],
    ['length', '{"a":1}', ['{"a":1}'], 'length'],
  ])('that ended with %s, arguments %j', async (finish, args, inputs, unified) => {
    const { content, finishReason } = await generate(answer({ tool_calls: [call(args)] }, { finish_reason: finish }));
    expect(content.flatMap((part) => (part.type === 'tool-call' ? [part.input] : []))).toEqual(inputs);
    expect(finishReason).toEqual({ unified, raw: finish ?? undefined });
  });

  it('have ids, each its own', async () => {
    const { content } = await generate(answer({ tool_calls: [call('{}', ''), call('{}', 'x'), call('{}', 'x')] }));
    expect(content.map((part) => (part.type === 'tool-call' ? part.toolCallId : ''))).toEqual(['call_gen-1_0', 'x', 'call_gen-1_2']);
  });
});

describe('usage', () => {
  it('splits tokens by kind, and keeps the cost', async () => {
    const wire = { ...USAGE, prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 }, completion_tokens_details: { reasoning_tokens: 3 }, cost_details: { upstream_inference_cost: 0.0002 } };
    const { usage, providerMetadata } = await generate(answer({ content: 'Hi' }, {}, { usage: wire }));
    expect(usage).toEqual({ inputTokens: { total: 10, noCache: 6, cacheRead: 4, cacheWrite: 2 }, outputTokens: { total: 5, text: 2, reasoning: 3 }, raw: wire });
    expect(providerMetadata?.['openrouter']?.['usage']).toEqual({
      promptTokens: 10, promptTokensDetails: { cachedTokens: 4 }, completionTokens: 5, completionTokensDetails: { reasoningTokens: 3 }, totalTokens: 15, cost: 0.0001, costDetails: { upstreamInferenceCost: 0.0002 },
    });
  });

  it.each([[null], [{ reasoning_tokens: null }], [{ reasoning_tokens: 9 }]])('does not guess: %j', async (completion_tokens_details) => {
    const { usage } = await generate(answer({ content: 'Hi' }, {}, { usage: { ...USAGE, prompt_tokens_details: null, completion_tokens_details } }));
    expect(usage).toMatchObject({ inputTokens: { total: 10, noCache: undefined, cacheRead: undefined }, outputTokens: { total: 5, text: undefined } });
  });
});
