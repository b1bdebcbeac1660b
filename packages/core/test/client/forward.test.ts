import { describe, expect, it } from 'vitest';
import { forwardCall } from '../../src/client/forward.js';
import type { Hooks } from '../../src/client/hooks.js';
import type { CallOptions, ClientOptions } from '../../src/client/options.js';
import type { Receipt } from '../../src/receipt/receipt.js';
import { countedSignal, DONE, event, type FakeBody, fakeBody, finish, rejection, settle, text } from '../transport/kit.js';
import { answer, body, type FakeServer, failure, serve } from './kit.js';

const CHAT = { path: '/chat/completions', route: 'chat', stream: false } as const;
const STREAM = { ...CHAT, stream: true };

const forward = (server: FakeServer, route: { path: string; route: 'chat' | 'speech' | 'videos'; stream: boolean } = CHAT, options: CallOptions = {}): Promise<Response> =>
  forwardCall(server.config, { body, options }, route);

/** A stream whose first event is there, and its reader. */
async function opened(options: ClientOptions, call: CallOptions = {}): Promise<{ source: FakeBody; server: FakeServer; reader: ReadableStreamDefaultReader<Uint8Array> }> {
  const source = fakeBody();
  const server = serve(() => source.response, options);
  source.push(event(text('a')));
  const response = await forward(server, STREAM, call);
  const reader = response.body?.getReader();
  if (!reader) throw new Error('there is no body');
  await reader.read();
  return { source, server, reader };
}

describe('a whole answer', () => {
  it('comes as it is, with its headers, and its receipt is told once', async () => {
    const receipts: Receipt[] = [];
    const server = serve(() => answer(), { hooks: { onReceipt: (receipt) => receipts.push(receipt) } });
    const response = await forward(server);
    expect(await response.json()).toEqual(await answer().json());
    expect(receipts).toMatchObject([{ id: 'gen-1', cost: { total: 0.002 }, finishReason: 'stop', attempts: [{ outcome: 'ok', status: 200, provider: 'Azure' }] }]);
    expect(server.clock.timers()).toBe(0);
  });

  it('loses the headers that are about the bytes of the wire', async () => {
    const server = serve(() => new Response('{"choices":[]}', { headers: { 'content-type': 'application/json', 'content-length': '999', 'content-encoding': 'br', 'x-generation-id': 'gen-2' } }));
    expect(Object.fromEntries((await forward(server)).headers)).toEqual({ 'content-type': 'application/json', 'x-generation-id': 'gen-2' });
  });

  it('that is larger than it may be is an error', async () => {
    const server = serve(() => answer(), { sizes: { maxBodySize: 20 } });
    expect(await rejection(forward(server))).toMatchObject({ code: 'stream_error', reason: 'too-large' });
  });

  it('that is a number, or nothing, is an error', async () => {
    for (const raw of ['7', '', '{"choices":']) {
      const server = serve(() => new Response(raw, { headers: { 'content-type': 'application/json' } }), {}, { resilience: undefined });
      expect(await rejection(forward(server))).toMatchObject({ code: 'api_error' });
    }
  });

  it('that says a job was made is not an error, whatever it says of the job', async () => {
    const server = serve(() => Response.json({ id: 'gen-vid-1', polling_url: 'https://x.example', status: 'failed', error: 'no' }, { status: 202 }));
    expect((await forward(server, { path: '/videos', route: 'videos', stream: false })).status).toBe(202);
  });

  it('of no content is a response without a body', async () => {
    const response = await forward(serve(() => new Response(null, { status: 204 })));
    expect([response.status, response.body]).toEqual([204, null]);
  });
});

it('is tried once, and its failure has a receipt', async () => {
  const receipts: Receipt[] = [];
  const server = serve(() => failure(503), { hooks: { onReceipt: (receipt) => receipts.push(receipt) } }, { resilience: undefined });
  expect(await rejection(forward(server))).toMatchObject({ status: 503, receipt: { requested: ['openai/gpt-5.1'] } });
  expect([server.sent.length, receipts.length, server.clock.timers()]).toEqual([1, 1, 0]);
});

