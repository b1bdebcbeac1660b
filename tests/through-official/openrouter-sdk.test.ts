import { OpenRouter } from '@openrouter/sdk';
import type { ChatRequest, ChatResult, ChatStreamChunk } from '@openrouter/sdk/models';
import * as errors from '@openrouter/sdk/models/errors';
import { reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { asksTheTide, breaksOff, drain, type Failing, failing, failures, KEY, MODEL, rejection, serve, spoken, TIDE_SCHEMA } from './serve.js';

const clientAt = (serverURL: string): OpenRouter => new OpenRouter({ apiKey: KEY, serverURL, retryConfig: { strategy: 'none' } });
const ask: ChatRequest = { model: MODEL, messages: [{ role: 'user', content: 'Which way to the harbour?' }] };
const tools: ChatRequest['tools'] = [{ type: 'function', function: { name: 'tide', description: 'when', parameters: TIDE_SCHEMA } }];

async function whole(url: string, more: Partial<ChatRequest> = {}): Promise<ChatResult> {
  const answer = await clientAt(url).chat.send({ chatRequest: { ...ask, ...more, stream: false } });
  if (!('choices' in answer)) throw new Error('the SDK gave a stream');
  return answer;
}

async function streamed(url: string, more: Partial<ChatRequest> = {}): Promise<AsyncIterable<ChatStreamChunk>> {
  const stream = await clientAt(url).chat.send({ chatRequest: { ...ask, ...more, stream: true } });
  if (!(Symbol.asyncIterator in stream)) throw new Error('the SDK gave no stream');
  return stream;
}

describe('@openrouter/sdk', () => {
  it('chats', async () => {
    const { url } = await serve(spoken);
    const { choices, usage } = await whole(url);
    expect(choices[0]).toMatchObject({ finishReason: 'stop', message: { content: 'To the left, then down.' } });
    expect(usage).toMatchObject({ isByok: false, cost: expect.any(Number), costDetails: { upstreamInferenceCost: expect.any(Number) } });
  });

  it('streams', async () => {
    const { url } = await serve(spoken);
    const { items, error } = await drain(await streamed(url));
    expect(error).toBeUndefined();
    expect(items.map(({ choices }) => choices[0]?.delta.content).join('')).toBe('To the left, then down.');
    expect(items.at(-1)).toMatchObject({ serviceTier: null, usage: { totalTokens: expect.any(Number) } });
  });

  it('streams thoughts', async () => {
    const { url } = await serve({ reply: reply.reasoning('Where is the sea?', 'There.', { signature: 'signed' }) });
    const { items, error } = await drain(await streamed(url));
    expect(error).toBeUndefined();
    expect(items.map(({ choices }) => choices[0]?.delta.reasoning ?? '').join('')).toBe('Where is the sea?');
  });

  it.each([false, true])('calls a tool and gives its result, streaming: %s', async (stream) => {
    const { gateway, url } = await serve(asksTheTide);
    const first = stream ? undefined : (await whole(url, { tools })).choices[0]?.message.toolCalls;
    const deltas = stream ? (await drain(await streamed(url, { tools }))).items.flatMap(({ choices }) => choices[0]?.delta.toolCalls ?? []) : [];
    const args = first?.[0]?.function.arguments ?? deltas.map((delta) => delta.function?.arguments ?? '').join('');
    expect(JSON.parse(args)).toEqual({ harbour: 'Whitby' });
    const id = first?.[0]?.id ?? deltas[0]?.id ?? '';
    const { choices } = await whole(url, {
      tools,
      messages: [...ask.messages, { role: 'assistant', content: null, toolCalls: [{ id, type: 'function', function: { name: 'tide', arguments: args } }] }, { role: 'tool', toolCallId: id, content: 'nine' }],
    });
    expect(choices[0]?.message.content).toBe('High water is at nine.');
    expect(gateway.requests[1]?.body).toMatchObject({ messages: [{}, {}, { role: 'tool', tool_call_id: 'call_0', content: 'nine' }] });
  });

  it('reads the catalogue, and what the account has', async () => {
    const { url } = await serve();
    const client = clientAt(url);
    const { result } = await client.models.list();
    expect(result.data.map(({ id }) => id)).toContain(MODEL);
    const { data } = await client.endpoints.list({ author: 'acme', slug: 'atlas' });
    expect(data.endpoints[0]).toMatchObject({ tag: expect.any(String), supportsToolChoice: { auto: true } });
    expect((await client.endpoints.listZdrEndpoints()).data.length).toBeGreaterThan(0);
    expect((await client.providers.list()).data.length).toBeGreaterThan(0);
    expect(await client.credits.getCredits()).toEqual({ data: { totalCredits: 10, totalUsage: 0 } });
  });

  const classes = {
    'no such key': errors.UnauthorizedResponseError, 'no route': errors.NotFoundResponseError, 'rate limit': errors.TooManyRequestsResponseError,
    'provider error': errors.BadGatewayResponseError,
  } satisfies Record<Failing, unknown>;
  it.each(failing.flatMap((name) => [[name, false] as const, [name, true] as const]))('raises %s, streaming: %s', async (name, stream) => {
    const { status, message, scenario, options, only } = failures[name];
    const { url } = await serve(scenario, options);
    const provider = only === undefined ? {} : { provider: { only } };
    const error = await rejection(stream ? streamed(url, provider) : whole(url, provider));
    expect(error).toBeInstanceOf(classes[name]);
    expect(error).toMatchObject({ statusCode: status, error: { code: status }, message: expect.stringContaining(message) });
  });

  it('hands an error in the middle of a stream on as a chunk', async () => {
    const { url } = await serve(breaksOff);
    const { items, error } = await drain(await streamed(url));
    expect(error).toBeUndefined();
    expect(items).toMatchObject([{ choices: [{ delta: { content: 'To' } }] }, { error: { code: 502, message: 'Provider returned error' } }]);
  });

  it('refuses chunks whose fingerprint is null, as 5 of 178 recorded streams have it', async () => {
    const { url } = await serve({ reply: reply.text('one', { fields: { system_fingerprint: null } }) });
    const { error } = await drain(await streamed(url));
    expect(error).toMatchObject({ name: 'ZodError', message: expect.stringContaining('system_fingerprint') });
  });
});
