import { describe, expect, it } from 'vitest';
import { APIError, createOpenRouter, InvalidOptionsError, OpenRouterError, StreamError, TimeoutError } from '../src/index.js';
import { answer, fake, HELLO, json, KEY, openBody, rejection, REQUEST, text } from './kit.js';

// Everything here is what plain JavaScript can give, past the types.
const js = (value: unknown): never => value as never;

describe('options of a client', () => {
  it.each([
    ['a key in place of options', KEY, 'options'],
    ['null', null, 'options'],
    ['a key of the wrong type', { apiKey: 5 }, 'apiKey'],
    ['an empty key', { apiKey: '' }, 'apiKey'],
    ['a key with a line break', { apiKey: `${KEY}\nx: y` }, 'apiKey'],
    ['no URL', { baseURL: 'openrouter' }, 'baseURL'],
    ['a URL that is not http', { baseURL: 'ftp://x' }, 'baseURL'],
    ['credentials in the URL', { baseURL: `https://user:${KEY}@x.test` }, 'baseURL'],
    ['a fetch that is none', { fetch: 'x' }, 'fetch'],
    ['a misspelt preference', { provider: { datacollection: 'deny' } }, 'provider.datacollection'],
    ['a wrong value', { provider: { data_collection: 'denyy' } }, 'provider.data_collection'],
    ['a negative timeout', { timeout: -1 }, 'timeout'],
    ['a retry that is none', { retry: 'x' }, 'retry'],
  ])('%s', (_, options, path) => {
    let error: unknown;
    try {
      createOpenRouter(js(options));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect((error as InvalidOptionsError).issues.map((issue) => issue.path)).toEqual([path]);
    expect(String(error) + JSON.stringify(error)).not.toContain(KEY);
  });
});

describe('a request', () => {
  const cases: [string, unknown, unknown, string][] = [
    ['undefined', undefined, undefined, 'request'],
    ['null', null, undefined, 'request'],
    ['text', 'a secret prompt', undefined, 'request'],
    ['an array', [], undefined, 'request'],
    ['no messages', { model: 'a/b' }, undefined, 'messages'],
    ['empty messages', { ...REQUEST, messages: [] }, undefined, 'messages'],
    ['messages that are text', { ...REQUEST, messages: 'a secret prompt' }, undefined, 'messages'],
    ['a message without a role', { ...REQUEST, messages: [{ content: 'a secret prompt' }] }, undefined, 'messages[0]'],
    ['a model of the wrong type', { ...REQUEST, model: 5 }, undefined, 'model'],
    ['a model that is none', { ...REQUEST, model: 'a b' }, undefined, 'model'],
    ['models that are text', { ...REQUEST, models: 'a/b' }, undefined, 'models'],
    ['a wrong preference', { ...REQUEST, provider: { sort: 'quality' } }, undefined, 'provider.sort'],
    ['a preference at the top level', { ...REQUEST, zdr: true }, undefined, 'zdr'],
    ['options that are text', REQUEST, 'x', 'options'],
    ['a signal that is none', REQUEST, { signal: 'x' }, 'signal'],
    ['a timeout of the wrong type', REQUEST, { timeout: '5' }, 'timeout'],
    ['a header with a line break', REQUEST, { headers: { 'x-a': 'b\nc: d' } }, 'headers.x-a'],
  ];

  it.each(cases)('%s', async (_, request, options, path) => {
    const { openrouter, requests } = fake([HELLO()]);
    for (const call of [openrouter.chat(js(request), js(options)), openrouter.stream(js(request), js(options)), openrouter.stream(js(request), js(options)).final()]) {
      const error = await rejection(call);
      expect(error).toBeInstanceOf(InvalidOptionsError);
      expect((error as InvalidOptionsError).issues.map((issue) => issue.path)).toEqual([path]);
      expect(String(error) + JSON.stringify(error)).not.toContain('secret');
    }
    expect(requests).toHaveLength(0);
  });

  it('without a key is refused by name', async () => {
    const { openrouter, requests } = fake([json(answer())], { apiKey: () => js(undefined) });
    const error = await rejection(openrouter.chat(REQUEST));
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error).toMatchObject({ message: expect.stringContaining('OPENROUTER_API_KEY') });
    expect(requests).toHaveLength(0);
  });
});