describe('a stream', () => {
  it('leaves no timer and no listener behind', async () => {
    const { signal, listeners } = countedSignal();
    const { source, server, reader } = await opened({ idleTimeout: 50, deadline: 1000 }, { signal });
    expect([server.clock.timers(), listeners()]).toEqual([1, 1]);
    source.push(event(finish()) + DONE);
    source.end();
    await reader.read();
    expect((await reader.read()).done).toBe(true);
    expect([server.clock.timers(), listeners()]).toEqual([0, 0]);
  });

  it('that is left closes the connection, and holds nobody up', async () => {
    const { signal, listeners } = countedSignal();
    const { source, server, reader } = await opened({ deadline: 1000 }, { signal });
    await reader.cancel();
    expect([source.cancelled(), server.clock.timers(), listeners()]).toEqual([true, 0, 0]);
  });

  it('breaks when nothing comes for too long, counted only while the reader waits', async () => {
    const { source, server, reader } = await opened({ idleTimeout: 50 });
    await server.clock.advance(500);
    const next = rejection(reader.read());
    await server.clock.advance(51);
    expect(await next).toMatchObject({ code: 'timeout', kind: 'idle' });
    expect(source.cancelled()).toBe(true);
  });

  it('breaks at the deadline', async () => {
    const { source, server, reader } = await opened({ deadline: 50 });
    const next = rejection(reader.read());
    await server.clock.advance(51);
    expect(await next).toMatchObject({ code: 'timeout', kind: 'deadline' });
    expect(source.cancelled()).toBe(true);
  });

  it('is waited for no longer than firstTokenTimeout says', async () => {
    const source = fakeBody();
    const server = serve(() => source.response, { firstTokenTimeout: 50 }, { resilience: undefined });
    const pending = rejection(forward(server, STREAM));
    await server.clock.advance(51);
    expect(await pending).toMatchObject({ code: 'timeout', kind: 'first-token' });
    expect([source.cancelled(), server.clock.timers()]).toEqual([true, 0]);
  });

  it('that breaks before its first event is a failure of the network', async () => {
    const source = fakeBody();
    const server = serve(() => source.response, {}, { resilience: undefined });
    const pending = rejection(forward(server, STREAM));
    await settle();
    source.fail(new TypeError('terminated'));
    expect(await pending).toMatchObject({ code: 'network_error', isRetryable: true });
  });

  it('whose first event has no end is too large', async () => {
    const source = fakeBody();
    const server = serve(() => source.response, { sizes: { maxEventSize: 100 } }, { resilience: undefined });
    const pending = rejection(forward(server, STREAM));
    source.push(`data: ${'x'.repeat(200)}`);
    expect(await pending).toMatchObject({ code: 'stream_error', reason: 'too-large' });
    expect([source.cancelled(), server.clock.timers()]).toEqual([true, 0]);
  });

  it('of nothing but comments is handed on after so many of them', async () => {
    const source = fakeBody();
    const server = serve(() => source.response);
    for (let i = 0; i < 10; i += 1) source.push(`:${' '.repeat(8000)}\n\n`);
    const response = await forward(server, STREAM);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBe(8003);
    await reader?.cancel();
    expect(server.clock.timers()).toBe(0);
  });

  it('that was broken into while it waited is told to whoever reads it, and to nobody before', async () => {
    const source = fakeBody();
    const server = serve(() => source.response);
    source.push(': wait\n\n');
    const pending = forward(server, STREAM);
    await server.clock.advance(10_001);
    const reader = (await pending).body?.getReader();
    source.fail(new TypeError('terminated'));
    await settle();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(': wait\n\n');
    expect(await rejection(reader?.read() ?? Promise.resolve())).toMatchObject({ message: 'terminated' });
  });
});

describe('the hooks', () => {
  const heard = (): { said: string[]; receipts: Receipt[]; hooks: Hooks } => {
    const said: string[] = [];
    const receipts: Receipt[] = [];
    const note = (name: string) => (): void => void said.push(name);
    return { said, receipts, hooks: { onStart: note('start'), onFinish: note('finish'), onError: note('error'), onReceipt: (receipt) => receipts.push(receipt) } };
  };

  it('are told once that a stream ended, and who served it', async () => {
    const { said, receipts, hooks } = heard();
    const { source, reader } = await opened({ hooks });
    expect(said).toEqual(['start']);
    source.push(event(finish()) + DONE);
    source.end();
    while (!(await reader.read()).done);
    await reader.cancel();
    expect(said).toEqual(['start', 'finish']);
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ served: { model: 'a/b' }, cost: { partial: true } });
  });

  it('are told that its reader left', async () => {
    const { said, hooks } = heard();
    const { reader } = await opened({ hooks });
    await reader.cancel();
    expect(said).toEqual(['start', 'finish']);
  });

  it('are told that it broke', async () => {
    const { said, receipts, hooks } = heard();
    const { source, reader } = await opened({ hooks });
    const next = rejection(reader.read());
    source.fail(new TypeError('terminated'));
    await next;
    expect(said).toEqual(['start', 'error']);
    expect(receipts).toHaveLength(1);
  });

  it('are told of a refused stream once', async () => {
    const { said, hooks } = heard();
    const source = fakeBody();
    const server = serve(() => source.response, { hooks, verify: 'throw', provider: { only: ['azure'] } });
    const pending = rejection(forward(server, STREAM));
    await settle();
    source.push(event({ ...text('x'), provider: 'OpenAI' }));
    expect(await pending).toMatchObject({ code: 'policy_violation' });
    await settle();
    expect([said, source.cancelled()]).toEqual([['start', 'error'], true]);
  });
});
