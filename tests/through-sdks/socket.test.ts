import { createGateway, reply } from '@waypost/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connectTo, MESSAGES, rejection } from './connection.js';
import { streamedText } from './said.js';

const gateway = createGateway({ scenario: { reply: reply.text('one two three four five six'), wire: { textSize: 4 } } });
let server: Awaited<ReturnType<typeof gateway.listen>>;
let connection: Connection;

beforeAll(async () => {
  server = await gateway.listen();
  connection = connectTo(gateway, server.url, { provider: { zdr: true } });
});
afterAll(() => server.close());

const ask = { model: 'acme/atlas', messages: MESSAGES };

it('serves openai', async () => {
  gateway.reset();
  const { openai } = connection;
  expect((await openai.chat.completions.create(ask)).choices[0]?.message.content).toBe('one two three four five six');
  let text = '';
  for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toBe('one two three four five six');
  expect((await openai.models.list()).data.length).toBeGreaterThan(2);
  expect(gateway.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(gateway.requests[1]?.body).toMatchObject({ provider: { zdr: true } });
});

it('serves @openrouter/sdk', async () => {
  gateway.reset();
  const { openrouter } = connection;
  expect(await streamedText(openrouter)).toBe('one two three four five six');
  expect(await rejection(openrouter.chat.send({ chatRequest: { ...ask, provider: { only: ['nobody-of-that-name'], ignore: ['nobody-of-that-name'] } } }))).toMatchObject({ statusCode: 400 });
  expect(gateway.requests).toHaveLength(1);
});

it('closes the connection where a stream is left', async () => {
  gateway.setScenario({ reply: reply.text('word '.repeat(50_000)) });
  const { openai } = connection;
  const before = gateway.requests.length;
  for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true })) {
    expect(chunk.choices).toHaveLength(1);
    break;
  }
  await expect.poll(() => gateway.requests[before]?.cancelled).toBe(true);
});
