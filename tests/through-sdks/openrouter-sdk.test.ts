import { fail, ok, reply, respond } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { connect, MESSAGES, rejection } from './connection.js';
import { streamedText, wholeText } from './said.js';

const chatRequest = { model: 'acme/atlas', messages: MESSAGES };

describe('chat.send', () => {
  it('goes out under the policy', async () => {
    const { gateway, openrouter } = connect({ reply: reply.text('Left.') }, { provider: { zdr: true }, appTitle: 'Harbour' });
    expect(await wholeText(openrouter, { provider: { dataCollection: 'deny', zdr: false }, models: ['acme/atlas-mini'] })).toBe('Left.');
    expect(gateway.requests[0]?.body).toMatchObject({ model: 'acme/atlas', models: ['acme/atlas-mini'], provider: { zdr: true, data_collection: 'deny' } });
    expect(gateway.requests[0]?.headers['x-openrouter-title']).toBe('Harbour');
  });

  it('keeps the name that the SDK was given', async () => {
    const { gateway, openrouter } = connect({}, { appTitle: 'Harbour' });
    await openrouter.chat.send({ appTitle: 'Lighthouse', chatRequest: { ...chatRequest, stream: false } });
    expect(gateway.requests[0]?.headers['x-openrouter-title']).toBe('Lighthouse');
  });

  it('streams', async () => {
    const { gateway, openrouter } = connect({ reply: reply.text('To the left.'), wire: { textSize: 3 } }, { provider: { zdr: true } });
    expect(await streamedText(openrouter)).toBe('To the left.');
    expect(gateway.requests[0]?.body).toMatchObject({ stream: true, provider: { zdr: true } });
  });

  it('raises a refusal as an error of the request, with its message, once', async () => {
    const { gateway, openrouter } = connect({}, { provider: { only: ['azure'] } });
    for (const stream of [false, true] as const) {
      const error = await rejection(openrouter.chat.send({ chatRequest: { ...chatRequest, stream, provider: { only: ['openai'] } } }));
      expect(error.name).toBe('BadRequestResponseError');
      expect(error.message).toContain('provider.only');
    }
    expect(gateway.requests).toEqual([]);
  });

  it('raises an error that HTTP called a success, by its status', async () => {
    const { gateway, openrouter } = connect({ gateway: [respond(200, { error: { code: '429', message: 'Slow down' } })] });
    expect(await rejection(openrouter.chat.send({ chatRequest: { ...chatRequest, stream: false } }))).toMatchObject({ name: 'TooManyRequestsResponseError', message: 'Slow down' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('repeats what may pass', async () => {
    const { gateway, openrouter } = connect({ gateway: [fail(503, { retryAfter: 0.001 }), ok()] });
    const retries = { strategy: 'backoff' as const, backoff: { initialInterval: 1, maxInterval: 1, exponent: 1, maxElapsedTime: 60_000 } };
    await openrouter.chat.send({ chatRequest: { ...chatRequest, stream: false } }, { retries });
    expect(gateway.requests.map(({ status }) => status)).toEqual([503, 200]);
  });
});

it('embeds, and lists models', async () => {
  const { gateway, openrouter } = connect({}, { provider: { data_collection: 'deny' } });
  await openrouter.embeddings.generate({ requestBody: { model: 'dune/vector', input: ['a', 'b'] } });
  expect(gateway.requests[0]?.body).toMatchObject({ provider: { data_collection: 'deny' } });
  const { data } = await openrouter.models.count();
  expect(data.count).toBeGreaterThan(0);
});
