import { describe, expect, test } from 'vitest';
import { createConfig, extendConfig } from '../../src/client/config.js';
import { openChat } from '../../src/client/open-chat.js';
import { createResilience } from '../../src/client/resilience.js';
import { sendChat } from '../../src/client/send-chat.js';
import { sendJson } from '../../src/client/send-json.js';
import { sendImages } from '../../src/client/send-images.js';
import { APIError } from '../../src/errors/api-error.js';
import { event, fakeBody, finish, KEY, rejection, settle, text } from '../transport/kit.js';
import { answer, body, failure, messages, PROMPT, serve } from './kit.js';

/** A server whose answers come when the test says so, in the order of the requests. */
function slow(options: Parameters<typeof serve>[1] = {}) {
  const pending: ((response: Response) => void)[] = [];
  const server = serve(() => new Promise<Response>((resolve) => pending.push(resolve)), options);
  return { ...server, reply: async (response = answer()) => (pending.shift()?.(response), settle()) };
}
const limited = (seconds: number): Response => failure(429, PROMPT, {}, { 'retry-after': String(seconds) });

describe('maxConcurrent', () => {
  test('holds for the client and for what with() makes of it', async () => {
    const { config, sent, reply } = slow({ maxConcurrent: 2 });
    const inner = extendConfig(config, 'with', { timeout: 5000 });
    const calls = [config, inner, config, inner].map((one) => sendChat(one, { body }));
    await settle();
    expect(sent).toHaveLength(2);
    await reply();
    expect(sent).toHaveLength(3);
    for (let n = 0; n < 3; n += 1) await reply();
    await Promise.all(calls);
  });

  test('a call that waits for a retry leaves its place to others', async () => {
    const { config, sent, reply, clock } = slow({ maxConcurrent: 1, retry: { coolDown: false } });
    const first = sendChat(config, { body });
    const second = sendChat(config, { body });
    await settle();
    await reply(limited(5));
    expect(sent).toHaveLength(2);
    await reply();
    await second;
    await clock.advance(5000);
    await reply();
    await first;
  });

  test('abort and deadline end the wait in line, and nothing is sent then', async () => {
    const { config, sent, reply, clock } = slow({ maxConcurrent: 1 });
    const first = sendChat(config, { body });
    const controller = new AbortController();
    const aborted = rejection(sendChat(config, { body, options: { signal: controller.signal } }));
    const late = rejection(sendChat(config, { body, options: { deadline: 100 } }));
    await settle();
    controller.abort('enough');
    await clock.advance(100);
    expect(await aborted).toBe('enough');
    expect(await late).toMatchObject({ name: 'TimeoutError', kind: 'deadline', limitMs: 100 });
    await reply();
    await first;
    expect([sent.length, clock.timers()]).toEqual([1, 0]);
  });

  test('abort and deadline end the wait for a key too, and no place is lost', async () => {
    const keys: ((key: string) => void)[] = [];
    const { config, sent, clock } = serve(() => answer(), { maxConcurrent: 1, apiKey: () => new Promise<string>((resolve) => keys.push(resolve)) });
    const controller = new AbortController();
    const aborted = rejection(sendChat(config, { body, options: { signal: controller.signal } }));
    await settle();
    controller.abort('enough');
    expect(await aborted).toBe('enough');
    const late = rejection(sendChat(config, { body, options: { deadline: 100, retry: false } }));
    await settle();
    await clock.advance(100);
    expect(await late).toMatchObject({ name: 'TimeoutError', kind: 'deadline', limitMs: 100 });
    const looked = rejection(sendJson(config, { path: '/key', options: { deadline: 100, retry: false } }));
    await settle();
    await clock.advance(100);
    expect(await looked).toMatchObject({ kind: 'deadline' });
    const last = sendChat(config, { body });
    await settle();
    keys.forEach((give) => give(KEY));
    await last;
    expect([sent.length, clock.timers(), keys.length]).toEqual([1, 0, 4]);
  });

  describe('a stream holds its place', () => {
    const stream = async (options: Parameters<typeof serve>[1] = {}, signal?: AbortSignal) => {
      const feed = fakeBody();
      const server = serve((call) => (call === 0 ? feed.response : answer()), { maxConcurrent: 1, retry: false, ...options });
      const opening = openChat(server.config, { body, options: { signal } });
      feed.push(event(text('a')));
      const open = await opening;
      await open.read();
      const next = sendChat(server.config, { body });
      await settle();
      expect(server.sent).toHaveLength(1);
      return { ...server, feed, open, next };
    };

    test('until it ends', async () => {
      const { feed, open, next } = await stream();
      feed.push(event(finish()), 'data: [DONE]\n\n');
      while ((await open.read()) !== undefined);
      expect(await next).toMatchObject({ status: 200 });
    });

    test('until it breaks', async () => {
      const { feed, open, next } = await stream();
      feed.fail(new Error('reset'));
      await rejection(open.read());
      expect(await next).toMatchObject({ status: 200 });
    });

    test('until it is left', async () => {
      const { open, next } = await stream();
      await open.cancel();
      expect(await next).toMatchObject({ status: 200 });
    });

    test('until the signal aborts or the deadline passes, also when nobody reads any more', async () => {
      const controller = new AbortController();
      const { next } = await stream({}, controller.signal);
      controller.abort();
      await next;
      const late = await stream({ deadline: 1000 });
      const failed = rejection(late.next);
      await late.clock.advance(999);
      expect(late.sent).toHaveLength(1);
      await late.clock.advance(1);
      expect(await failed).toMatchObject({ kind: 'deadline' });
      await sendChat(late.config, { body });
    });

    test('not once all of it has arrived, though nobody has read it', async () => {
      const { config } = serve((call) => {
        const feed = fakeBody();
        if (call === 1) feed.push(event(text('a')));
        feed.push(`${event(text('b'))}${event(finish())}data: [DONE]\n\n`);
        return call < 2 ? feed.response : answer();
      }, { maxConcurrent: 1 });
      const whole = await openChat(config, { body });
      const second = await openChat(config, { body });
      await second.read();
      await second.read();
      await sendChat(config, { body });
      while ((await whole.read()) !== undefined);
      expect(whole.receipt()).toMatchObject({ attempts: [{ outcome: 'ok' }] });
    });

    test('not where the whole answer came as JSON', async () => {
      const { config } = serve(() => answer(), { maxConcurrent: 1 });
      await openChat(config, { body });
      expect(await sendChat(config, { body })).toMatchObject({ status: 200 });
    });
  });

  test.each(['onStart', 'onRequest', 'onResponse', 'onAttempt', 'onFirstToken', 'onFinish', 'onReceipt'] as const)('no place is lost, and nothing stays open, where %s throws', async (name) => {
    const feed = fakeBody();
    const { config } = serve((_, sent) => (sent.body['stream'] ? feed.response : answer()), { maxConcurrent: 1, retry: false });
    const oops = new Error('hook');
    const options = { hooks: { [name]: () => { throw oops; } } };
    const opening = openChat(config, { body, options });
    feed.push(event(text('a')));
    const failed = await rejection(opening.then((open) => open.cancel()));
    expect(failed).toBe(oops);
    if (!['onStart', 'onRequest'].includes(name)) expect(feed.cancelled()).toBe(true);
    expect(await rejection(sendChat(config, { body, options: name === 'onFirstToken' ? { hooks: { onReceipt: options.hooks[name] } } : options }))).toBe(oops);
    await sendChat(config, { body });
  });
});

