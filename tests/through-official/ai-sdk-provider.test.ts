import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { APICallError, generateText, type LanguageModel, stepCountIs, streamText, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asksTheTide, breaksOff, drain, failing, failures, KEY, MODEL, rejection, serve, spoken } from './serve.js';

const modelAt = (baseURL: string, only?: string[]): LanguageModel => createOpenRouter({ apiKey: KEY, baseURL })(MODEL, only === undefined ? {} : { provider: { only } });
const prompt = 'Which way to the harbour?';

describe('@openrouter/ai-sdk-provider', () => {
  it('chats', async () => {
    const { url } = await serve(spoken);
    const { text, finishReason, usage, providerMetadata } = await generateText({ model: modelAt(url), prompt });
    expect([text, finishReason]).toEqual(['To the left, then down.', 'stop']);
    expect(usage.totalTokens).toBeGreaterThan(0);
    expect(providerMetadata?.['openrouter']).toMatchObject({ provider: expect.any(String), usage: { cost: expect.any(Number) } });
  });

  it('streams', async () => {
    const { url } = await serve(spoken);
    const result = streamText({ model: modelAt(url), prompt });
    expect((await drain(result.textStream)).items.join('')).toBe('To the left, then down.');
    expect((await result.usage).totalTokens).toBeGreaterThan(0);
  });

  it.each([false, true])('calls a tool and gives its result, streaming: %s', async (stream) => {
    const { gateway, url } = await serve(asksTheTide);
    const seen: unknown[] = [];
    const tide = tool({ description: 'when', inputSchema: z.object({ harbour: z.string() }), execute: (input) => { seen.push(input); return 'nine'; } });
    const call = { model: modelAt(url), prompt, tools: { tide }, stopWhen: stepCountIs(3) };
    expect(stream ? await streamText(call).text : (await generateText(call)).text).toBe('High water is at nine.');
    expect(seen).toEqual([{ harbour: 'Whitby' }]);
    expect(gateway.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each(failing)('raises %s', async (name) => {
    const { status, scenario, options, only } = failures[name];
    const { url } = await serve(scenario, options);
    const call = { model: modelAt(url, only), prompt, maxRetries: 0 };
    const error = await rejection(generateText(call));
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: status, isRetryable: status === 429 || status >= 500 });
    // it puts the provider's own words, with its name, where there are some
    if (name === 'rate limit') expect(error.message).toMatch(/^\[.+\] slow down$/);
    const { items } = await drain(streamText({ ...call, onError() {} }).fullStream);
    expect(items.find(({ type }) => type === 'error')).toMatchObject({ error: { statusCode: status } });
  });

  it('hands an error in the middle of a stream on as a part', async () => {
    const { url } = await serve(breaksOff);
    const { items } = await drain(streamText({ model: modelAt(url), prompt, maxRetries: 0, onError() {} }).fullStream);
    expect(items.filter(({ type }) => type === 'text-delta')).toMatchObject([{ text: 'To' }]);
    expect(items.find(({ type }) => type === 'error')).toMatchObject({ error: { message: 'Provider returned error', statusCode: 502 } });
  });
});
