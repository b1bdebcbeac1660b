import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { APIError } from '@waypost/core';
import { createOpenRouter, type OpenRouter } from '@waypost/fetch';
import { respond, type RespondResult, streamRespond } from '@waypost/fetch/responses';
import { type Exchange, exchangeNames, readExchange } from '@waypost-tests/fixtures';
import { describe, expect, it } from 'vitest';
import { API_KEY } from './adapters/adapter.js';
import { list, type Loose, object, text } from './loose.js';
import { replay, type Split } from './player.js';

/** Real traffic, kept beside the checkout where it is kept at all; it is never copied into the project. */
const folder = fileURLToPath(new URL('../../../shared/cassettes', import.meta.url));
const required = Boolean(process.env['WAYPOST_REQUIRE_CASSETTES']);
const absent = !existsSync(folder);

const SPLITS: readonly Split[] = ['recorded', 1, 2, 3];
const REQUEST = { model: 'acme/atlas', input: 'Hello' };

const client = (fetchOf: typeof fetch): OpenRouter => createOpenRouter({ apiKey: API_KEY, fetch: (url, init) => fetchOf(url, init), retry: false });

/** A page where an answer should be: the route did not exist yet when these were recorded. */
const isPage = ({ response }: Exchange): boolean => typeof response.body === 'string';

function eventsOf({ response }: Exchange): readonly Loose[] {
  const data = text(response.sse).split('\n').filter((line) => line.startsWith('data: {'));
  return data.map((line) => object(JSON.parse(line.slice(6))));
}

const partsOf = (output: unknown, list_: string, type: string): string =>
  list(output).flatMap((item) => list(object(item)[list_])).map((part) => object(part)).filter((part) => part['type'] === type).map((part) => text(part['text'])).join('');

/** What a result must be, read from the wire's own response. */
function expectResult(result: RespondResult, body: Loose): void {
  const { output, usage } = body;
  const told = object(usage);
  const calls = list(output).map((item) => object(item)).filter((item) => item['type'] === 'function_call');
  expect(result.response).toEqual(body);
  expect(result.output).toEqual(output);
  expect(result.text).toBe(partsOf(output, 'content', 'output_text'));
  expect(result.reasoning).toBe(partsOf(output, 'content', 'reasoning_text') || partsOf(output, 'summary', 'summary_text') || undefined);
  expect(result.toolCalls).toEqual(calls.map((call) => ({ id: call['call_id'], name: call['name'], arguments: call['arguments'], input: JSON.parse(text(call['arguments'])) })));
  expect(result.finishReason).toBe(calls.length > 0 ? 'tool_calls' : 'stop');
  expect(result.usage).toMatchObject({
    inputTokens: told['input_tokens'], outputTokens: told['output_tokens'], totalTokens: told['total_tokens'],
    reasoningTokens: object(told['output_tokens_details'])['reasoning_tokens'], cachedInputTokens: object(told['input_tokens_details'])['cached_tokens'],
  });
  expect(result.receipt).toMatchObject({ id: body['id'], served: { model: body['model'] }, cost: { total: told['cost'], ...(told['is_byok'] !== undefined && { isByok: told['is_byok'] }), partial: false } });
}

const answers = exchangeNames(folder, 'responses-json');
const streams = exchangeNames(folder, 'responses-sse');

describe('recordings of responses', () => {
  it.skipIf(absent && !required)('lie beside this checkout (where they do not, nothing of this route is replayed)', () => {
    expect(answers.length).toBeGreaterThan(0);
    expect(streams.length).toBeGreaterThan(0);
  });
});

describe.runIf(answers.length > 0)('recorded: responses-json', () => {
  it.each(answers)('%s', async (name) => {
    const exchange = readExchange(folder, 'responses-json', name);
    for (const split of SPLITS) {
      const asked = [() => respond(client(replay(exchange, split)), REQUEST), () => streamRespond(client(replay(exchange, split)), REQUEST).final()];
      for (const ask of asked) {
        if (isPage(exchange)) await expect(ask()).rejects.toSatisfy((error) => APIError.isInstance(error) && error.message.includes('instead of JSON'));
        else expectResult(await ask(), object(exchange.response.body));
      }
    }
    if (isPage(exchange)) return;
    // A gateway may answer a streaming request with JSON: its text comes in one piece.
    const pieces: string[] = [];
    for await (const piece of streamRespond(client(replay(exchange)), REQUEST).textStream) pieces.push(piece);
    expect(pieces.join('')).toBe(partsOf(object(exchange.response.body)['output'], 'content', 'output_text'));
  });
});

describe.runIf(streams.length > 0)('recorded: responses-sse', () => {
  it.each(streams)('%s', async (name) => {
    const exchange = readExchange(folder, 'responses-sse', name);
    const events = eventsOf(exchange);
    const last = object(events.at(-1)?.['response']);
    for (const split of SPLITS) {
      const seen: unknown[] = [];
      const stream = streamRespond(client(replay(exchange, split)), REQUEST);
      for await (const event of stream) seen.push(event);
      expect(seen).toEqual(events);
      const whole = await stream.final();
      // What only the beginning said stays.
      expect(whole.response).toMatchObject(last);
      expectResult({ ...whole, response: { ...whole.response, ...last, output: whole.response.output } }, last);

      const pieces: string[] = [];
      for await (const piece of streamRespond(client(replay(exchange, split)), REQUEST).textStream) pieces.push(piece);
      expect(pieces.join('')).toBe(whole.text);
    }
  });

  it.each(streams)('%s, put together from its pieces alone', async (name) => {
    const exchange = readExchange(folder, 'responses-sse', name);
    const whole = await streamRespond(client(replay(exchange)), REQUEST).final();
    // The same without what repeats the pieces at their end: parts, items and the response.
    const kept = eventsOf(exchange).filter(({ type }) => !/\.done$|\.completed$/.test(text(type)));
    const sse = [...kept, { type: 'response.completed', response: { status: 'completed', output: [] } }].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const pieces = await streamRespond(client(replay({ ...exchange, response: { ...exchange.response, sse } })), REQUEST).final();
    expect(pieces.text).toBe(whole.text);
    expect(pieces.reasoning).toBe(whole.reasoning);
    expect(pieces.output.map(({ type }) => type).toSorted()).toEqual(whole.output.map(({ type }) => type).toSorted());
    expect(pieces.response.id).toBe(whole.response.id);
  });
});
