import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { TimeoutError } from '../../src/errors/timeout-error.js';
import { requestBytes } from '../../src/transport/read-bytes.js';
import { attemptOptions, countedSignal, fakeBody, fakeClock, rejection, settle } from './kit.js';

const answer = (body: ConstructorParameters<typeof Response>[0], init: ResponseInit = {}) => fakeClock(() => Promise.resolve(new Response(body, init)));
const sound = { headers: { 'content-type': 'audio/mpeg' } };

describe('an answer of bytes', () => {
  test('arrives whole, whatever its packets', async () => {
    const body = fakeBody(sound);
    const clock = fakeClock(() => Promise.resolve(body.response));
    const { signal, listeners } = countedSignal();
    const pending = requestBytes(attemptOptions(clock, { signal, limits: { idleTimeout: 1000, deadline: 60_000 } }));
    await settle();
    for (const packet of [[1, 2], [], [255], [0, 9, 8]]) body.pushBytes(Uint8Array.from(packet));
    body.end();
    const { body: got, status, headers } = await pending;
    expect([...got]).toEqual([1, 2, 255, 0, 9, 8]);
    expect([status, headers['content-type']]).toEqual([200, 'audio/mpeg']);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('may be empty', async () => {
    expect((await requestBytes(attemptOptions(answer(null, sound)))).body).toHaveLength(0);
  });

  test.each([
    ['an error with status 200', JSON.stringify({ error: { code: 502, message: 'gone' } }), 'application/json', 502],
    ['JSON without an error', '{"text":"not bytes"}', 'application/json; charset=utf-8', 200],
  ])('%s is an error', async (_, body, type, status) => {
    const error = await rejection(requestBytes(attemptOptions(answer(body, { headers: { 'content-type': type } }))));
    expect(APIError.isInstance(error) && error.status).toBe(status);
  });

  test('a page is an error', async () => {
    const error = await rejection(requestBytes(attemptOptions(answer('<html>', { headers: { 'content-type': 'text/html' } }))));
    expect(APIError.isInstance(error)).toBe(true);
  });

  test('is bounded', async () => {
    const clock = answer(new Uint8Array(64), sound);
    const error = await rejection(requestBytes(attemptOptions(clock, { sizes: { maxBodySize: 63 } })));
    expect(StreamError.isInstance(error) && error.reason).toBe('too-large');
    expect(clock.timers()).toBe(0);
  });

  test.each(['audio/mpeg', 'application/json'])('that is no bytes, as %s, is an error, and its connection is closed', async (type) => {
    let cancelled = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue('text, which no platform gives'),
      cancel: () => {
        cancelled = true;
      },
    });
    const response = Object.defineProperty(new Response(null, { headers: { 'content-type': type } }), 'body', { value: body });
    const error = await rejection(requestBytes(attemptOptions(fakeClock(() => Promise.resolve(response)))));
    expect([StreamError.isInstance(error), cancelled]).toEqual([true, true]);
  });

  test('that breaks, stops coming, or is no longer wanted ends at once', async () => {
    for (const [end, matches] of [
      [(body: ReturnType<typeof fakeBody>) => body.fail(new TypeError('reset')), (error: unknown) => NetworkError.isInstance(error)],
      [(_: unknown, clock: ReturnType<typeof fakeClock>) => clock.advance(1001), (error: unknown) => TimeoutError.isInstance(error)],
      [(_: unknown, __: unknown, controller: AbortController) => controller.abort('enough'), (error: unknown) => error === 'enough'],
    ] as const) {
      const body = fakeBody(sound);
      const clock = fakeClock(() => Promise.resolve(body.response));
      const { signal, controller, listeners } = countedSignal();
      const pending = rejection(requestBytes(attemptOptions(clock, { signal, limits: { idleTimeout: 1000 } })));
      await settle();
      body.pushBytes(Uint8Array.from([1]));
      await settle();
      await end(body, clock, controller);
      expect(matches(await pending)).toBe(true);
      expect([clock.timers(), listeners()]).toEqual([0, 0]);
    }
  });
});
