import { AIMessage, AIMessageChunk, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
import { fail, ok, reply } from '@waypost/testing';
import { createAgent, modelFallbackMiddleware, modelRetryMiddleware, providerStrategy, toolStrategy } from 'langchain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect, connect, type Connection, receiptOf } from './connection.js';
import { lastTool, lookingThingsUp, tools, wholeLoop } from './tools.js';

const question = { messages: [{ role: 'user' as const, content: 'How deep is Otter at six?' }] };
const asked = { role: 'user', content: 'How deep is Otter at six?' };
const policy = { zdr: true, dataCollection: 'deny' as const };
const onTheWire = { zdr: true, data_collection: 'deny' };
/** Agents give each answer the name of their node. */
const named = wholeLoop.map((message) => (message.role === 'assistant' ? { ...message, name: 'model' } : message));
const answers = (messages: readonly BaseMessage[]): AIMessage[] => messages.filter((message) => AIMessage.isInstance(message));

describe('an agent of three steps, two tools at once in the first', () => {
  it('runs, its thinking replayed as it came, under one policy', async () => {
    const { chat, gateway, body } = connect({ reply: lookingThingsUp });
    const agent = createAgent({ model: chat('borealis/aurora', { provider: policy }), tools, systemPrompt: 'Never guess.' });
    const { messages } = await agent.invoke(question);
    expect(messages.at(-1)?.text).toBe('Otter has 6.5 metres at six.');
    expect(body(-1)['messages']).toEqual([{ role: 'system', content: [{ type: 'text', text: 'Never guess.' }] }, asked, ...named]);
    expect(gateway.requests.map((_, place) => body(place)['provider'])).toEqual([onTheWire, onTheWire, onTheWire]);
    const cost = answers(messages).reduce((sum, message) => sum + (receiptOf(message).cost?.total ?? 0), 0);
    expect(cost).toBeCloseTo(gateway.requests.reduce((sum, request) => sum + Number(request.cost), 0), 12);
    expect(cost).toBeGreaterThan(0);
    for (const message of answers(messages)) expect(receiptOf(message).verdict.overall).not.toBe('violated');
  });

  it('tells its answers whole, with their calls, where the model may not stream', async () => {
    const { chat, body } = connect({ reply: lookingThingsUp });
    const agent = createAgent({ model: chat('borealis/aurora', { disableStreaming: true }), tools });
    const parts = await collect(await agent.stream(question, { streamMode: 'messages' }));
    const told = answers(parts.map(([message]) => message));
    expect(told.map(({ text, tool_calls: calls }) => [text, calls?.map(({ id }) => id)])).toEqual([['', ['call_a', 'call_b']], ['', ['call_c']], ['Otter has 6.5 metres at six.', []]]);
    for (const message of told) expect(receiptOf(message).served?.model).toBe('borealis/aurora');
    expect(body(0)['stream']).not.toBe(true);
  });

  it.each(['v0', 'v1'] as const)('streams its tokens, and adds up to the same conversation, output %s', async (outputVersion) => {
    const { chat, body } = connect({ reply: lookingThingsUp });
    const agent = createAgent({ model: chat('borealis/aurora', { outputVersion }), tools });
    const parts = await collect(await agent.stream(question, { streamMode: 'messages' }));
    const chunks = parts.map(([message]) => message).filter((message) => AIMessageChunk.isInstance(message));
    expect(chunks.map(({ text }) => text).join('')).toBe('Otter has 6.5 metres at six.');
    expect(chunks.flatMap(({ tool_call_chunks: pieces }) => pieces ?? []).map(({ args }) => args).join('')).toBe('{"harbour":"Crow"}{"harbour":"Otter"}{"harbour":"Otter","hour":6}');
    expect(body(0)['stream']).toBe(true);
    expect(body(-1)['messages']).toEqual([asked, ...named]);
  });

  it('goes on where a provider fails in the midst of it', async () => {
    const { chat, gateway } = connect({ reply: lookingThingsUp, endpoints: { anthropic: [ok(), fail(503), ok()] } });
    const model = chat('borealis/aurora', { provider: { order: ['anthropic', 'amazon-bedrock', 'google-vertex'] } });
    const { messages } = await createAgent({ model, tools }).invoke(question);
    expect(answers(messages).map((message) => receiptOf(message).fallbackUsed)).toEqual([false, true, false]);
    expect(gateway.requests[1]?.attempts.map(({ status }) => status)).toEqual([503, 200]);
  });

  it('binds server tools beside its own', async () => {
    const { chat, body } = connect({ reply: reply.text('Deep.') });
    const search: Record<string, unknown> = { type: 'openrouter:web_search', parameters: { max_results: 2 } };
    await createAgent({ model: chat('acme/atlas'), tools: [...tools, search] as const }).invoke(question);
    expect(body(0)['tools']).toMatchObject([{ function: { name: 'depth' } }, { function: { name: 'tide' } }, { type: 'openrouter:web_search', parameters: { max_results: 2 } }]);
  });

  it('has its messages stand serialising, as checkpoints do', async () => {
    const { chat, body } = connect({ reply: lookingThingsUp });
    const agent = createAgent({ model: chat('borealis/aurora'), tools });
    const { load } = await import('@langchain/core/load');
    const { messages } = await agent.invoke(question);
    const kept = await load<BaseMessage[]>(JSON.stringify(messages));
    await agent.invoke({ messages: [...kept, new HumanMessage('And at seven?')] });
    expect(body(-1)['messages']).toMatchObject([asked, ...named, { content: 'Otter has 6.5 metres at six.', reasoning_details: [{ signature: 'sig-2' }, { data: 'blob-2' }, { signature: 'sig-2-b' }] }, { role: 'user' }]);
  });
});

describe('an agent that answers in a shape', () => {
  const Depth = z.object({ harbour: z.string(), metres: z.number() });
  const found = { harbour: 'Otter', metres: 6.5 };

  it('is given a tool for it where nothing is known of the model', async () => {
    const { chat, body } = connect({ reply: ({ request }) => reply.toolCall(lastTool(request), found) });
    const agent = createAgent({ model: chat('acme/atlas'), tools, responseFormat: Depth });
    expect((await agent.invoke(question)).structuredResponse).toEqual(found);
    expect(body(0)['response_format']).toBeUndefined();
  });

  it('is asked by response format where the profile says so, or the caller', async () => {
    const ways = [
      (chat: Connection['chat']) => createAgent({ model: chat('acme/atlas', { profile: { structuredOutput: true } }), tools, responseFormat: Depth }),
      (chat: Connection['chat']) => createAgent({ model: chat('acme/atlas'), tools, responseFormat: providerStrategy(Depth) }),
    ];
    for (const way of ways) {
      const { chat, body } = connect({ reply: reply.text(JSON.stringify(found)) });
      expect((await way(chat).invoke(question)).structuredResponse).toEqual(found);
      expect(body(0)).toMatchObject({ response_format: { type: 'json_schema', json_schema: { schema: { properties: { metres: { type: 'number' } } } } } });
    }
  });

  it('looks things up first, and recovers from a wrong shape', async () => {
    let round = 0;
    const { chat, gateway } = connect({
      reply: ({ request }) => {
        round += 1;
        if (round === 1) return reply.toolCall('depth', { harbour: 'Otter' });
        return reply.toolCall(lastTool(request), round === 2 ? { harbour: 'Otter' } : found, { id: `call_${round}` });
      },
    });
    const { structuredResponse } = await createAgent({ model: chat('acme/atlas'), tools, responseFormat: toolStrategy(Depth) }).invoke(question);
    expect(structuredResponse).toEqual(found);
    expect(gateway.requests).toHaveLength(3);
  });
});

describe('middleware of LangChain', () => {
  it('falls back to another model by the error', async () => {
    const { chat, gateway } = connect({ models: { 'acme/atlas': fail(503) }, reply: reply.text('Deep.') });
    const middleware = [modelFallbackMiddleware(chat('borealis/aurora'))];
    const { messages } = await createAgent({ model: chat('acme/atlas', { maxRetries: 0 }), tools, middleware }).invoke(question);
    expect(receiptOf(messages.at(-1)).served?.model).toBe('borealis/aurora');
    expect(gateway.requests).toHaveLength(2);
  });

  it('retries what may pass, and nothing else', async () => {
    const retry = modelRetryMiddleware({ maxRetries: 2, initialDelayMs: 0, jitter: false, onFailure: 'error' });
    const passing = connect({ gateway: [fail(503), ok()], reply: reply.text('Deep.') });
    expect((await createAgent({ model: passing.chat('acme/atlas', { maxRetries: 0 }), middleware: [retry] }).invoke(question)).messages.at(-1)?.text).toBe('Deep.');
    const lasting = connect();
    await expect(createAgent({ model: lasting.chat('acme/unknown', { maxRetries: 0 }), middleware: [retry] }).invoke(question)).rejects.toThrow('acme/unknown');
    expect([passing.gateway.requests.length, lasting.gateway.requests.length]).toEqual([2, 1]);
  });
});

describe('a graph of LangGraph', () => {
  it('has the model as a node, and streams what it says', async () => {
    const { chat, body } = connect({ reply: reply.text('Six and a half metres.') });
    const model = chat('acme/atlas').withConfig({ provider: policy });
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('model', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
      .addEdge('__start__', 'model')
      .addEdge('model', '__end__')
      .compile();
    const { messages } = await graph.invoke(question);
    expect(messages.at(-1)?.text).toBe('Six and a half metres.');
    const parts = await collect(await graph.stream(question, { streamMode: 'messages' }));
    expect(parts.map(([message]) => message.text).join('')).toBe('Six and a half metres.');
    expect([body(0), body(1)]).toMatchObject([{ provider: onTheWire }, { provider: onTheWire, stream: true }]);
  });
});
