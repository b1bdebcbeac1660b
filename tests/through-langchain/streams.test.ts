import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import type { AIMessageChunk } from '@langchain/core/messages';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { StreamError } from '@waypost/core';
import { disconnect, fail, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { collect, connect, receiptOf } from './connection.js';
import { hurry } from './hurry.js';
import { tools } from './tools.js';

const words = reply.text('one two three four five six');
const failure = async (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (reason: unknown) => reason);
/** A callback, as a graph that streams has one, for which LangChain streams inside of `invoke`. */
const preferring = (handleLLMNewToken: () => void): BaseCallbackHandler => Object.assign(BaseCallbackHandler.fromMethods({ handleLLMNewToken }), { lc_prefer_streaming: true });
const sum = (chunks: readonly AIMessageChunk[]): AIMessageChunk => chunks.reduce((total, chunk) => total.concat(chunk));

describe('streamEvents without a version', () => {
  const thinking = { ...reply.reasoning('Let me see.', 'Six metres.', { signature: 's' }) };

  it('gives text, thinking, calls and usage apart, and the message', async () => {
    const { chat } = connect({ reply: ({ request }) => (request.tools ? reply.toolCall('depth', { harbour: 'Otter' }) : thinking) });
    const model = chat('borealis/aurora');
    const stream = model.streamEvents('Deep?');
    expect([await stream.reasoning, await stream.text]).toEqual(['Let me see.', 'Six metres.']);
    const message = await stream;
    expect((await stream.usage)?.total_tokens).toBe(message.usage_metadata?.total_tokens);
    expect(receiptOf(message).served?.model).toBe('borealis/aurora');
    expect((await model.streamEvents('Deep?', { tools }).toolCalls).map(({ name, args }) => [name, args])).toEqual([['depth', { harbour: 'Otter' }]]);
  });

  it('is tried again before its first event, as a call is', async () => {
    const { chat, gateway } = connect({ gateway: [fail(503), disconnect(), ok()], reply: words });
    const message = await hurry(async () => await chat('acme/atlas', { maxRetries: 2 }).streamEvents('Deep?'));
    expect(message.text).toBe('one two three four five six');
    expect(gateway.requests).toHaveLength(3);
  });

  it('is not tried again for what the caller must change, nor after its first event', async () => {
    const refused = connect();
    expect(await failure(Promise.resolve(refused.chat('acme/unknown').streamEvents('Deep?')))).toMatchObject({ name: 'APIError', status: 400 });
    const broken = connect({ reply: words, wire: { error: { after: 3 } } });
    expect(await failure(Promise.resolve(broken.chat('acme/atlas').streamEvents('Deep?')))).toMatchObject({ name: 'StreamError' });
    expect([refused.gateway.requests.length, broken.gateway.requests.length]).toEqual([1, 1]);
  });
});

describe('streamEvents, version v2', () => {
  it('tells of every chunk, and of the message as it ended, usage counted once', async () => {
    const { chat, gateway } = connect({ gateway: [fail(503), ok()], reply: words });
    const chain = ChatPromptTemplate.fromTemplate('{question}').pipe(chat('acme/atlas', { maxRetries: 1 }));
    const events = await hurry(() => collect(chain.streamEvents({ question: 'Deep?' }, { version: 'v2' })));
    const chunks = events.filter(({ event }) => event === 'on_chat_model_stream').map(({ data }) => data.chunk as AIMessageChunk);
    const ended = events.find(({ event }) => event === 'on_chat_model_end')?.data.output as AIMessageChunk;
    expect(chunks.map(({ text }) => text).join('')).toBe('one two three four five six');
    expect(ended.usage_metadata).toEqual(sum(chunks).usage_metadata);
    expect(ended.usage_metadata?.total_tokens).toBe(chunks.at(-1)?.usage_metadata?.total_tokens);
    expect(receiptOf(ended).cost?.total).toBe(Number(gateway.requests.at(-1)?.cost));
    expect(events.find(({ event }) => event === 'on_chat_model_start')?.metadata).toMatchObject({ ls_provider: 'openrouter', ls_model_name: 'acme/atlas' });
    expect(gateway.requests).toHaveLength(2);
  });
});

describe('a stream', () => {
  it.each(['v0', 'v1'] as const)('counts usage, cost and finish reason once, output %s', async (outputVersion) => {
    const { chat, gateway } = connect({ reply: words });
    const total = sum(await collect(await chat('acme/atlas', { outputVersion }).stream('Deep?')));
    const whole = await chat('acme/atlas', { outputVersion }).invoke('Deep?');
    expect(total.usage_metadata).toEqual(whole.usage_metadata);
    expect(total.response_metadata['finish_reason']).toBe('stop');
    expect(receiptOf(total).cost?.total).toBe(Number(gateway.requests[0]?.cost));
    expect(total.text).toBe('one two three four five six');
    expect(Array.isArray(total.content)).toBe(outputVersion === 'v1');
  });

  it('can be tried again before its first chunk', async () => {
    const { chat, gateway } = connect({ gateway: [fail(503), ok()], reply: words });
    const chunks = await hurry(async () => collect(await chat('acme/atlas', { maxRetries: 1 }).stream('Deep?')));
    expect([sum(chunks).text, gateway.requests.length]).toEqual(['one two three four five six', 2]);
  });
});

describe('an abort', () => {
  it.each(['invoke', 'stream', 'streamEvents'] as const)('ends a call that waits, with its reason: %s', async (how) => {
    const { chat, gateway } = connect({ models: { 'acme/atlas': { kind: 'hang' } } });
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const model = chat('acme/atlas');
    const calls = { invoke: () => model.invoke('Hi', options), stream: () => model.stream('Hi', options), streamEvents: async () => await model.streamEvents('Hi', options) };
    const pending = failure(calls[how]());
    await expect.poll(() => gateway.requests.length).toBe(1);
    controller.abort(new Error('enough'));
    expect(String(await pending)).toMatch(/enough|abort/i);
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });

  it('ends a stream that has begun, and the request with it', async () => {
    const { chat, gateway } = connect({ reply: words, wire: { stallAfter: 3 } });
    const controller = new AbortController();
    const chunks: AIMessageChunk[] = [];
    const error = await failure((async () => {
      for await (const chunk of await chat('acme/atlas').stream('Hi', { signal: controller.signal })) {
        chunks.push(chunk);
        controller.abort(new Error('enough'));
      }
    })());
    expect(error).toMatchObject({ message: 'enough' });
    expect(chunks).toHaveLength(1);
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });

  it('ends a call that streams inside', async () => {
    const { chat } = connect({ reply: words, wire: { stallAfter: 3 } });
    const controller = new AbortController();
    const callbacks = [preferring(() => controller.abort(new Error('enough')))];
    const error = await failure(chat('acme/atlas').invoke('Hi', { callbacks, signal: controller.signal }));
    expect(String(error)).toMatch(/enough|abort/i);
  });

  it('is what leaving a loop is, too', async () => {
    const { chat, gateway } = connect({ reply: words, wire: { stallAfter: 4 } });
    const model = chat('acme/atlas');
    for await (const _ of await model.stream('Hi')) break;
    for await (const _ of await ChatPromptTemplate.fromTemplate('{question}').pipe(model).stream({ question: 'Hi' })) break;
    await expect.poll(() => gateway.requests.map(({ cancelled }) => cancelled)).toEqual([true, true]);
  });

  it.each(['a model', 'a model with tools bound'])('is what leaving a loop is, even while nothing comes: %s', async (which) => {
    const { chat, gateway } = connect({ reply: words, wire: { stallAfter: 3 } });
    const model = which === 'a model' ? chat('acme/atlas') : chat('acme/atlas').bindTools(tools);
    let left = 0;
    for await (const _ of await model.stream('Hi')) {
      left += 1;
      if (left < 3) continue;
      // LangChain asks for the next chunk meanwhile
      await new Promise((resolve) => setImmediate(resolve));
      break;
    }
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });

  it('is what leaving a loop over events is: at once with v2; without a version LangChain reads to the end for all who may still look', async () => {
    const { chat, gateway } = connect({ reply: words, wire: { stallAfter: 4 } });
    const leave = async (): Promise<void> => {
      for await (const { event } of chat('acme/atlas').streamEvents('Hi', { version: 'v2' })) if (event === 'on_chat_model_stream') break;
    };
    // LangChain's own way of leaving
    expect(await failure(leave())).toMatchObject({ name: 'AbortError' });
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
    const controller = new AbortController();
    for await (const _ of chat('acme/atlas').streamEvents('Hi', { signal: controller.signal })) break;
    controller.abort();
    await expect.poll(() => gateway.requests[1]?.cancelled).toBe(true);
  });

  it('comes by the timeout of a call, too', async () => {
    const { chat, gateway } = connect({ models: { 'acme/atlas': { kind: 'hang' } } });
    const error = await failure(chat('acme/atlas', { maxRetries: 0 }).invoke('Hi', { timeout: 5 }));
    expect(String(error)).toMatch(/timeout|timed out/i);
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });
});

describe('a stream that breaks', () => {
  const breaks = {
    'by an error of the provider': { error: { after: 3 } },
    'by a bare error': { error: { after: 3, shape: 'bare' } },
    'by a choice with an error': { error: { after: 3, shape: 'choice' } },
    'by the finish reason alone': { error: { after: 3, shape: 'finish' } },
    'by its end': { cut: 3 },
    'by its connection': { cut: 3, ending: 'reset' },
  } as const;

  it.each(Object.entries(breaks))('rejects with what had arrived, typed: %s', async (_name, wire) => {
    const { chat, gateway } = connect({ reply: words, wire });
    const model = chat('acme/atlas');
    const chunks: AIMessageChunk[] = [];
    const streamed = failure((async () => {
      for await (const chunk of await model.stream('Hi')) chunks.push(chunk);
    })());
    const hidden = failure(chat('acme/atlas', { streaming: true }).invoke('Hi'));
    for (const error of [await streamed, await hidden, await failure(Promise.resolve(model.streamEvents('Hi')))]) {
      if (!StreamError.isInstance(error)) throw new Error(`a StreamError expected, not ${String(error)}`);
      expect(error.partial?.choices[0]?.message.content).toBe(sum(chunks).text);
      expect(receiptOf(error).requested).toEqual(['acme/atlas']);
    }
    expect(sum(chunks).text.startsWith('one two')).toBe(true);
    expect(gateway.requests).toHaveLength(3);
  });

  it('never gives half a call to be executed', async () => {
    const { chat } = connect({ reply: reply.toolCall('depth', { harbour: 'Otter by the sea' }), wire: { cut: 'tool-call' } });
    const model = chat('acme/atlas').bindTools(tools);
    const chunks: AIMessageChunk[] = [];
    const error = await failure((async () => {
      for await (const chunk of await model.stream('Hi')) chunks.push(chunk);
    })());
    expect(StreamError.isInstance(error) && error.reason).toBe('truncated');
    expect(chunks.flatMap(({ tool_calls: calls }) => calls)).toEqual([]);
    expect(await failure(model.invoke('Hi', { callbacks: [preferring(() => undefined)] }))).toMatchObject({ name: 'StreamError' });
  });

  it('fails typed where a whole answer has an error in it', async () => {
    const { chat, gateway } = connect({ wire: { error: { detail: { code: 402, message: 'no credits left' } } } });
    const error = await failure(chat('acme/atlas').invoke('Hi'));
    expect(error).toMatchObject({ name: 'StreamError', isRetryable: false, cause: { name: 'APIError', status: 402 } });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe('a call cut at the token limit', () => {
  it.each(['v0', 'v1'] as const)('is told as invalid, output %s', async (outputVersion) => {
    const { chat } = connect({ reply: reply.toolCall('depth', '{"harbour":"Ott', { finishReason: 'length' }) });
    const model = chat('acme/atlas', { outputVersion }).bindTools(tools);
    const total = sum(await collect(await model.stream('Hi')));
    for (const message of [total, await model.invoke('Hi')]) {
      expect(message.tool_calls).toEqual([]);
      expect(message.invalid_tool_calls).toMatchObject([{ name: 'depth', args: '{"harbour":"Ott' }]);
      expect(message.contentBlocks.filter(({ type }) => type === 'tool_call')).toEqual([]);
    }
  });
});
