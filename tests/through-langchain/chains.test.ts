import { InMemoryCache } from '@langchain/core/caches';
import type { CallbackHandlerMethods } from '@langchain/core/callbacks/base';
import { JsonOutputParser, StringOutputParser } from '@langchain/core/output_parsers';
import { JsonOutputToolsParser } from '@langchain/core/output_parsers/openai_tools';
import type { LLMResult } from '@langchain/core/outputs';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableLambda, RunnableParallel, RunnableSequence } from '@langchain/core/runnables';
import { APIError, type FetchFunction } from '@waypost/core';
import { fail, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect, connect, receiptOf } from './connection.js';
import { hurry } from './hurry.js';
import { tools } from './tools.js';

const prompt = ChatPromptTemplate.fromMessages([['system', 'Answer in {language}.'], ['human', '{question}']]);
const input = { language: 'English', question: 'How deep is Otter?' };
const guard = { zdr: true, dataCollection: 'deny' as const };
const onTheWire = { zdr: true, data_collection: 'deny' };

describe('a chain', () => {
  it('runs prompt, model and parser, whole and streamed', async () => {
    const { chat, body } = connect({ reply: reply.text('Six and a half metres.') });
    const chain = prompt.pipe(chat('acme/atlas')).pipe(new StringOutputParser());
    expect(await chain.invoke(input)).toBe('Six and a half metres.');
    const pieces = await collect(await chain.stream(input));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe('Six and a half metres.');
    expect(body(0)['messages']).toEqual([{ role: 'system', content: 'Answer in English.' }, { role: 'user', content: 'How deep is Otter?' }]);
  });

  it('parses JSON and tool calls as they grow', async () => {
    const { chat } = connect({ reply: ({ request }) => (request.tools ? reply.toolCall('depth', { harbour: 'Otter by the sea' }) : reply.text('{"metres": 6, "sure": true}')) });
    const objects = await collect(await prompt.pipe(chat('acme/atlas')).pipe(new JsonOutputParser()).stream(input));
    expect(objects.at(-1)).toEqual({ metres: 6, sure: true });
    expect(objects).toContainEqual({});
    const calls = await collect(await prompt.pipe(chat('acme/atlas').bindTools(tools)).pipe(new JsonOutputToolsParser()).stream(input));
    expect(calls.at(-1)).toEqual([{ type: 'depth', args: { harbour: 'Otter by the sea' } }]);
  });

  it('adds up what a sequence passes on, usage counted once', async () => {
    const { chat, gateway } = connect({ reply: reply.toolCall('depth', { harbour: 'Otter' }) });
    const ended: unknown[] = [];
    const chain = RunnableSequence.from([prompt, chat('acme/atlas').bindTools(tools)]);
    const chunks = await collect(await chain.stream(input, { callbacks: [{ handleChainEnd: (output: unknown) => void ended.push(output) }] }));
    const total = chunks.reduce((sum, chunk) => sum.concat(chunk));
    expect(ended.at(-1)).toEqual(total);
    expect(total.tool_calls).toMatchObject([{ name: 'depth', args: { harbour: 'Otter' } }]);
    const [whole] = [await chain.invoke(input)];
    expect(total.usage_metadata).toEqual(whole.usage_metadata);
    expect(receiptOf(total).cost?.total).toBe(Number(gateway.requests[0]?.cost));
  });

  it('runs models side by side, each with its own policy', async () => {
    const { chat, gateway } = connect();
    const both = RunnableParallel.from({ strict: chat('acme/atlas', { provider: guard }), loose: chat('acme/atlas-mini') });
    const answers = await both.invoke('Deep?');
    expect([receiptOf(answers['strict']), receiptOf(answers['loose'])].map(({ served }) => served?.model)).toEqual(['acme/atlas', 'acme/atlas-mini']);
    const sent = gateway.requests.map(({ body }) => body as { model: string; provider?: unknown });
    expect(sent.find(({ model }) => model === 'acme/atlas')?.provider).toEqual(onTheWire);
    expect(sent.find(({ model }) => model === 'acme/atlas-mini')?.provider).toBeUndefined();
  });

  it('ends in an object of a schema', async () => {
    const { chat, body } = connect({ reply: reply.text('{"harbour":"Otter","metres":6.5}') });
    const model = chat('acme/atlas', { provider: guard }).withStructuredOutput(z.object({ harbour: z.string(), metres: z.number() }), { method: 'jsonSchema', includeRaw: true });
    const { parsed, raw } = await prompt.pipe(model).invoke(input);
    expect(parsed).toEqual({ harbour: 'Otter', metres: 6.5 });
    expect(receiptOf(raw).verdict.overall).not.toBe('violated');
    expect(body(0)).toMatchObject({ provider: { ...onTheWire, require_parameters: true }, response_format: { type: 'json_schema' } });
  });
});