test('a hook that throws what may be repeated leaves neither a stream nor a place behind', async () => {
  const feeds = [fakeBody(), fakeBody()];
  const { config } = serve((call) => feeds[call]?.response ?? answer(), { maxConcurrent: 1, effects: { sleep: () => Promise.resolve() } });
  feeds.forEach((feed) => feed.push(event(text('a'))));
  let told = 0;
  const onAttempt = (): void => {
    if ((told += 1) === 1) throw new APIError({ message: 'again', status: 503, reason: 'server', isRetryable: true });
  };
  const stream = await openChat(config, { body, options: { hooks: { onAttempt } } });
  expect(feeds.map((feed) => feed.cancelled())).toEqual([true, false]);
  await stream.cancel();
  expect(await sendChat(config, { body })).toMatchObject({ status: 200 });
});

describe('after a 429', () => {
  test('other calls to the model wait as long as the server said, and then go out', async () => {
    const { config, sent, clock } = serve((call) => (call === 0 ? limited(3) : answer()), { retry: 0 });
    const patient = { retry: {} };
    await rejection(sendChat(config, { body }));
    const second = sendChat(config, { body, options: patient });
    const other = sendChat(config, { body: { ...body, model: 'a/b' }, options: patient });
    await other;
    await clock.advance(2999);
    expect(sent).toHaveLength(2);
    await clock.advance(1);
    await second;
    expect(sent).toHaveLength(3);
  });

  test('a call that has no time to wait fails as that one did, says why, and quotes nothing', async () => {
    const { config, sent } = serve(() => limited(3), { retry: { maxRetries: 0 } });
    await rejection(sendChat(config, { body }));
    for (const options of [{ deadline: 2000 }, { retry: { maxRetryAfterMs: 1000 } }]) {
      const error = await rejection(sendChat(config, { body, options }));
      expect(error).toMatchObject({ name: 'APIError', status: 429, reason: 'rate-limit', isRetryable: true, retryAfterMs: 3000 });
      expect(String(error)).toContain('Not sent: another call was turned away (429), and the server asked to wait for 3000 ms more');
      expect(JSON.stringify(APIError.isInstance(error) && [error, error.responseBody, error.cause])).not.toContain(PROMPT);
    }
    expect(sent).toHaveLength(1);
  });

  test('a long chain goes on with its next window at once, and its receipt says why', async () => {
    const { config, sent } = serve((call, { body: { model } }) => (call === 0 ? limited(30) : answer({ model })), { retry: { maxRetries: 0 } });
    const first = { messages, model: 'a/1', models: ['a/2', 'a/3', 'b/1', 'b/2'] };
    await sendChat(config, { body: first });
    const { receipt } = await sendChat(config, { body: first });
    expect(sent.map(({ body: { model } }) => model)).toEqual(['a/1', 'b/1', 'b/1']);
    expect(receipt).toMatchObject({ fallbackUsed: true, attempts: [{ outcome: 'error', reason: 'rate-limit', message: expect.stringContaining('Not sent') }, { outcome: 'ok' }] });
  });

  test('those in line look again when it is their turn', async () => {
    const { config, sent, clock, reply } = slow({ maxConcurrent: 1 });
    const calls = [sendChat(config, { body, options: { retry: 0 } }), sendChat(config, { body }), sendChat(config, { body })];
    calls.forEach((call) => void call.catch(() => {}));
    await settle();
    await reply(limited(2));
    expect(sent).toHaveLength(1);
    await clock.advance(2000);
    expect(sent).toHaveLength(2);
    await reply();
    await reply();
    await Promise.all(calls.slice(1));
  });

  test('a wait that the test has cut short is over, whatever the clock says', async () => {
    const waits: number[] = [];
    const sleep = (ms: number): Promise<void> => {
      waits.push(ms);
      return waits.length > 5 ? Promise.reject(new Error('waits for ever')) : Promise.resolve();
    };
    const { config, sent } = serve((call) => (call === 0 ? limited(3) : answer()), { maxConcurrent: 1, effects: { sleep } });
    await rejection(sendChat(config, { body, options: { retry: 0 } }));
    await sendChat(config, { body });
    expect([waits, sent.length]).toEqual([[3000], 2]);
  });

  test('abort ends the wait; coolDown: false has none', async () => {
    const { config, sent, clock } = serve((call) => (call === 0 ? limited(3) : answer()), { retry: { maxRetries: 0 } });
    await rejection(sendChat(config, { body }));
    const controller = new AbortController();
    const waiting = rejection(sendChat(config, { body, options: { signal: controller.signal } }));
    await settle();
    controller.abort('enough');
    expect(await waiting).toBe('enough');
    expect(clock.timers()).toBe(0);
    await sendChat(config, { body, options: { retry: { coolDown: false } } });
    expect(sent).toHaveLength(2);
  });
});

