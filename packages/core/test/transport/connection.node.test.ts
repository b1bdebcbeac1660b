import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { CHAT_SHAPE } from '../../src/client/chat-shape.js';
import { createEffects } from '../../src/transport/effects.js';
import { openStream } from '../../src/transport/open-stream.js';
import { requestBytes } from '../../src/transport/read-bytes.js';
import { requestJson } from '../../src/transport/read-body.js';
import type { AttemptOptions, FetchFunction } from '../../src/transport/types.js';
import { event, rejection, text } from './kit.js';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

/** What a server sends without end, and whether its client has hung up. */
async function endless(headers: Record<string, string>, first: string, more = first, status = 200): Promise<{ url: string; hungUp: () => boolean }> {
  let hungUp = false;
  const server = createServer((_request, response: ServerResponse) => {
    response.writeHead(status, headers);
    response.write(first);
    const again = setInterval(() => response.write(more), 1);
    response.on('close', () => {
      clearInterval(again);
      hungUp = true;
    });
  });
  await listen(server);
  return { url: urlOf(server), hungUp: () => hungUp };
}

const deaf: FetchFunction = (url, init) => fetch(url, { ...init, signal: null });
const ways: [string, Partial<AttemptOptions>][] = [
  ['no signal and no limits', {}],
  ['a signal', { signal: new AbortController().signal }],
  ['limits', { limits: { idleTimeout: 60_000 } }],
  ['a signal that fetch does not heed', { signal: new AbortController().signal, effects: createEffects({ fetch: deaf }) }],
];
const sse = { 'content-type': 'text/event-stream' };
const json = { 'content-type': 'application/json' };
const sizes = { maxBodySize: 1000, maxEventSize: 1000 };

describe.each(ways)('with %s the connection is closed', (_, more) => {
  const options = (url: string): AttemptOptions & { shape: typeof CHAT_SHAPE } => ({ shape: CHAT_SHAPE, effects: createEffects(), url, headers: {}, body: '{}', ...more });
  const isHungUp = ({ hungUp }: { hungUp: () => boolean }): Promise<boolean> => vi.waitUntil(hungUp, { timeout: 3000, interval: 5 });

  test('when a stream is left', async () => {
    const server = await endless(sse, event(text('a')));
    const stream = await openStream(options(server.url));
    await stream.read();
    await stream.cancel();
    expect(await isHungUp(server)).toBe(true);
  });

  test.each([
    ['an error', event({ error: { code: 502, message: 'gone' } })],
    ['no JSON', 'data: {"id":\n\n'],
    ['an event without end', `data: ${'x'.repeat(100)}`],
  ])('when a stream begins with %s', async (_name, first) => {
    const server = await endless(sse, first, first.trimEnd());
    await rejection(openStream({ ...options(server.url), sizes }));
    expect(await isHungUp(server)).toBe(true);
  });

  test('when a stream breaks later', async () => {
    const server = await endless(sse, event(text('a')), 'data: {"id":\n\n');
    const stream = await openStream(options(server.url));
    await rejection((async () => {
      while ((await stream.read()) !== undefined);
    })());
    expect(await isHungUp(server)).toBe(true);
  });

  test('when what is to be verified is not good enough', async () => {
    const server = await endless(sse, event(text('a')));
    const onServed = (): never => {
      throw new Error('violated');
    };
    await rejection(openStream({ ...options(server.url), onServed }));
    expect(await isHungUp(server)).toBe(true);
  });

  test('when a body is too large', async () => {
    const server = await endless(json, 'x'.repeat(100));
    await rejection(requestJson({ ...options(server.url), sizes }));
    expect(await isHungUp(server)).toBe(true);
    const film = await endless({ 'content-type': 'video/mp4' }, 'x'.repeat(100));
    await rejection(requestBytes({ ...options(film.url), sizes }));
    expect(await isHungUp(film)).toBe(true);
  });

  test('when an error has no end', async () => {
    const server = await endless(json, 'x'.repeat(1024), 'x'.repeat(256 * 1024), 500);
    await rejection(requestJson(options(server.url)));
    expect(await isHungUp(server)).toBe(true);
  });

  test('when the caller has no more use for it after an answer was whole', async () => {
    const server = await endless(sse, `${event(text('a'))}data: [DONE]\n\n`, ': still here\n\n');
    const stream = await openStream(options(server.url));
    while ((await stream.read()) !== undefined);
    expect(await isHungUp(server)).toBe(true);
  });
});

test('a redirect takes neither keys nor prompts to another host', async () => {
  const seen: string[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(String(request.headers['x-provider-api-keys']));
    response.end('{}');
  });
  const server = createServer((_request, response) => {
    response.writeHead(307, { location: urlOf(elsewhere) });
    response.end();
  });
  await Promise.all([listen(elsewhere), listen(server)]);
  const headers = { 'x-provider-api-keys': '{"azure":"private"}' };
  const error = await rejection(requestJson({ effects: createEffects(), url: urlOf(server), headers, body: '{}' }));
  expect(APIError.isInstance(error) && error.status).toBe(307);
  expect(seen).toEqual([]);
});