describe('withConfig', () => {
  it('binds, and what is bound later can only tighten the policy', async () => {
    const { chat, body } = connect();
    const model = chat('acme/atlas', { provider: { zdr: true } }).withConfig({ temperature: 0.1, provider: { dataCollection: 'deny' } }).withConfig({ maxTokens: 9, provider: { sort: 'price' } });
    await model.invoke('Hi', { provider: { zdr: false } });
    expect(body(0)).toMatchObject({ temperature: 0.1, max_tokens: 9, provider: { ...onTheWire, sort: 'price' } });
  });

  it('binds server tools beside functions', async () => {
    const { chat, body } = connect({ reply: reply.text('Deep.') });
    await chat('acme/atlas').bindTools([...tools, { type: 'openrouter:datetime' }]).invoke('When?');
    expect(body(0)['tools']).toMatchObject([{ type: 'function' }, { type: 'function' }, { type: 'openrouter:datetime' }]);
  });
});

describe('withFallbacks and withRetry', () => {
  const instant = { maxRetries: 0 };

  it('falls back to the next model, in a call and in a stream', async () => {
    const { chat, gateway } = connect({ models: { 'acme/atlas': fail(503) }, reply: reply.text('Deep.') });
    const model = chat('acme/atlas', instant).withFallbacks([chat('borealis/aurora', instant)]);
    expect(receiptOf(await model.invoke('Deep?')).served?.model).toBe('borealis/aurora');
    expect((await collect(await model.stream('Deep?'))).map(({ text }) => text).join('')).toBe('Deep.');
    expect(gateway.requests).toHaveLength(4);
  });

  it('reports the first error where all fail', async () => {
    const { chat } = connect({ gateway: [fail(503, { message: 'first' }), fail(502, { message: 'second' })] });
    const model = chat('acme/atlas', instant).withFallbacks([chat('borealis/aurora', instant)]);
    const error: unknown = await model.invoke('Deep?').catch((reason: unknown) => reason);
    expect(APIError.isInstance(error) && error.status).toBe(503);
  });

  it('retries as LangChain does', async () => {
    const { chat, gateway } = connect({ gateway: [fail(503), ok()] });
    await hurry(() => chat('acme/atlas', instant).withRetry({ stopAfterAttempt: 2 }).invoke('Deep?'));
    expect(gateway.requests).toHaveLength(2);
  });

  it('retries by itself what may pass, and leaves at once what may not', async () => {
    const { chat, gateway } = connect({ gateway: [fail(429, { retryAfter: 0 }), ok(), fail(402)] });
    const model = chat('acme/atlas', { maxRetries: 2 });
    await hurry(() => model.invoke('Deep?'));
    await expect(model.invoke('Deep?')).rejects.toMatchObject({ status: 402 });
    expect(gateway.requests).toHaveLength(3);
  });
});

describe('a batch', () => {
  it('keeps to maxConcurrency, and its answers in order', async () => {
    const { settings, chat } = connect({ reply: ({ request }) => reply.text(`Echo ${JSON.stringify(request.messages.at(-1)?.content)}`) });
    let running = 0;
    let most = 0;
    const fetch: FetchFunction = async (url, init) => {
      most = Math.max(most, (running += 1));
      try {
        return await settings.fetch(url, init);
      } finally {
        running -= 1;
      }
    };
    const questions = ['a', 'b', 'c', 'd', 'e'];
    const answers = await chat('acme/atlas', { fetch }).batch(questions, { maxConcurrency: 2 });
    expect(answers.map(({ text }) => text)).toEqual(questions.map((question) => `Echo "${question}"`));
    expect(most).toBe(2);
  });

  it('gives errors in their places when told to', async () => {
    const { chat } = connect({ reply: reply.text('Deep.') });
    const ask = new RunnableLambda({ func: async (model: string) => (await chat(model, { maxRetries: 0 }).invoke('Deep?')).text });
    const [good, bad] = await ask.batch(['acme/atlas', 'acme/unknown'], {}, { returnExceptions: true });
    expect([good, APIError.isInstance(bad)]).toEqual(['Deep.', true]);
  });
});

