import { AIMessage } from '@langchain/core/messages';
import { OutputParserException } from '@langchain/core/output_parsers';
import {
  openAIReasoningTextChunks, openAITextOnlyChunks, openAITextOnlyChunksWithUsage, openAIToolCallChunks, sseResponseFromOpenAIChunks,
} from '@langchain/core/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatOpenRouter, OpenRouterAuthError, OpenRouterError, OpenRouterRateLimitError } from '../src/index.js';
import { chunk, json, response, sse } from './fake-server.js';

// The global fetch is replaced after the model was made, as tests of applications do.

afterEach(() => void vi.restoreAllMocks());

function serve(...replies: (() => Response)[]) {
  const model = new ChatOpenRouter({ model: 'a/b', apiKey: 'k', maxRetries: 1 });
  let asked = 0;
  const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    const reply = replies[Math.min(asked, replies.length - 1)];
    asked += 1;
    return reply?.() ?? Response.error();
  });
  return { model, fetch };
}

const failing = (status: number, message: string, headers = {}) => () => json({ error: { message, code: status, metadata: { a: 1 } } }, status, headers);

describe('callbacks', () => {
  const texts: string[] = [];
  const fields: unknown[] = [];
  const callbacks = [{ handleLLMNewToken: (text: string, ...more: unknown[]) => void (texts.push(text), fields.push(more[4])) }];

  it('get each piece of a stream with its chunk', async () => {
    const { model } = serve(() => sse([chunk({ content: 'Hi' }), chunk({}, { finish_reason: 'stop' })]));
    for await (const _ of await model.stream('Hello', { callbacks }));
    expect(texts).toEqual(['Hi', '']);
    expect(fields).toEqual([{ chunk: expect.objectContaining({ text: 'Hi' }) }, { chunk: expect.objectContaining({ generationInfo: { finish_reason: 'stop' } }) }]);
    texts.length = 0;
  });

  it('get the text of an answer that came whole, and why it ended', async () => {
    const ends: unknown[] = [];
    await serve(() => json(response({ content: 'Hi' }))).model.invoke('Hello', { callbacks: [...callbacks, { handleLLMEnd: (end) => void ends.push(end) }] });
    expect(texts).toEqual(['Hi']);
    expect(ends).toMatchObject([{ generations: [[{ text: 'Hi', generationInfo: { finish_reason: 'stop' } }]], llmOutput: { tokenUsage: { totalTokens: 17 } } }]);
  });
});

describe('errors', () => {
  it('of a rate limit are repeated after a short wait', async () => {
    const { model, fetch } = serve(failing(429, 'Too many requests', { 'retry-after': '0' }), () => json(response({ content: 'Hello back' })));
    expect((await model.invoke('Hello')).content).toBe('Hello back');
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('of a quota are not, and say so in LangChain’s words', async () => {
    const { model, fetch } = serve(failing(429, 'Quota exhausted', { 'retry-after': '120' }));
    const error: unknown = await model.invoke('Hello').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'OpenRouterRateLimitError', rateLimitType: 'stop', rateLimitReason: 'quota_message', retryAfterMs: 120_000 });
    expect(OpenRouterRateLimitError.isInstance(error)).toBe(true);
    expect(OpenRouterAuthError.isInstance(error)).toBe(false);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it.each([401, 403])('with status %i are about the key', async (status) => {
    const error: unknown = await serve(failing(status, 'Refused')).model.invoke('Hello').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'APIError', message: 'Refused', status, metadata: { a: 1 } });
    expect([OpenRouterAuthError, OpenRouterRateLimitError, OpenRouterError].map((kind) => kind.isInstance(error))).toEqual([true, false, true]);
  });

  it('of other kinds are neither, and nor are those of others', async () => {
    const error: unknown = await serve(failing(400, 'No')).model.invoke('Hello').catch((reason: unknown) => reason);
    for (const one of [error, new Error('No'), undefined]) {
      expect([OpenRouterAuthError, OpenRouterRateLimitError].map((kind) => kind.isInstance(one))).toEqual([false, false]);
      expect(OpenRouterError.isInstance(one)).toBe(one === error);
    }
  });

  it('come of a good status without an answer too', async () => {
    await expect(serve(() => json({ error: { message: 'Upstream failed', code: 400 } })).model.invoke('Hello')).rejects.toThrow('Upstream failed');
    await expect(serve(() => json({ id: 'gen-1', choices: [] })).model.invoke('Hello')).rejects.toSatisfy((error) => OpenRouterError.isInstance(error) && /no choices/.test(error.message));
  });
});

