import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenRouter, OpenRouterAuthError, OpenRouterError, OpenRouterRateLimitError } from '@langchain/openrouter';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asksTheTide, breaksOff, drain, type Failing, failing, failures, KEY, MODEL, rejection, serve, spoken } from './serve.js';

const modelAt = (baseURL: string, only?: string[]): ChatOpenRouter =>
  new ChatOpenRouter({ model: MODEL, apiKey: KEY, baseURL, maxRetries: 0, ...(only === undefined ? {} : { provider: { only } }) });
const prompt = 'Which way to the harbour?';
const tide = tool(() => 'nine', { name: 'tide', description: 'when', schema: z.object({ harbour: z.string() }) });

describe('@langchain/openrouter', () => {
  it('chats', async () => {
    const { url } = await serve(spoken);
    const { content, usage_metadata: usage, response_metadata: metadata } = await modelAt(url).invoke(prompt);
    expect(content).toBe('To the left, then down.');
    expect(usage?.total_tokens).toBeGreaterThan(0);
    expect(metadata).toMatchObject({ finish_reason: 'stop', model_name: MODEL });
  });

  it('streams', async () => {
    const { url } = await serve(spoken);
    const { items } = await drain(await modelAt(url).stream(prompt));
    expect(items.map(({ text }) => text).join('')).toBe('To the left, then down.');
    expect(items.at(-1)?.usage_metadata?.total_tokens).toBeGreaterThan(0);
  });

  it.each([false, true])('calls a tool and gives its result, streaming: %s', async (stream) => {
    const { gateway, url } = await serve(asksTheTide);
    const model = modelAt(url).bindTools([tide]);
    const question = new HumanMessage(prompt);
    const pieces = stream ? (await drain(await model.stream([question]))).items : [];
    const asked = stream ? pieces.reduce((sum, piece) => sum.concat(piece)) : await model.invoke([question]);
    expect(asked.tool_calls).toMatchObject([{ id: 'call_0', name: 'tide', args: { harbour: 'Whitby' } }]);
    const answer = await model.invoke([question, asked, new ToolMessage({ tool_call_id: 'call_0', content: 'nine' })]);
    expect(answer.content).toBe('High water is at nine.');
    expect(gateway.requests[1]?.body).toMatchObject({ messages: [{}, { tool_calls: [{ id: 'call_0' }] }, { role: 'tool', content: 'nine' }] });
  });

  const classes = { 'no such key': OpenRouterAuthError, 'no route': OpenRouterError, 'rate limit': OpenRouterRateLimitError, 'provider error': OpenRouterError } satisfies Record<Failing, unknown>;
  it.each(failing.flatMap((name) => [[name, false] as const, [name, true] as const]))('raises %s, streaming: %s', async (name, stream) => {
    const { status, message, scenario, options, only } = failures[name];
    const { url } = await serve(scenario, options);
    const model = modelAt(url, only);
    const error = await rejection(stream ? model.stream(prompt) : model.invoke(prompt));
    expect(error).toBeInstanceOf(classes[name]);
    expect(error).toMatchObject({ statusCode: status, message: expect.stringContaining(message) });
    if (name === 'rate limit') expect(error).toMatchObject({ retryAfterMs: 7000 });
  });

  it('does not notice an error in the middle of a stream: the answer is as if it were whole', async () => {
    const { url } = await serve(breaksOff);
    const { items, error } = await drain(await modelAt(url).stream(prompt));
    expect(items.map(({ content }) => content)).toEqual(['To', '']);
    expect(error).toBeUndefined();
  });
});
