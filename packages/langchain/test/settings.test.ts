import { HumanMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { ChatOpenRouter, type ChatOpenRouterInput, type ChatOpenRouterSettings, OpenRouterEmbeddings, OpenRouterRerank } from '../src/index.js';
import { chunk, fakeServer, json, response, sse, usageChunk } from './fake-server.js';

const FIELDS: Required<ChatOpenRouterSettings> = {
  temperature: 0.5, maxTokens: 9, maxCompletionTokens: 9, topP: 0.9, topK: 4, minP: 0.1, topA: 0.1, frequencyPenalty: 0.1, presencePenalty: 0.1, repetitionPenalty: 1.1,
  seed: 1, stop: ['x'], logitBias: { '1': 2 }, logprobs: true, topLogprobs: 2, parallelToolCalls: false, reasoning: { effort: 'low' }, reasoningEffort: 'low',
  plugins: [{ id: 'web' }], user: 'u', sessionId: 's', serviceTier: 'flex', modalities: ['text', 'image'], verbosity: 'low', prediction: { type: 'content', content: 'x' },
  preset: 'p', trace: { a: 1 }, cacheControl: { type: 'ephemeral' }, promptCacheKey: 'k', requestMetadata: { a: 'b' }, webSearchOptions: { search_context_size: 'low' },
  imageConfig: { aspect_ratio: '1:1' }, audio: { voice: 'alloy', format: 'wav' }, maxToolCalls: 3, stopServerToolsWhen: [{ type: 'step_count_is', step_count: 2 }],
  debug: { echo_upstream_body: true }, transforms: ['middle-out'], route: 'fallback', response_format: { type: 'json_object' }, parallel_tool_calls: false,
};

/** On the wire: in snake case, but for the request's own metadata. */
const WIRE = Object.fromEntries(Object.entries(FIELDS).map(([name, value]) => [name === 'requestMetadata' ? 'metadata' : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));

const make = (more: ChatOpenRouterInput = {}, reply = () => json(response({ content: 'x' }))) => {
  const server = fakeServer(reply);
  return { server, chat: new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, ...more }) };
};

describe('every field of a request', () => {
  it('can be set for a model, and for a call', async () => {
    const { server, chat } = make(FIELDS);
    await chat.invoke('hi');
    expect(server.bodies[0]).toMatchObject(WIRE);
    const plain = make();
    await plain.chat.invoke('hi', FIELDS);
    expect(plain.server.bodies[0]).toMatchObject(WIRE);
    await plain.chat.withConfig(FIELDS).invoke('hi');
    expect(plain.server.bodies[1]).toMatchObject(WIRE);
  });

  it('can be set raw, over what has a name; a call stands over the model either way', async () => {
    const { server, chat } = make({ temperature: 0.1, seed: 1, modelKwargs: { temperature: 0.2, x_own: 1, max_tokens: 5 } });
    await chat.invoke('hi');
    expect(server.bodies[0]).toMatchObject({ temperature: 0.2, seed: 1, x_own: 1, max_tokens: 5 });
    await chat.invoke('hi', { temperature: 0.3 });
    expect(server.bodies[1]).toMatchObject({ temperature: 0.3, x_own: 1 });
    await chat.invoke('hi', { temperature: 0.3, maxTokens: 6, modelKwargs: { temperature: 0.4, seed: 2 } });
    expect(server.bodies[2]).toMatchObject({ temperature: 0.4, seed: 2, max_tokens: 6, x_own: 1 });
    expect(chat.invocationParams({ temperature: 0.3 })).toMatchObject({ temperature: 0.3, x_own: 1, max_tokens: 5 });
  });

  it('may have the name that other LangChain models have for it', async () => {
    const { server, chat } = make({ parallelToolCalls: true });
    await chat.bindTools([{ type: 'openrouter:datetime' }], { parallel_tool_calls: false }).invoke('hi');
    expect(server.bodies[0]).toMatchObject({ parallel_tool_calls: false });
  });

  it('can be the model, the headers, and the policy, of one call', async () => {
    const { server, chat } = make({ provider: { order: ['azure'], zdr: true, data_collection: 'deny' }, headers: { 'x-own': 'model' } });
    await chat.invoke('hi', { model: 'c/d:nitro', provider: { sort: 'latency' }, headers: { 'x-own': 'call' }, models: ['e/f'] });
    expect(server.bodies[0]).toMatchObject({ model: 'c/d:nitro', models: ['e/f'], provider: { order: ['azure'], zdr: true, data_collection: 'deny', sort: 'latency' } });
    expect(server.headers[0]).toMatchObject({ 'x-own': 'call' });
    await chat.invoke('hi');
    expect(server.bodies[1]).toMatchObject({ model: 'a/b' });
    expect(server.bodies[1]).not.toHaveProperty('models');
  });
});