describe('a cache of LangChain', () => {
  it('answers the same question once, and not under another policy', async () => {
    const { chat, gateway } = connect();
    const cache = new InMemoryCache();
    const first = await chat('acme/atlas', { cache }).invoke('Deep?');
    const second = await chat('acme/atlas', { cache }).invoke('Deep?');
    expect(second.text).toBe(first.text);
    expect(gateway.requests).toHaveLength(1);
    await chat('acme/atlas', { cache, provider: guard }).invoke('Deep?');
    await chat('acme/atlas', { cache }).invoke('Deep?', { temperature: 0.2 });
    await chat('acme/atlas', { cache }).withConfig({ provider: guard }).invoke('Deep?');
    expect(gateway.requests).toHaveLength(4);
    expect(JSON.stringify([...cache['cache'].keys()])).not.toContain('sk-or-v1-local');
  });

  it('keeps the thinking, and counts no usage twice', async () => {
    const { chat } = connect({ reply: reply.reasoning('Hm.', 'Yes.', { signature: 's' }) });
    const model = chat('borealis/aurora', { cache: new InMemoryCache() });
    const first = await model.invoke('Deep?');
    const details = first.additional_kwargs['reasoning_details'];
    const usage = first.usage_metadata?.total_tokens;
    const again = await model.invoke('Deep?');
    expect(again.additional_kwargs['reasoning_details']).toEqual(details);
    expect([usage, again.usage_metadata?.total_tokens]).toEqual([expect.any(Number), 0]);
  });
});

describe('callbacks and tracers', () => {
  it('see the model, its settings, tokens and the usage once, and no key', async () => {
    const seen: Record<string, unknown[]> = {};
    const note = (name: string) => (...args: unknown[]): void => void (seen[name] ??= []).push(args);
    const callbacks: CallbackHandlerMethods[] = [{
      handleChatModelStart: note('start'),
      handleLLMNewToken: note('token'),
      handleLLMEnd: note('end'),
    }];
    const { chat } = connect({ reply: reply.text('Six and a half metres.') });
    const model = chat('acme/atlas', { temperature: 0.3, maxTokens: 50, metadata: { team: 'harbour' }, tags: ['tides'] });
    await collect(await model.stream('Deep?', { callbacks, runName: 'deep' }));
    const [start] = seen['start'] as unknown[][];
    expect(start?.[6]).toMatchObject({ ls_provider: 'openrouter', ls_model_name: 'acme/atlas', ls_model_type: 'chat', ls_temperature: 0.3, ls_max_tokens: 50, team: 'harbour' });
    expect(start?.[5]).toContain('tides');
    expect(start?.[7]).toBe('deep');
    expect((seen['token'] as unknown[][]).map(([token]) => token).join('')).toBe('Six and a half metres.');
    const [[result]] = seen['end'] as [[LLMResult]];
    expect(result.llmOutput).toMatchObject({ tokenUsage: { totalTokens: expect.any(Number) } });
    expect(result.generations[0]?.[0]?.text).toBe('Six and a half metres.');
    expect(JSON.stringify(seen)).not.toContain('sk-or-v1-local');
  });

  it('see errors, typed', async () => {
    const errors: unknown[] = [];
    const { chat } = connect({ gateway: fail(402) });
    await expect(chat('acme/atlas', { callbacks: [{ handleLLMError: (error: unknown) => void errors.push(error) }] }).invoke('Hi')).rejects.toThrow();
    expect(errors.map((error) => APIError.isInstance(error) && error.status)).toEqual([402]);
  });
});
