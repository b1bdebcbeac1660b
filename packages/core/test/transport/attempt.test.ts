import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { TimeoutError } from '../../src/errors/timeout-error.js';
import { attempt } from '../../src/transport/attempt.js';
import type { AttemptOptions, FetchFunction } from '../../src/transport/types.js';
import { attemptOptions, countedSignal, fakeBody, fakeClock, KEY, rejection, settle } from './kit.js';

const never: FetchFunction = () => new Promise(() => {});
const limits = { timeout: 1000, deadline: 5000 };

describe('attempt', () => {
  test('sends what it was given, and gives headers by lower-case name without cookies', async () => {
    let sent: [string, RequestInit] | undefined;
    const clock = fakeClock((url, init) => {
      sent = [url, init];
      return Promise.resolve(new Response('{}', { headers: { 'X-Generation-Id': 'gen-1', 'set-cookie': 'a=b' } }));
    });
    const options = attemptOptions(clock);
    const open = await attempt(options);
    expect(sent?.[0]).toBe(options.url);
    expect(sent?.[1]).toMatchObject({ method: 'POST', body: options.body, headers: options.headers });
    expect(open.headers['x-generation-id']).toBe('gen-1');
    expect(open.headers).not.toHaveProperty('set-cookie');
    open.guard.dispose();
  });

  test('is a GET without a body', async () => {
    let method: string | undefined;
    const clock = fakeClock((_, init) => {
      method = init.method;
      return Promise.resolve(new Response('{}'));
    });
    const { body: _, ...options } = attemptOptions(clock);
    (await attempt(options)).guard.dispose();
    expect(method).toBe('GET');
  });

  test.each<[string, Partial<AttemptOptions>, boolean]>([
    ['nothing may end it early', {}, false],
    ['limits are infinite', { limits: { timeout: Infinity } }, false],
    ['the caller has a signal', { signal: new AbortController().signal }, true],
    ['there is a limit', { limits: { idleTimeout: 5 } }, true],
  ])('fetch gets a signal only where it may abort: %s', async (_, more, expected) => {
    let signal: unknown;
    const clock = fakeClock((_url, init) => {
      ({ signal } = init);
      return Promise.resolve(new Response('{}'));
    });
    (await attempt(attemptOptions(clock, more))).guard.dispose();
    expect(signal instanceof AbortSignal).toBe(expected);
  });

  test('an aborted signal sends nothing', async () => {
    let calls = 0;
    const clock = fakeClock(() => {
      calls += 1;
      return never('', {});
    });
    const { signal, controller, listeners } = countedSignal();
    controller.abort('no');
    expect(await rejection(attempt(attemptOptions(clock, { signal, limits })))).toBe('no');
    expect([calls, clock.timers(), listeners()]).toEqual([0, 0, 0]);
  });

  test('a deadline that has passed sends nothing', async () => {
    let calls = 0;
    const clock = fakeClock(() => {
      calls += 1;
      return never('', {});
    });
    const error = await rejection(attempt(attemptOptions(clock, { limits: { deadline: 100 }, startedAt: clock.now() - 100 })));
    expect(TimeoutError.isInstance(error) && [error.kind, error.limitMs, error.isRetryable]).toEqual(['deadline', 100, false]);
    expect(calls).toBe(0);
  });

  test.each([
    ['response', { timeout: 1000, deadline: 5000 }, 1000, true],
    ['first-token', { firstTokenTimeout: 700 }, 700, true],
    ['deadline', { timeout: 1000, deadline: 500 }, 500, false],
  ] as const)('%s runs out, though fetch heeds no signal', async (kind, given, after, retryable) => {
    let aborted: AbortSignal | null | undefined;
    const clock = fakeClock((_, init) => {
      aborted = init.signal;
      return never('', {});
    });
    const { signal, listeners } = countedSignal();
    const pending = rejection(attempt(attemptOptions(clock, { signal, limits: given })));
    await clock.advance(after - 1);
    expect(aborted?.aborted).toBe(false);
    await clock.advance(1);
    const error = await pending;
    expect(TimeoutError.isInstance(error) && [error.kind, error.limitMs, error.isRetryable]).toEqual([kind, after, retryable]);
    expect(aborted?.aborted).toBe(true);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('abort while waiting for headers rejects with the reason, and a late answer is thrown away', async () => {
    const late = fakeBody();
    let answer: ((response: Response) => void) | undefined;
    const clock = fakeClock(() => new Promise((resolve) => (answer = resolve)));
    const { signal, controller, listeners } = countedSignal();
    const pending = rejection(attempt(attemptOptions(clock, { signal, limits })));
    await settle();
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await pending).toBe(reason);
    answer?.(late.response);
    await settle();
    expect(late.cancelled()).toBe(true);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('a fetch that throws, at once or later, is a NetworkError without the key', async () => {
    const fetches: FetchFunction[] = [
      () => {
        throw new TypeError(`Headers.append: "Bearer ${KEY}" is an invalid header value.`);
      },
      () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(`connect to https://u:p@host ${KEY}`), { code: 'ECONNREFUSED' }) })),
    ];
    for (const fetch of fetches) {
      const clock = fakeClock(fetch);
      const error = await rejection(attempt(attemptOptions(clock, { limits })));
      if (!NetworkError.isInstance(error)) throw error;
      expect(error.url).toBe('https://gateway.test/api/v1/chat/completions');
      for (let at: unknown = error; at instanceof Error; at = at.cause) {
        expect(`${at.message} ${at.stack} ${JSON.stringify(at)}`).not.toMatch(/0123456789|u:p@|user:pass/);
      }
      expect(clock.timers()).toBe(0);
    }
  });

  test.each([[undefined], [{}], ['text'], [{ status: 200 }]])('a fetch that gives %j is told', async (odd) => {
    const clock = fakeClock(() => Promise.resolve(odd as Response));
    const error = await rejection(attempt(attemptOptions(clock, { limits })));
    expect(NetworkError.isInstance(error) && error.isRetryable).toBe(false);
    expect(clock.timers()).toBe(0);
  });
});

