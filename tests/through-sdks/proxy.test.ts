import { connect as connectSocket } from 'node:net';
import { serve } from '@hono/node-server';
import type { Receipt } from '@waypost/fetch';
import { fromSSE } from '@waypost/fetch/from-sse';
import { createProxyHandler, type ProxyOptions } from '@waypost/fetch/proxy';
import { createGateway, fail, faults, reply } from '@waypost/testing';
import OpenAI, { BadRequestError, PermissionDeniedError } from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { KEY, MESSAGES, rejection } from './connection.js';

const ask = { model: 'acme/atlas', messages: MESSAGES };
const gateway = createGateway();
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  while (closing.length > 0) await closing.pop()?.();
});

/** A gateway, a proxy before it, and where the proxy listens; both over sockets. */
async function listen(options: ProxyOptions = {}): Promise<string> {
  gateway.reset();
  gateway.setScenario({ reply: reply.text('one two three four five six'), wire: { textSize: 4 } });
  const upstream = await gateway.listen();
  closing.push(() => upstream.close());
  const handler = createProxyHandler({ apiKey: KEY, baseURL: upstream.url, basePath: '/ai', ...options });
  return new Promise((resolve) => {
    const server = serve({ fetch: handler, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}/ai`));
    closing.push(() => new Promise((done) => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close(done);
    }));
  });
}

const post = (url: string, body: unknown = ask, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...init });

describe('over a socket', () => {
  it('gives a page a stream that it reads by itself', async () => {
    const url = await listen({ provider: { zdr: true }, authorize: () => 'u1' });
    const { body, headers, status } = await post(url, { ...ask, stream: true });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    let text = '';
    let rest = '';
    const decoder = new TextDecoder();
    for await (const packet of body ?? []) {
      rest += decoder.decode(packet, { stream: true });
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (\{.*)$/m.exec(event)?.[1];
        if (data !== undefined) text += (JSON.parse(data) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content ?? '';
      }
    }
    expect(text).toBe('one two three four five six');
    expect(gateway.requests[0]?.body).toMatchObject({ user: 'u1', stream: true, provider: { zdr: true } });
  });

  it('closes the connection to the server when the page leaves', async () => {
    const url = await listen();
    gateway.setScenario({ reply: reply.text('word '.repeat(50_000)) });
    const controller = new AbortController();
    const { body } = await post(url, { ...ask, stream: true }, { signal: controller.signal });
    await body?.getReader().read();
    controller.abort();
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });

  it('counts the bytes of a body that does not say how long it is', async () => {
    const url = await listen({ maxBodySize: 10_000 });
    const pieces = Array.from({ length: 100 }, () => new TextEncoder().encode(' '.repeat(1000)));
    const stream = new ReadableStream<Uint8Array>({ pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    } });
    const response = await post(url, undefined, { body: stream, ...({ duplex: 'half' } as object) });
    expect(response.status).toBe(413);
    expect(gateway.requests).toEqual([]);
  });

  it.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 50\r\n'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'],
    ['a header that goes on in the next line', 'X-A: b\r\n Authorization: Bearer evil\r\nContent-Length: 5\r\n'],
  ])('hears nothing of a request with %s', async (_, headers) => {
    const url = new URL(await listen());
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connectSocket(Number(url.port), url.hostname, () => socket.write(`POST /ai/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n{"a":1}`));
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
      socket.setTimeout(2000, () => socket.end());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(gateway.requests).toEqual([]);
  });
});

describe('with fromSSE in the page', () => {
  const streamed = (url: string, body: object = ask): Promise<Response> => post(url, { ...body, stream: true });

  it('gives the text, the usage and who served; the receipt is the server\'s', async () => {
    const receipts: Receipt[] = [];
    const answer = fromSSE(await streamed(await listen({ onReceipt: (receipt) => receipts.push(receipt) })));
    let text = '';
    for await (const piece of answer.textStream) text += piece;
    const { finishReason, usage, response, receipt } = await answer.final();
    expect([text, finishReason, response.model, response.provider]).toEqual(['one two three four five six', 'stop', 'acme/atlas', expect.any(String)]);
    expect(usage?.outputTokens).toBeGreaterThan(0);
    expect(receipt).toBeUndefined();
    expect(receipts).toMatchObject([{ requested: ['acme/atlas'], served: { model: 'acme/atlas' } }]);
  });

  it('raises what is refused, before and after OpenRouter was asked', async () => {
    const url = await listen({ allowedModels: ['acme/*'] });
    const refused = await rejection(fromSSE(await streamed(url, { ...ask, model: 'borealis/aurora' })));
    expect(refused).toMatchObject({ name: 'APIError', status: 400, isRetryable: false, errorType: 'policy_conflict' });
    gateway.setScenario({ gateway: fail(429, { retryAfter: 7 }) });
    expect(await rejection(fromSSE(await streamed(url)))).toMatchObject({ name: 'APIError', status: 429, reason: 'rate-limit', retryAfterMs: 7000 });
    gateway.setScenario({ gateway: faults.noCredits() });
    expect(await rejection(fromSSE(await streamed(url)))).toMatchObject({ name: 'APIError', status: 502, message: 'The model service refused the server' });
  });

  it('keeps what had arrived of a stream that breaks', async () => {
    const url = await listen();
    gateway.setScenario({ reply: reply.text('one two three four five six'), wire: { textSize: 4, cut: 3 } });
    const error = await rejection(fromSSE(await streamed(url)).final());
    expect(error).toMatchObject({ name: 'StreamError', reason: 'truncated', partial: { choices: [{ message: { content: 'one two thre' } }] } });
  });

  it('closes both connections when the loop is left', async () => {
    const url = await listen();
    gateway.setScenario({ reply: reply.text('word '.repeat(50_000)) });
    for await (const piece of fromSSE(await streamed(url)).textStream) {
      expect(piece).not.toBe('');
      break;
    }
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });
});

describe('with openai in the page', () => {
  const openaiAt = (baseURL: string): OpenAI => new OpenAI({ baseURL, apiKey: 'none', dangerouslyAllowBrowser: true, maxRetries: 0 });

  it('answers, streams, and raises what is refused', async () => {
    const openai = openaiAt(await listen({ allowedModels: ['acme/*'], paths: ['/chat/completions', '/embeddings'] }));
    expect((await openai.chat.completions.create(ask)).choices[0]?.message.content).toBe('one two three four five six');
    let text = '';
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('one two three four five six');
    const refused = await rejection(openai.chat.completions.create({ ...ask, model: 'borealis/aurora' }));
    expect(refused).toBeInstanceOf(BadRequestError);
    expect(refused.message).toContain('borealis/aurora');
    expect(await rejection(openai.responses.create({ model: 'acme/atlas', input: 'hi' }))).toMatchObject({ status: 404 });
    expect(gateway.requests).toHaveLength(2);
  });

  it('raises what authorize says', async () => {
    const openai = openaiAt(await listen({ authorize: () => Response.json({ error: { code: 403, message: 'Your trial is over' } }, { status: 403 }) }));
    const error = await rejection(openai.chat.completions.create(ask));
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error.message).toContain('Your trial is over');
  });
});
