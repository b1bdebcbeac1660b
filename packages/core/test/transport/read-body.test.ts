import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { TimeoutError } from '../../src/errors/timeout-error.js';
import { requestChat, requestJson } from '../../src/transport/read-body.js';
import type { AttemptOptions } from '../../src/transport/types.js';
import { attemptOptions, countedSignal, fakeBody, fakeClock, KEY, rejection, settle } from './kit.js';

const answer = { id: 'gen-1', model: 'a/b', provider: 'Acme', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Grüße 👋' } }] };

const respond = (body: unknown, init: ResponseInit = {}) => fakeClock(() => Promise.resolve(typeof body === 'string' ? new Response(body, init) : Response.json(body, init)));
const request = (clock: ReturnType<typeof fakeClock>, more: Partial<AttemptOptions> = {}) => requestChat(attemptOptions(clock, more));

function slow(more: Partial<AttemptOptions>) {
  const body = fakeBody({ headers: { 'content-type': 'application/json' } });
  const clock = fakeClock(() => Promise.resolve(body.response));
  const { signal, controller, listeners } = countedSignal();
  return { body, clock, controller, pending: requestChat(attemptOptions(clock, { signal, ...more })), listeners };
}

describe('a good body', () => {
  test('arrives in any packets, after keep-alive whitespace', async () => {
    const { body, pending, clock, listeners } = slow({ limits: { idleTimeout: 1000, deadline: 60_000 } });
    const bytes = new TextEncoder().encode(`\n   \n\n         ${JSON.stringify(answer)}\n`);
    await settle();
    for (const [index] of bytes.entries()) body.pushBytes(bytes.subarray(index, index + 1));
    body.end();
    const { body: got, status, headers } = await pending;
    expect(got).toEqual(answer);
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('is whole after its last brace, though the connection breaks, stays open or is never silent', async () => {
    const broken = slow({});
    await settle();
    broken.body.push(` ${JSON.stringify(answer)}`);
    await settle();
    broken.body.fail(new TypeError('terminated'));
    expect((await broken.pending).body).toEqual(answer);

    const silent = slow({ limits: { idleTimeout: 1000 } });
    await settle();
    silent.body.push(JSON.stringify(answer));
    await silent.clock.advance(1000);
    expect((await silent.pending).body).toEqual(answer);
    expect([silent.clock.timers(), silent.listeners(), silent.body.cancelled()]).toEqual([0, 0, true]);

    const padded = slow({ sizes: { maxBodySize: 1000 } });
    await settle();
    padded.body.push(JSON.stringify(answer), ' '.repeat(1000));
    expect((await padded.pending).body).toEqual(answer);
    expect(padded.body.cancelled()).toBe(true);
  });

  test('is not wanted any more after an abort', async () => {
    const { body, pending, controller } = slow({});
    const error = rejection(pending);
    await settle();
    body.push(JSON.stringify(answer));
    await settle();
    controller.abort(new Error('enough'));
    expect(await error).toMatchObject({ message: 'enough' });
  });

  test('is not one that breaks off after something shorter that is JSON too', async () => {
    const { body, pending } = slow({});
    const error = rejection(pending);
    await settle();
    body.push('12');
    await settle();
    body.fail(new TypeError('terminated'));
    expect(NetworkError.isInstance(await error)).toBe(true);
  });

  test('a fetch that does not stream, or whose body is taken, is told; an error status of it stays one', async () => {
    const taken = new Response('{}');
    const reader = taken.body?.getReader();
    // Only what a runtime without streams has of a Response.
    const bare = (status: number): Response => ({ status, headers: new Headers(), body: undefined, text: () => Promise.resolve('{}') }) as unknown as Response;
    for (const response of [taken, bare(200)]) {
      const clock = fakeClock(() => Promise.resolve(response));
      const error = await rejection(request(clock, { limits: { deadline: 100 } }));
      expect(NetworkError.isInstance(error) && [error.isRetryable, error.message]).toEqual([false, 'This fetch gives no body that can be read as a stream']);
      expect(clock.timers()).toBe(0);
    }
    const limited = await rejection(request(fakeClock(() => Promise.resolve(bare(429)))));
    expect(APIError.isInstance(limited) && limited.reason).toBe('rate-limit');
    reader?.releaseLock();
  });

  test('requestJson takes any JSON', async () => {
    const { body } = await requestJson(attemptOptions(respond({ data: [], error: null })));
    expect(body).toEqual({ data: [], error: null });
  });
});

describe('limits', () => {
  test('whitespace keeps a body alive; silence ends it', async () => {
    const { body, pending, clock, listeners } = slow({ limits: { idleTimeout: 1000 } });
    const error = rejection(pending);
    for (let beat = 0; beat < 5; beat += 1) {
      await clock.advance(900);
      body.push(' ');
    }
    await clock.advance(1000);
    const timeout = await error;
    expect(TimeoutError.isInstance(timeout) && [timeout.kind, timeout.isRetryable]).toEqual(['idle', true]);
    expect(body.cancelled()).toBe(true);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('a body that never ends is ended by the deadline', async () => {
    const { body, pending, clock } = slow({ limits: { deadline: 5000 } });
    const error = rejection(pending);
    for (let beat = 0; beat < 5; beat += 1) {
      body.push(' ');
      await clock.advance(1000);
    }
    const timeout = await error;
    expect(TimeoutError.isInstance(timeout) && timeout.kind).toBe('deadline');
    expect(body.cancelled()).toBe(true);
  });

  test('and by its size', async () => {
    const packet = new Uint8Array(1000).fill(32);
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(packet), cancel: () => void (cancelled = true) });
    const clock = fakeClock(() => Promise.resolve(new Response(endless)));
    const error = await rejection(request(clock, { sizes: { maxBodySize: 10_000 }, limits: { deadline: 100 } }));
    expect(StreamError.isInstance(error) && [error.reason, error.isRetryable]).toEqual(['too-large', false]);
    expect(cancelled).toBe(true);
    expect(clock.timers()).toBe(0);
  });

  test('abort rejects with the reason though the server hangs', async () => {
    const { body, pending, controller, clock, listeners } = slow({ limits: { deadline: 5000 } });
    const error = rejection(pending);
    body.push('{"choices":');
    await settle();
    controller.abort('stop');
    expect(await error).toBe('stop');
    expect(body.cancelled()).toBe(true);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('a connection that breaks is a NetworkError', async () => {
    const { body, pending, clock } = slow({ limits: { deadline: 5000 } });
    const error = rejection(pending);
    await settle();
    body.fail(new TypeError('terminated', { cause: { code: 'UND_ERR_SOCKET' } }));
    const network = await error;
    expect(NetworkError.isInstance(network) && [network.errno, network.isRetryable]).toEqual(['UND_ERR_SOCKET', true]);
    expect(clock.timers()).toBe(0);
  });
});

describe('an error with status 200', () => {
  test('in the body alone', async () => {
    const error = await rejection(request(respond({ error: { code: 502, message: 'ConnectionError', metadata: { provider_name: 'DeepInfra' } } })));
    expect(APIError.isInstance(error) && [error.status, error.httpStatus, error.reason, error.provider, error.isRetryable]).toEqual([502, 200, 'server', 'DeepInfra', true]);
  });

  const generated = { id: 'gen-1', provider: 'Nebius', usage: { total_tokens: 9 } };
  const message = { role: 'assistant', content: 'Once upon' };
  test.each([
    ['in a choice', { ...generated, choices: [{ error: { code: 502, message: 'Error processing stream', metadata: { raw: { retryable: true } } }, finish_reason: null, message }] }],
    ['as a finish reason', { ...generated, choices: [{ finish_reason: 'error', message }] }],
    ['beside choices', { ...generated, error: { code: 502, message: 'failed' }, choices: [{ finish_reason: null, message }] }],
    ['after a refusal alone', { ...generated, choices: [{ finish_reason: 'error', message: { role: 'assistant', content: null, refusal: 'I will not' } }] }],
    ['after sealed thinking alone', { ...generated, choices: [{ finish_reason: 'error', message: { role: 'assistant', content: '', reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] } }] }],
  ])('%s: what was generated is in the error', async (_, body) => {
    const error = await rejection(request(respond(body)));
    if (!StreamError.isInstance(error)) throw error;
    expect([error.reason, error.isRetryable, error.generationId]).toEqual(['provider', true, 'gen-1']);
    expect(error.partial).toEqual(body);
    expect(APIError.isInstance(error.cause) && [error.cause.status, error.cause.provider]).toEqual([502, 'Nebius']);
  });

  test('in a choice with nothing generated, it is an APIError', async () => {
    const error = await rejection(request(respond({ id: 'gen-1', choices: [{ error: { code: 429, message: 'slow' }, finish_reason: 'error', message: { role: 'assistant', content: '' } }] })));
    expect(APIError.isInstance(error) && [error.reason, error.generationId]).toEqual(['rate-limit', 'gen-1']);
  });

  test('requestJson sees it too', async () => {
    const error = await rejection(requestJson(attemptOptions(respond({ error: { code: 404, message: 'Generation gen-1 not found' } }))));
    expect(APIError.isInstance(error) && error.reason).toBe('not-found');
  });
});

describe('a body that is no answer', () => {
  test.each([
    ['an empty body', '', 'an empty body', true],
    ['half of one', `{"choices":[{"message":{"content":"${'x'.repeat(500)}`, '535 characters', true],
    ['a page', '<!doctype html><title>Sign in</title><body>long', '"Sign in"', false],
    ['a title with a key', `<title>token ${KEY}</title>`, '[redacted]', false],
    ['text, which may echo a prompt', 'you asked: xxx', '14 characters of text/html instead of JSON', false],
    ['JSON of another kind', '{"object":"list"}', '17 characters', true],
    ['null', 'null', '4 characters', false],
  ])('%s says what arrived', async (_, body, said, retryable) => {
    const clock = respond(body, { headers: { 'content-type': 'text/html' } });
    const error = await rejection(request(clock, { limits: { deadline: 1000 } }));
    if (!APIError.isInstance(error)) throw error;
    expect(error.message).toContain(said);
    expect(error.message).not.toMatch(/0123456789|xxx|long/);
    expect(error.message.length).toBeLessThan(200);
    expect([error.status, error.isRetryable]).toEqual([200, retryable]);
    expect(clock.timers()).toBe(0);
  });
});
