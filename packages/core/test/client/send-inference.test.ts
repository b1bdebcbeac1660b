import { describe, expect, test } from 'vitest';
import { completionsRoute } from '../../src/client/chat-route.js';
import { openChat } from '../../src/client/open-chat.js';
import { sendChat } from '../../src/client/send-chat.js';
import { sendEmbeddings } from '../../src/client/send-embeddings.js';
import { sendInference } from '../../src/client/send-inference.js';
import { sendPlain } from '../../src/client/send-json.js';
import { sendRerank } from '../../src/client/send-rerank.js';
import { APIError } from '../../src/errors/api-error.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { requestBytes } from '../../src/transport/read-bytes.js';
import { DONE, event, rejection } from '../transport/kit.js';
import { serve } from './kit.js';

const call = { body: { model: 'a/b', input: 'hello' } };

describe('an answer of bytes', () => {
  test('has its provider and id in the headers, for the receipt and the verdict', async () => {
    const headers = { 'content-type': 'audio/mpeg', 'x-provider-name': 'Azure', 'x-generation-id': 'gen-tts-1' };
    const { config, sent } = serve(() => new Response(Uint8Array.from([1, 2]), { headers }));
    const { response, receipt } = await sendInference(config, call, '/audio/speech', 'speech', requestBytes);
    expect([...response]).toEqual([1, 2]);
    expect(receipt).toMatchObject({ id: 'gen-tts-1', served: { provider: 'Azure', providerSlug: 'azure' } });
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/audio/speech');
  });

  test('of a route that is not inference', async () => {
    const { config, sent } = serve(() => new Response(Uint8Array.from([7]), { headers: { 'content-type': 'video/mp4' } }));
    const { body } = await sendPlain(config, { path: '/videos/x/content', query: { index: 0 } }, requestBytes);
    expect([...body]).toEqual([7]);
    expect([sent[0]?.method, sent[0]?.url]).toEqual(['GET', 'https://openrouter.ai/api/v1/videos/x/content?index=0']);
  });
});

describe('alpha routes', () => {
  test.each([
    [undefined, 'https://openrouter.ai/api/alpha/decisions'],
    ['https://example.com/api/v1/', 'https://example.com/api/alpha/decisions'],
  ])('stand beside the v1 of %s', async (baseURL, url) => {
    const { config, sent } = serve(() => Response.json({ answers: {} }), { ...(baseURL && { baseURL }) });
    await sendInference(config, call, '/alpha/decisions', 'decisions');
    expect(sent[0]?.url).toBe(url);
  });

  test('are in the region that is in force', async () => {
    const { config, sent } = serve(() => Response.json({ answers: {} }), { region: 'eu' });
    await sendInference(config, call, '/alpha/decisions', 'decisions');
    expect(sent[0]?.url).toBe('https://eu.openrouter.ai/api/alpha/decisions');
  });
});

describe('embeddings', () => {
  const rows = (...places: (number | undefined)[]) => Response.json({ id: 'gen-e', model: 'a/b', provider: 'Azure', data: places.map((index) => ({ embedding: [index ?? -1], index })), usage: { prompt_tokens: 2, total_tokens: 2, cost: 0.01 } });

  test('come in the order of the inputs', async () => {
    const { config } = serve(() => rows(1, 2, 0));
    expect((await sendEmbeddings(config, call)).embeddings).toEqual([[0], [1], [2]]);
  });

  test.each([['a gap', [0, 2]], ['one twice', [0, 0]]])('with %s are an error that holds the receipt', async (_, places) => {
    const { config } = serve(() => rows(...places));
    const error = await rejection(sendEmbeddings(config, call));
    expect(APIError.isInstance(error) && [error.isRetryable, error.receipt?.cost?.total]).toEqual([false, 0.01]);
  });

  test.each([[[null]], [[{ embedding: null }]], [[{}]], [[{ embedding: '$$$' }]]])('as %j are an error that holds the receipt', async (data) => {
    const { config } = serve(() => Response.json({ id: 'gen-e', data, usage: { cost: 0.01 } }));
    const error = await rejection(sendEmbeddings(config, call));
    expect(APIError.isInstance(error) && [error.isRetryable, error.receipt?.cost?.total]).toEqual([false, 0.01]);
  });
});

