import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { ChatOpenRouter } from '../src/index.js';
import { fakeServer, json, response, USAGE } from './fake-server.js';

const model = (message: Record<string, unknown>, finish?: string, usage: unknown = USAGE) => {
  const server = fakeServer(() => json(response(message, finish, usage)));
  return { server, chat: new ChatOpenRouter('openai/gpt-5.1', { apiKey: 'sk-test', fetch: server.fetch }) };
};

describe('invoke', () => {
  it('gives text, usage, metadata and a receipt', async () => {
    const { chat, server } = model({ content: 'Hello' });
    const message = await chat.invoke('hi');
    expect(server.bodies[0]).toEqual({ model: 'openai/gpt-5.1', messages: [{ role: 'user', content: 'hi' }] });
    expect(message).toBeInstanceOf(AIMessage);
    expect(message).toMatchObject({ id: 'gen-1', content: 'Hello', tool_calls: [], usage_metadata: { total_tokens: 17 } });
    expect(message.response_metadata).toMatchObject({
      model_provider: 'openrouter', model_name: 'openai/gpt-5.1', id: 'gen-1', provider: 'OpenAI', finish_reason: 'stop', native_finish_reason: 'stop', cost: 0.0021,
      receipt: { id: 'gen-1', served: { model: 'openai/gpt-5.1', provider: 'OpenAI' }, cost: { total: 0.0021 } },
    });
  });

  it('puts sampling settings, and those of the call over them, into the body', async () => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const chat = new ChatOpenRouter({
      model: 'a/b', apiKey: 'k', fetch: server.fetch, temperature: 0, maxTokens: 5, topP: 0.5, topK: 3, seed: 1, stop: ['END'], frequencyPenalty: 0.1, presencePenalty: 0.2,
      reasoning: { effort: 'low' }, plugins: [{ id: 'web' }], user: 'u', sessionId: 's', modelKwargs: { new_field: 1 },
    });
    await chat.invoke('hi', { temperature: 1, model: 'c/d', stop: ['STOP'] });
    expect(server.bodies[0]).toEqual({
      model: 'c/d', messages: [{ role: 'user', content: 'hi' }], temperature: 1, max_tokens: 5, top_p: 0.5, top_k: 3, seed: 1, stop: ['STOP'], frequency_penalty: 0.1,
      presence_penalty: 0.2, reasoning: { effort: 'low' }, plugins: [{ id: 'web' }], user: 'u', session_id: 's', new_field: 1,
    });
  });

  it('executes no call whose arguments are incomplete', async () => {
    const { chat } = model(
      {
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
          { id: '', type: 'function', function: { name: 'g', arguments: '' } },
          { id: 'c', type: 'function', function: { name: 'h', arguments: '{"city":"Par' } },
          { id: 'd', type: 'function', function: { name: 'i', arguments: '[1]' } },
        ],
      },
      'length',
    );
    const message = await chat.invoke('hi');
    expect(message.tool_calls).toEqual([
      { id: 'a', name: 'f', args: { x: 1 }, type: 'tool_call' },
      { id: 'call_gen-1_1', name: 'g', args: {}, type: 'tool_call' },
    ]);
    expect(message.invalid_tool_calls?.map(({ id, args }) => [id, args])).toEqual([['c', '{"city":"Par'], ['d', '[1]']]);
  });

  it('keeps reasoning, refusals, annotations, images, and fields of tomorrow', async () => {
    const details = [{ type: 'reasoning.summary', summary: 'Thought.', index: 0, format: 'openai-responses-v1' }];
    const annotations = [{ type: 'url_citation', url_citation: { url: 'https://x.test' } }];
    const images = [{ type: 'image_url', image_url: { url: 'data:,' } }];
    const { chat } = model({ content: 'Yes', reasoning: 'Thought.', reasoning_details: details, refusal: 'no', annotations, images, mood: 'calm' });
    const message = await chat.invoke('hi');
    expect(message.additional_kwargs).toEqual({ reasoning_content: 'Thought.', reasoning_details: details, refusal: 'no', annotations, images, mood: 'calm' });
    expect(message.contentBlocks).toEqual([
      { type: 'reasoning', reasoning: 'Thought.' }, { type: 'text', text: 'Yes', annotations: [{ type: 'citation', url: 'https://x.test' }] }, { type: 'image', url: 'data:,' },
    ]);
  });

  it('replays its own answer on the next turn', async () => {
    const details = [{ type: 'reasoning.encrypted', data: 'blob', id: 'r1', index: 0 }];
    const { chat, server } = model({ content: 'Yes', reasoning_details: details, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }] });
    const first = await chat.invoke('hi');
    await chat.invoke([new HumanMessage('hi'), first]);
    expect(server.bodies[1]?.messages[1]).toEqual({
      role: 'assistant', content: 'Yes', reasoning_details: details, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }],
    });
  });

  it('gives no usage where none was told, and takes an empty message', async () => {
    const { chat } = model({ content: null }, 'stop', null);
    const message = await chat.invoke('hi');
    expect(message.content).toBe('');
    expect(message.usage_metadata).toBeUndefined();
  });

  it('sums the usage of a batch for callbacks', async () => {
    const { chat } = model({ content: 'x' });
    const result = await chat.generate([[new HumanMessage('a')], [new HumanMessage('b')]]);
    expect(result.llmOutput).toEqual({ tokenUsage: { promptTokens: 20, completionTokens: 14, totalTokens: 34 } });
  });

  it('tells warnings', async () => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const chat = new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, provider: { ignore: ['Amazon Bedrock'] } });
    const message = await chat.invoke('hi');
    expect(server.bodies[0]?.provider).toEqual({ ignore: ['amazon-bedrock'] });
    expect(message.response_metadata['warnings']).toEqual([expect.stringContaining('amazon-bedrock')]);
  });

  it('keeps a policy that a call tries to loosen, and tells so', async () => {
    const server = fakeServer(() => json(response({ content: 'x' })));
    const chat = new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, provider: { zdr: true, dataCollection: 'deny' } });
    const message = await chat.invoke('hi', { provider: { zdr: false, sort: 'price' } });
    expect(server.bodies[0]?.provider).toEqual({ zdr: true, data_collection: 'deny', sort: 'price' });
    expect(message.response_metadata['receipt']).toMatchObject({ overruled: [{ field: 'zdr' }] });
  });
});