describe('a redirect', () => {
  test.each([
    [307, 'https://elsewhere.test/api?sig=secret', 'https://elsewhere.test'],
    [308, '/v2', 'https://gateway.test'],
    [302, 'https://[', 'another address'],
    [301, undefined, 'another address'],
  ])('with status %d is not followed, and told', async (status, location, to) => {
    const sent: [string, RequestInit][] = [];
    const clock = fakeClock((url, init) => {
      sent.push([url, init]);
      return Promise.resolve(new Response('moved', { status, ...(location && { headers: { location } }) }));
    });
    const error = await rejection(attempt(attemptOptions(clock)));
    expect(sent.map(([, { redirect }]) => redirect)).toEqual(['manual']);
    if (!APIError.isInstance(error)) throw error;
    expect([error.status, error.isRetryable]).toEqual([status, false]);
    expect(error.message).toContain(`redirects to ${to}, `);
    expect(error.message).not.toContain('secret');
  });

  test('is told where a browser hides what it is', async () => {
    const opaque = Object.defineProperty(new Response(null), 'status', { value: 0 });
    const error = await rejection(attempt(attemptOptions(fakeClock(() => Promise.resolve(opaque)))));
    expect(APIError.isInstance(error) && error.message).toContain('redirects');
  });
});

describe('the body of an error status', () => {
  test('an error body that never ends counts as far as it came', async () => {
    const body = fakeBody({ status: 503, headers: { 'content-type': 'text/plain', 'retry-after': '3' } });
    const clock = fakeClock(() => Promise.resolve(body.response));
    const { signal, listeners } = countedSignal();
    const pending = rejection(attempt(attemptOptions(clock, { signal })));
    body.push('overload');
    await clock.advance(10_000);
    const error = await pending;
    expect(APIError.isInstance(error) && [error.status, error.reason, error.retryAfterMs, error.isRetryable]).toEqual([503, 'overloaded', 3000, true]);
    expect(APIError.isInstance(error) && error.message).toContain('overload');
    expect(body.cancelled()).toBe(true);
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('so does one that breaks, and one without end', async () => {
    const broken = fakeBody({ status: 502 });
    const clock = fakeClock(() => Promise.resolve(broken.response));
    const pending = rejection(attempt(attemptOptions(clock)));
    await settle();
    broken.fail(new TypeError('terminated'));
    expect(APIError.isInstance(await pending)).toBe(true);

    const packet = new Uint8Array(64 * 1024).fill(97);
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(packet) });
    const error = await rejection(attempt(attemptOptions(fakeClock(() => Promise.resolve(new Response(endless, { status: 500 }))))));
    expect(APIError.isInstance(error) && error.status).toBe(500);
  });

  test('abort while it is read rejects with the reason', async () => {
    const body = fakeBody({ status: 500 });
    const clock = fakeClock(() => Promise.resolve(body.response));
    const { signal, controller, listeners } = countedSignal();
    const pending = rejection(attempt(attemptOptions(clock, { signal })));
    await settle();
    controller.abort('stop');
    expect(await pending).toBe('stop');
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });
});