test.each([
  {}, { results: {} }, { results: [null] }, { results: [{ index: 0 }] }, { results: [{ relevance_score: 1 }] },
  { results: [{ index: 9, relevance_score: 1 }] }, { results: [{ index: 0, relevance_score: 1 }, { index: 0, relevance_score: 1 }] },
])('a rerank answer as %j is an error that holds the receipt', async (body) => {
  const { config } = serve(() => Response.json({ id: 'gen-r', ...body }));
  const error = await rejection(sendRerank(config, { body: { model: 'a/b', query: 'q', documents: ['d'] } }));
  expect(APIError.isInstance(error) && error.receipt?.id).toBe('gen-r');
});

test('an answer that makes no sense and echoes the request is an error without its keys', async () => {
  const headers = { 'x-provider-api-keys': '{"azure":"0123-abcd-4567"}' };
  const { config } = serve((_, sent) => Response.json(Object.fromEntries(sent.headers), { headers: { 'x-echo': sent.headers.get('authorization') ?? '' } }), { headers });
  const error = await rejection(sendRerank(config, { body: { model: 'a/b', query: 'q', documents: ['d'] } }));
  if (!APIError.isInstance(error)) throw error;
  const told = JSON.stringify([error.responseBody, error.responseHeaders]);
  expect(told).toContain('"content-type":"application/json"');
  expect(told).not.toMatch(/0123-abcd-4567|0123456789abcdef/);
});

describe('the legacy route', () => {
  const prompt = { body: { model: 'a/b', prompt: 'Once' } };
  const choice = (text: string, more: object = {}): object => ({ index: 0, text, finish_reason: null, ...more });
  const body = (choices: object[], more: object = {}): object => ({ id: 'gen-c', model: 'a/b', provider: 'Acme', choices, ...more });
  const stream = (...events: string[]): Response => new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } });

  test('answers like chat, and keeps its own text', async () => {
    const { config, sent } = serve(() => Response.json(body([choice(' upon', { finish_reason: 'stop' })])));
    const { response, receipt } = await sendChat(config, prompt, completionsRoute);
    expect(response.choices[0]).toMatchObject({ text: ' upon', message: { role: 'assistant', content: ' upon' } });
    expect(receipt?.served?.provider).toBe('Acme');
    expect([sent[0]?.url, sent[0]?.body]).toEqual(['https://openrouter.ai/api/v1/completions', prompt.body]);
  });

  test('streams like chat', async () => {
    const { config } = serve(() => stream(event(body([choice('')])), event(body([choice(' upon')])), event(body([choice(' a', { finish_reason: 'stop' })])), event(body([], { usage: { total_tokens: 3 } })), DONE));
    const opened = await openChat(config, prompt, completionsRoute);
    while ((await opened.read()) !== undefined);
    expect(opened.accumulator.response().choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: ' upon a' } });
    expect(opened.receipt()?.usage?.totalTokens).toBe(3);
  });

  test('is broken like chat: with what had arrived', async () => {
    const { config } = serve(() => stream(event(body([choice(' upon')]))));
    const opened = await openChat(config, prompt, completionsRoute);
    await opened.read();
    const error = await rejection(opened.read());
    expect(StreamError.isInstance(error) && [error.reason, error.partial?.choices[0]?.message.content]).toEqual(['truncated', ' upon']);
  });

  test('fails like chat, before the first text and in a choice', async () => {
    const gone = { code: 502, message: 'gone' };
    for (const answer of [() => Response.json(body([choice('', { error: gone, finish_reason: 'error' })])), () => Response.json({ error: gone })]) {
      const error = await rejection(sendChat(serve(answer, { retry: false }).config, prompt, completionsRoute));
      expect(APIError.isInstance(error) && error.status).toBe(502);
    }
    const early = await rejection(openChat(serve(() => stream(event({ error: gone })), { retry: false }).config, prompt, completionsRoute));
    expect(APIError.isInstance(early) && early.status).toBe(502);
  });
});