describe('streamEvents', () => {
  const events = (chunks: Parameters<typeof sseResponseFromOpenAIChunks>[0]) => serve(() => sseResponseFromOpenAIChunks(chunks)).model.streamEvents('Hello');

  it('has text, reasoning under both names, calls and usage', async () => {
    expect(await events(openAITextOnlyChunks()).text).toBe('Hello world');
    expect(await events(openAIReasoningTextChunks()).reasoning).toBe('Let me reason...');
    const { model } = serve(() => sse([chunk({ reasoning: 'thinking...' }), chunk({ content: 'Answer' }), chunk({}, { finish_reason: 'stop' })]));
    const stream = model.streamEvents('Hello');
    expect([await stream.reasoning, await stream.text]).toEqual(['thinking...', 'Answer']);
    expect(await events(openAIToolCallChunks()).toolCalls).toMatchObject([{ name: 'web_search', args: { query: 'weather' } }]);
    expect(await events(openAITextOnlyChunksWithUsage()).usage).toMatchObject({ input_tokens: 10, output_tokens: 2, total_tokens: 12 });
  });
});

describe('a stream that is left', () => {
  it.each(['a model', 'a model with tools'])('of %s is cancelled, however silent the provider is', async (kind) => {
    const cancel = vi.fn<() => void>();
    const packet = new TextEncoder().encode(`data: ${JSON.stringify(chunk({ content: 'Hello' }))}\n\n`);
    const { model } = serve(() => new Response(new ReadableStream({ start: (controller) => controller.enqueue(packet), cancel })));
    const ended = vi.fn<() => void>();
    const callbacks = [{ handleLLMEnd: ended, handleLLMError: ended }];
    const reader = kind === 'a model' ? model : model.bindTools([{ type: 'openrouter:datetime' }]);
    for await (const { text } of await reader.stream('Hi', { callbacks })) {
      expect(text).toBe('Hello');
      break;
    }
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
    expect(ended).not.toHaveBeenCalled();
  });
});

describe('withStructuredOutput takes a standard schema', () => {
  const shape = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
  const schema = {
    '~standard': {
      version: 1 as const, vendor: 'own', jsonSchema: { input: () => shape, output: () => shape },
      validate: (value: unknown) => (typeof (value as { name?: unknown }).name === 'string' ? { value: value as { name: string } } : { issues: [{ message: 'name is no text' }] }),
    },
  };
  const answering = (message: AIMessage) => {
    const model = new ChatOpenRouter({ model: 'a/b', apiKey: 'k' });
    vi.spyOn(model, 'invoke').mockImplementation(async () => message as never);
    return model;
  };
  const calling = (args: Record<string, unknown>, name = 'extract') => new AIMessage({ content: '', tool_calls: [{ id: 'call_1', name, args }] });

  it.each(['functionCalling', 'jsonMode', 'jsonSchema'])('by %s, and checks the answer', async (method) => {
    const answer = (value: Record<string, unknown>) => (method === 'functionCalling' ? calling(value) : new AIMessage(JSON.stringify(value)));
    expect(await answering(answer({ name: 'Ada' })).withStructuredOutput(schema, { method }).invoke('Who?')).toEqual({ name: 'Ada' });
    await expect(answering(answer({ other: 1 })).withStructuredOutput(schema, { method }).invoke('Who?')).rejects.toThrow(OutputParserException);
    expect(await answering(answer({ name: 'Ada' })).withStructuredOutput(schema, { method, includeRaw: true }).invoke('Who?')).toMatchObject({ parsed: { name: 'Ada' }, raw: expect.any(AIMessage) });
  });

  it('under a name', async () => {
    expect(await answering(calling({ name: 'Ada' }, 'Person')).withStructuredOutput(schema, { method: 'functionCalling', name: 'Person' }).invoke('Who?')).toEqual({ name: 'Ada' });
  });
});