describe('the retry budget', () => {
  const instant = { sleep: () => Promise.resolve() };

  test('is shared by all calls: when it is spent, errors are thrown at once', async () => {
    const { config, sent } = serve(() => failure(503), { retry: { budget: { ratio: 0, minPerSecond: 0, burst: 3 } }, effects: instant });
    const inner = extendConfig(config, 'with', { provider: { zdr: true } });
    for (const one of [config, inner, config]) expect(await rejection(sendChat(one, { body }))).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(3 + 3);
    await rejection(sendChat(config, { body, options: { retry: { budget: false } } }));
    expect(sent).toHaveLength(6 + 3);
  });

  test('its numbers are not for a call to set', async () => {
    const { config } = serve(() => answer());
    await expect(async () => sendChat(config, { body, options: { retry: { budget: { burst: 5 } } } })).rejects.toThrow('retry.budget: is shared by all calls of a client (set it there)');
  });
});

describe('options of a call', () => {
  const instant = { sleep: () => Promise.resolve() };

  test('retry: what it leaves out is as the client has it', async () => {
    const waits: number[] = [];
    const { config, sent } = serve(() => failure(503), { retry: { maxRetries: 1, baseDelayMs: 10 }, effects: { sleep: (ms) => (waits.push(ms), Promise.resolve()) } });
    const count = async (retry: Parameters<typeof createConfig>[0] = {}): Promise<number> => {
      const before = sent.length;
      await rejection(sendChat(config, { body, options: retry }));
      return sent.length - before;
    };
    expect([await count(), await count({ retry: false }), await count({ retry: 3 }), await count({ retry: { baseDelayMs: 100 } })]).toEqual([2, 1, 4, 2]);
    expect(waits).toEqual([5, 5, 10, 20, 50]);
  });

  test('failover: for one call, or for a layer', async () => {
    const chain = { messages, models: ['a/1', 'a/2', 'a/3', 'b/1'] };
    const { config, sent } = serve(() => failure(503), { retry: false });
    await rejection(sendChat(config, { body: chain }));
    expect(sent).toHaveLength(2);
    await rejection(sendChat(config, { body: chain, options: { failover: { on: ['rate-limit'] } } }));
    expect(sent).toHaveLength(3);
    await expect(async () => sendChat(extendConfig(config, 'with', { failover: false }), { body: chain })).rejects.toThrow('do not fit one request');
  });

  test('neither makes a picture twice', async () => {
    const { config, sent } = serve(() => failure(503), { effects: instant });
    await rejection(sendImages(config, { body: { model: 'a/b', prompt: 'x' }, options: { retry: 5 } }));
    expect(sent).toHaveLength(1);
  });

  test('where a framework repeats calls, none of them makes core repeat one', async () => {
    const { config, sent } = serve(() => failure(503), { retry: 5 }, { resilience: undefined });
    await rejection(sendChat(config, { body, options: { retry: 5 } }));
    await rejection(sendChat(extendConfig(config, 'with', { retry: 5 }), { body }));
    expect(sent).toHaveLength(2);
  });

  test("hooks: a call's are told after the client's, and all are told where one throws", async () => {
    const told: string[] = [];
    const note = (who: string) => ({ onFinish: () => void told.push(who) });
    const { config } = serve(() => answer(), { hooks: [note('client 1'), note('client 2')] });
    await sendChat(extendConfig(config, 'with', { hooks: note('with') }), { body, options: { hooks: note('call') } });
    expect(told).toEqual(['client 1', 'client 2', 'with', 'call']);
    const oops = new Error('first');
    const options = { hooks: [{ onFinish: () => { throw oops; } }, note('last'), { onFinish: () => { throw new Error('second'); } }] };
    expect(await rejection(sendChat(config, { body, options }))).toBe(oops);
    expect(told.slice(4)).toEqual(['client 1', 'client 2', 'last']);
  });

  test('a wrong one is told before anything is sent', async () => {
    const { config, sent } = serve(() => answer(), { apiKey: KEY });
    await expect(async () => sendChat(config, { body, options: { retry: 1.5, failover: { on: 'server' as never } } })).rejects.toThrow(/failover: .*\n.*retry\.maxRetries/);
    expect(() => createConfig({ maxConcurrent: -1 }, { resilience: createResilience })).toThrow('maxConcurrent: expected a whole number, 1 or more, got -1');
    expect(sent).toEqual([]);
  });
});