describe('a server that misbehaves', () => {
  const page = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>no</body></html>';
  const html = (status: number): Response => new Response(page, { status, headers: { 'content-type': 'text/html' } });

  it.each([
    ['an HTML page as an error', html(502), 502],
    ['an HTML page with status 200', html(200), 200],
    ['text that is not JSON', new Response('hello', { headers: { 'content-type': 'application/json' } }), 200],
    ['half of a JSON body', new Response('{"choices":[', { headers: { 'content-type': 'application/json' } }), 200],
    ['an empty body', new Response(''), 200],
    ['JSON of another shape', json({ hello: 1 }), 200],
    ['JSON null', json(null), 200],
    ['an error in a good answer', json({ error: { code: 400, message: 'no' } }), 200],
    ['a 204', new Response(null, { status: 204 }), 204],
    ['a 404 without a body', new Response(null, { status: 404 }), 404],
  ])('%s is an APIError', async (_, reply, httpStatus) => {
    const { openrouter } = fake([reply], { retry: false });
    const error = await rejection(openrouter.chat(REQUEST));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ httpStatus, receipt: { attempts: [{ outcome: 'error' }] } });
    expect(String(error)).not.toContain('<body>');
  });

  it.each([
    ['an HTML page', () => html(200)],
    ['an HTML error page', () => html(502)],
    ['nothing', () => new Response('', { headers: { 'content-type': 'text/event-stream' } })],
    ['garbage', () => new Response('hello\n\nworld\n\n', { headers: { 'content-type': 'text/event-stream' } })],
    ['an error event', () => new Response('data: {"error":{"code":400,"message":"no"}}\n\n', { headers: { 'content-type': 'text/event-stream' } })],
  ])('%s in place of a stream is a typed error', async (_, reply) => {
    const { openrouter } = fake([reply], { retry: false });
    expect(await rejection(openrouter.stream(REQUEST).final())).toBeInstanceOf(OpenRouterError);
  });

  it('a body that is larger than the limit is cut off', async () => {
    const { openrouter } = fake([json(answer({ content: 'x'.repeat(5000) }))], { sizes: { maxBodySize: 4000 }, retry: false });
    expect(await rejection(openrouter.chat(REQUEST))).toMatchObject({ name: 'StreamError', reason: 'too-large' });
  });

  it('never holds the key', async () => {
    const { openrouter } = fake([json({ error: { code: 401, message: `bad key ${KEY}` } }, { status: 401 })]);
    const error = await rejection(openrouter.chat(REQUEST));
    expect(String(error) + JSON.stringify(error) + (error as Error).stack).not.toContain(KEY);
  });
});

describe('a server that never ends', () => {
  /** A clock that only the test moves, and its timers. */
  const clock = (): { effects: object; run: (ms: number) => void } => {
    let time = 0;
    const timers = new Map<() => void, number>();
    return {
      effects: {
        now: () => time,
        timer: (ms: number, callback: () => void) => {
          timers.set(callback, time + ms);
          return () => void timers.delete(callback);
        },
      },
      run(ms) {
        time += ms;
        for (const [callback, at] of timers) {
          if (at > time) continue;
          timers.delete(callback);
          callback();
        }
      },
    };
  };
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  };

  it('answering is a TimeoutError', async () => {
    const { effects, run } = clock();
    const { openrouter } = fake([() => new Promise<Response>(() => {})], { effects, retry: false, timeout: 1000 });
    const results = [rejection(openrouter.chat(REQUEST)), rejection(openrouter.key()), rejection(openrouter.stream(REQUEST))];
    await turns();
    run(1001);
    for (const result of results) {
      const error = await result;
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({ kind: 'response' });
    }
  });

  it('a JSON body is a TimeoutError by the deadline', async () => {
    const { effects, run } = clock();
    const body = openBody('application/json');
    const { openrouter } = fake([() => body.response], { effects, retry: false, deadline: 1000 });
    const result = rejection(openrouter.chat(REQUEST));
    body.raw('{"choices":');
    await turns();
    run(1001);
    expect(await result).toMatchObject({ name: 'TimeoutError', kind: 'deadline' });
    expect(body.cancelled()).toBe(true);
  });

  it('a stream is a StreamError by the idle timeout, with what had arrived', async () => {
    const { effects, run } = clock();
    const body = openBody();
    const { openrouter } = fake([body.response], { effects, retry: false, idleTimeout: 1000 });
    body.push(text('Hel'));
    const result = rejection(openrouter.stream(REQUEST).final());
    await turns();
    body.raw(': OPENROUTER PROCESSING\n\n');
    await turns();
    run(1001);
    const error = await result;
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason: 'idle', partial: { choices: [{ message: { content: 'Hel' } }] } });
    expect(body.cancelled()).toBe(true);
  });
});