describe('an option that only a client with retries of its own has', () => {
  it.each([['maxConcurrent', 0], ['maxConcurrent', 5], ['retry', 3], ['retry', {}]])('is refused: %s: %j', (name, value) => {
    const options = { apiKey: 'k', [name]: value };
    for (const create of [() => new ChatOpenRouter('a/b', options), () => new OpenRouterEmbeddings('a/b', options), () => new OpenRouterRerank('a/b', options)]) {
      expect(create).toThrow(`${name}: is no option of this client`);
    }
    expect(new ChatOpenRouter('a/b', { apiKey: 'k', [name]: undefined }).model).toBe('a/b');
  });
});

describe('how a model runs', () => {
  const stream = () => sse([chunk({ content: 'He' }), chunk({ content: 'llo' }), chunk({}, { finish_reason: 'stop' }), usageChunk()]);

  it('without streaming, where that is disabled', async () => {
    const { server, chat } = make({ disableStreaming: true });
    const seen: unknown[] = [];
    for await (const message of await chat.stream('hi')) seen.push(message.content);
    expect([seen, server.bodies[0]?.stream]).toEqual([['x'], undefined]);
    for await (const _ of chat.streamEvents('hi', { version: 'v2' }));
    expect(server.bodies[1]?.stream).toBeUndefined();
  });

  it('with usage on the last chunk, unless a call or the model says no', async () => {
    const usages = async (more: ChatOpenRouterInput, call = {}) => {
      const counted = [];
      for await (const message of await make(more, stream).chat.stream('hi', call)) if (message.usage_metadata) counted.push(message.usage_metadata.total_tokens);
      return counted;
    };
    expect(await usages({})).toEqual([17]);
    expect(await usages({ streamUsage: false })).toEqual([]);
    expect(await usages({ streamUsage: false }, { streamUsage: true })).toEqual([17]);
    expect(await usages({}, { streamUsage: false })).toEqual([]);
  });

  it('summing the usage of a batch', async () => {
    const { chat } = make();
    const { llmOutput, generations } = await chat.generate([[new HumanMessage('a')], [new HumanMessage('b')]]);
    expect(llmOutput).toEqual({ tokenUsage: { promptTokens: 20, completionTokens: 14, totalTokens: 34 } });
    expect(generations.map(([one]) => one?.text)).toEqual(['x', 'x']);
  });

  it('within a call’s own time, and as often as a call allows', async () => {
    const hanging = new ChatOpenRouter('a/b', {
      apiKey: 'k',
      fetch: async (_url, { signal }) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    });
    await expect(hanging.invoke('hi', { timeout: 5 })).rejects.toThrow(/timeout|abort/i);
    const { server, chat } = make({}, () => json({ error: { code: 503, message: 'busy' } }, 503, { 'retry-after': '0' }));
    await expect(chat.invoke('hi', { maxRetries: 0 })).rejects.toThrow('busy');
    expect(server.bodies).toHaveLength(1);
  });
});
