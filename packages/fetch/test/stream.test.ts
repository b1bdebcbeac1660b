import { describe, expect, it } from 'vitest';
import { APIError, InvalidOptionsError, OpenRouterError, StreamError } from '../src/index.js';
import { answer, chunk, collect, DONE, END, event, failure, fake, HELLO, json, KEY, openBody, rejection, REQUEST, sse, text } from './kit.js';

describe('a stream that is left as soon as it is open', () => {
  it('is over for the hooks too, once, and for final()', async () => {
    const body = openBody();
    const told: string[] = [];
    const { openrouter } = fake([body.response], { maxConcurrent: 1 });
    const stream = openrouter.stream(REQUEST, {
      hooks: {
        onFirstToken: () => void stream.cancel(),
        onFinish: () => void told.push('onFinish'),
        onError: () => void told.push('onError'),
        onReceipt: () => void told.push('onReceipt'),
      },
    });
    body.push(text('Hel'));
    expect(await collect(stream)).toEqual([]);
    const error = await rejection(stream.final());
    expect(StreamError.isInstance(error) && error.partial?.choices[0]?.message.content).toBe('Hel');
    expect(told).toEqual(['onFinish', 'onReceipt']);
    expect(body.cancelled()).toBe(true);
  });

  it('tells what a hook threw then', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    const oops = new Error('oops');
    const stream = openrouter.stream(REQUEST, { hooks: { onFirstToken: () => void stream.cancel(), onFinish: () => { throw oops; } } });
    body.push(text('Hel'));
    expect(await rejection(stream)).toBe(oops);
  });
});

describe('reading a stream', () => {
  it('sends nothing before the first read', async () => {
    const { openrouter, requests } = fake([HELLO()]);
    const stream = openrouter.stream(REQUEST);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(requests).toHaveLength(0);
    expect(stream.receipt).toBeUndefined();
    await stream.final();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toEqual({ ...REQUEST, stream: true });
  });

  it('gives the chunks as they came', async () => {
    const { openrouter } = fake([HELLO()]);
    expect(await collect(openrouter.stream(REQUEST))).toEqual([chunk({ role: 'assistant', content: '' }), text('Hel'), text('lo'), END]);
  });

  it('gives the text alone, of the first choice', async () => {
    const other = { choices: [{ index: 1, delta: { content: 'other' } }] };
    const { openrouter } = fake([sse(text('Hel'), other, chunk({ reasoning: 'hm' }), { choices: [] }, text('lo'), END)]);
    expect(await collect(openrouter.stream(REQUEST).textStream)).toEqual(['Hel', 'lo']);
  });

  it('starts when awaited, and then reads as before', async () => {
    const body = openBody();
    const { openrouter, requests } = fake([body.response]);
    body.push(text('Hel'));
    const stream = await openrouter.stream(REQUEST);
    expect(requests).toHaveLength(1);
    expect(stream).not.toHaveProperty('then');
    expect(stream.receipt).toMatchObject({ id: 'gen-1', served: { provider: 'Acme' } });
    body.push(text('lo'), END);
    body.raw(DONE);
    expect(await collect(stream.textStream)).toEqual(['Hel', 'lo']);
    expect((await stream.final()).text).toBe('Hello');
  });

  it('hands out what one packet holds without waiting for the next', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    body.push(text('a'), text('b'), text('c'));
    const iterator = openrouter.stream(REQUEST).textStream[Symbol.asyncIterator]();
    expect([await iterator.next(), await iterator.next(), await iterator.next()].map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    body.push(END);
    body.end();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('serves calls of next that do not wait for one another in order', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    const iterator = openrouter.stream(REQUEST).textStream[Symbol.asyncIterator]();
    const all = Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
    body.push(text('a'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    body.push(text('b'), text('c'), END);
    body.end();
    expect((await all).map(({ value }) => value)).toEqual(['a', 'b', 'c', undefined]);
  });

  it('takes a server that answers with JSON', async () => {
    const { openrouter } = fake([json(answer())]);
    const stream = openrouter.stream(REQUEST);
    expect(await collect(stream.textStream)).toEqual(['Hello']);
    expect(await stream.final()).toMatchObject({ text: 'Hello', finishReason: 'stop', usage: { totalTokens: 5 } });
  });
});

describe('final', () => {
  const calls = sse(
    chunk({ reasoning: 'hm' }),
    chunk({ tool_calls: [{ index: 0, id: 'x', type: 'function', function: { name: 'f', arguments: '{"a"' } }] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
    END,
  );

  it('gives the same as chat would', async () => {
    const { openrouter } = fake([calls]);
    const result = await openrouter.stream(REQUEST).final();
    expect(result).toMatchObject({
      text: '',
      message: { role: 'assistant', reasoning: 'hm' },
      toolCalls: [{ id: 'x', name: 'f', arguments: '{"a":1}', input: { a: 1 } }],
      finishReason: 'stop',
      usage: { totalTokens: 5 },
      receipt: { id: 'gen-1' },
      response: { object: 'chat.completion', id: 'gen-1' },
    });
  });

  it('gives the whole before, during and after reading, any number of times, and takes nothing from the reader', async () => {
    const body = openBody();
    const { openrouter, requests } = fake([body.response]);
    const stream = openrouter.stream(REQUEST);
    const before = stream.final();
    const iterator = stream[Symbol.asyncIterator]();
    body.push(text('a'));
    expect((await iterator.next()).value).toEqual(text('a'));
    const during = stream.final();
    body.push(text('b'), text('c'));
    body.push(END);
    body.raw(DONE);
    expect((await during).text).toBe('abc');
    expect((await before).text).toBe('abc');
    const rest = [await iterator.next(), await iterator.next(), await iterator.next(), await iterator.next()];
    expect(rest.map(({ value }) => value)).toEqual([text('b'), text('c'), END, undefined]);
    expect((await stream.final()).text).toBe('abc');
    expect(requests).toHaveLength(1);
  });
});

describe('one reader', () => {
  it.each([
    ['its chunks', (stream) => stream[Symbol.asyncIterator]()],
    ['textStream', (stream) => stream.textStream[Symbol.asyncIterator]()],
    ['toReadableStream()', (stream) => stream.toReadableStream()],
    ['toResponse()', (stream) => stream.toResponse()],
  ] as [string, (stream: ReturnType<ReturnType<typeof fake>['openrouter']['stream']>) => unknown][])('a second by %s is refused', (by, read) => {
    const stream = fake([HELLO()]).openrouter.stream(REQUEST);
    read(stream);
    let error: unknown;
    try {
      stream.textStream[Symbol.asyncIterator]();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(OpenRouterError);
    expect(error).toMatchObject({ code: 'stream_used', message: expect.stringContaining(by) });
  });
});

describe('leaving', () => {
  it('closes the connection at once, and final tells what had arrived', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    const stream = openrouter.stream(REQUEST);
    body.push(text('Hel'), text('lo'));
    for await (const piece of stream.textStream) {
      expect(piece).toBe('Hel');
      break;
    }
    expect(body.cancelled()).toBe(true);
    const error = await rejection(stream.final());
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason: 'truncated', partial: { choices: [{ message: { content: 'Hello' } }] } });
  });

  it('closes it while the stream is still being opened', async () => {
    const body = openBody();
    const { openrouter, requests } = fake([body.response]);
    const iterator = openrouter.stream(REQUEST)[Symbol.asyncIterator]();
    const first = iterator.next();
    while (requests.length === 0) await Promise.resolve();
    await iterator.return?.();
    expect(requests[0]?.signal?.aborted).toBe(true);
    expect(await first).toEqual({ done: true, value: undefined });
    expect(requests).toHaveLength(1);
  });

  it('by cancel ends the reader, and sends nothing where nothing was begun', async () => {
    const { openrouter, requests } = fake([HELLO()]);
    const stream = openrouter.stream(REQUEST);
    await stream.cancel();
    expect(await collect(stream)).toEqual([]);
    expect(await rejection(stream)).toBeInstanceOf(StreamError);
    expect(requests).toHaveLength(0);
  });

  it('after the end changes nothing', async () => {
    const stream = fake([HELLO()]).openrouter.stream(REQUEST);
    await collect(stream);
    await stream.cancel();
    expect((await stream.final()).text).toBe('Hello');
  });
});

describe('the hook for receipts', () => {
  it.each(['end', 'leaving', 'failure'])('is called once: %s', async (way) => {
    const receipts: unknown[] = [];
    const body = openBody();
    const { openrouter } = fake([body.response], { hooks: { onReceipt: (receipt) => receipts.push(receipt) } });
    const stream = openrouter.stream(REQUEST);
    const iterator = stream[Symbol.asyncIterator]();
    body.push(text('a'));
    await iterator.next();
    expect(receipts).toHaveLength(0);
    if (way === 'leaving') await iterator.return?.();
    if (way === 'end') body.push(END);
    if (way !== 'leaving') body.end();
    await (way === 'end' ? stream.final() : rejection(stream.final()));
    await stream.cancel();
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ id: 'gen-1', served: { provider: 'Acme' } });
  });

  it('may throw when the stream is left; the connection is closed all the same', async () => {
    const body = openBody();
    const throws = (): never => {
      throw new Error('from the hook');
    };
    const { openrouter } = fake([body.response], { hooks: { onReceipt: throws } });
    body.push(text('a'));
    const left = (async () => {
      for await (const _ of openrouter.stream(REQUEST)) break;
    })();
    expect(await rejection(left)).toMatchObject({ message: 'from the hook' });
    expect(body.cancelled()).toBe(true);
  });
});

describe('abort', () => {
  it('rejects the read with the reason, cancels the body, and leaves no listener', async () => {
    const body = openBody();
    const controller = new AbortController();
    const { openrouter } = fake([body.response]);
    const iterator = openrouter.stream(REQUEST, { signal: controller.signal })[Symbol.asyncIterator]();
    body.push(text('a'));
    await iterator.next();
    const next = iterator.next();
    controller.abort(new Error('enough'));
    expect(await rejection(next)).toMatchObject({ message: 'enough' });
    expect(body.cancelled()).toBe(true);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('before the start sends nothing', async () => {
    const { openrouter, requests } = fake([HELLO()]);
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await rejection(openrouter.stream(REQUEST, { signal }))).toMatchObject({ message: 'enough' });
    expect(await rejection(openrouter.chat(REQUEST, { signal }))).toMatchObject({ message: 'enough' });
    expect(requests).toHaveLength(0);
  });

  it.each(['end', 'leaving', 'failure'])('takes its listener back: %s', async (way) => {
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners.add(args[1]);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners.delete(args[1]);
      remove(...args);
    };
    const stream = fake([way === 'failure' ? failure(400, 'no') : HELLO()]).openrouter.stream(REQUEST, { signal });
    const iterator = stream[Symbol.asyncIterator]();
    const first = iterator.next();
    await (way === 'failure' ? rejection(first) : first);
    if (way === 'leaving') await iterator.return?.();
    if (way === 'end') await stream.final();
    expect(listeners.size).toBe(0);
  });
});

describe('a stream that fails', () => {
  const broken = { id: 'gen-1', error: { code: 502, message: 'upstream died' }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] };

  it('before content is retried like any call', async () => {
    const { openrouter, requests } = fake([failure(503, 'busy'), sse(broken), HELLO()]);
    const { receipt } = await openrouter.stream(REQUEST).final();
    expect(requests).toHaveLength(3);
    expect(receipt?.attempts).toHaveLength(3);
  });

  it('before content rejects every way in with the same error', async () => {
    const { openrouter } = fake([failure(400, 'no')]);
    const stream = openrouter.stream(REQUEST);
    const error = await rejection(stream);
    expect(error).toBeInstanceOf(APIError);
    expect(await rejection(stream.final())).toBe(error);
    expect(await rejection(collect(stream))).toBe(error);
    expect(stream.receipt).toMatchObject({ attempts: [{ outcome: 'error', status: 400 }] });
  });

  it('later gives all chunks before the break, then an error with what had arrived', async () => {
    const { openrouter } = fake([sse(text('Hel'), text('lo'), broken)]);
    const stream = openrouter.stream(REQUEST);
    const seen: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const piece of stream.textStream) seen.push(piece);
      })(),
    );
    expect(seen).toEqual(['Hel', 'lo']);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason: 'provider', partial: { choices: [{ message: { content: 'Hello' } }] }, receipt: { id: 'gen-1' } });
    expect(await rejection(stream.final())).toBe(error);
  });

  it.each([
    ['cut off', 'truncated', (body: ReturnType<typeof openBody>) => body.end()],
    ['a broken connection', 'truncated', (body: ReturnType<typeof openBody>) => body.fail(new TypeError('terminated'))],
    ['no JSON', 'malformed', (body: ReturnType<typeof openBody>) => body.raw('data: {"choices":[\n\n')],
    ['a huge event', 'too-large', (body: ReturnType<typeof openBody>) => body.raw(`data: ${'x'.repeat(3000)}`)],
  ])('%s is a StreamError: %s', async (_, reason, act) => {
    const body = openBody();
    const { openrouter } = fake([body.response], { sizes: { maxEventSize: 2000 } });
    body.push(text('Hel'));
    const stream = await openrouter.stream(REQUEST);
    act(body);
    const error = await rejection(stream.final());
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason, partial: { choices: [{ message: { content: 'Hel' } }] } });
  });

  it('does not lose a refusal of the request', async () => {
    const { openrouter, requests } = fake([HELLO()]);
    const error = await rejection(openrouter.stream({ ...REQUEST, messages: [] }).final());
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(requests).toHaveLength(0);
  });
});

describe('as bytes', () => {
  const read = (response: Response): Promise<string> => response.text();

  it('encodes the chunks as an event stream that a client can read again', async () => {
    const { openrouter, requests } = fake([HELLO()]);
    const response = openrouter.stream(REQUEST).toResponse({ status: 201, headers: { 'x-a': 'b', 'cache-control': 'no-store' } });
    expect(requests).toHaveLength(0);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-a')).toBe('b');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const again = fake([response]).openrouter.stream(REQUEST);
    expect(await collect(again)).toEqual([chunk({ role: 'assistant', content: '' }), text('Hel'), text('lo'), END]);
    expect(await again.final()).toMatchObject({ text: 'Hello', finishReason: 'stop' });
  });

  it('ends with [DONE]', async () => {
    const bytes = await read(new Response(fake([sse(text('é'), END)], { receipt: 'off' }).openrouter.stream(REQUEST).toReadableStream()));
    expect(bytes).toBe(event(text('é')) + event(END) + DONE);
  });

  it('tells the receipt in a comment before the end, without what is private', async () => {
    const router = { strategy: 'direct', region: null, endpoints: { total: 1, available: [{ provider: 'Hidden', model: 'a/b', selected: true }] } };
    const debug = { choices: [], debug: { echo_upstream_body: { messages: 'the system prompt' } } };
    const reply = sse(debug, text('Hi'), { ...END, openrouter_metadata: router });
    const { openrouter } = fake([failure(503, 'from a host called db.internal'), reply], { provider: { only: ['acme', 'secret-provider'], zdr: true } });
    const response = openrouter.stream({ ...REQUEST, provider: { zdr: false } }).toResponse();
    const bytes = await read(response);
    expect(bytes.endsWith(`\n\n${DONE}`)).toBe(true);
    const comments = bytes.split('\n').filter((line) => line.startsWith(':'));
    expect(comments).toHaveLength(1);
    expect(JSON.parse(comments[0]?.slice(': waypost-receipt '.length) ?? '')).toEqual({
      id: 'gen-1', requested: ['a/b'], served: { model: 'a/b', provider: 'Acme' }, fallbackUsed: false, strategy: 'direct', finishReason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 }, cost: { partial: expect.any(Boolean) }, timing: { firstTokenMs: expect.any(Number), totalMs: expect.any(Number) },
      overruled: [], verdict: { overall: expect.any(String), guardrails: {} },
    });
    const said = bytes + JSON.stringify([...response.headers]);
    for (const secret of [KEY, 'secret-provider', 'Hidden', 'db.internal', 'system prompt', 'zdr', '"hi"']) expect(said).not.toContain(secret);
  });

  it('tells a break in a last event, so that a client at the other end gets a typed error', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    body.push(text('Hel'));
    const stream = await openrouter.stream(REQUEST);
    const response = stream.toResponse();
    body.fail(new TypeError('connect ECONNREFUSED 10.1.2.3:443'));
    const bytes = await read(response.clone());
    expect(bytes).not.toContain('10.1.2.3');
    const error = await rejection(fake([response]).openrouter.stream(REQUEST).final());
    expect(error).toMatchObject({ name: 'StreamError', reason: 'provider', partial: { choices: [{ message: { content: 'Hel' } }] } });
  });

  it("passes on the server's own words", async () => {
    const { openrouter } = fake([failure(402, 'Insufficient credits')]);
    expect(await read(openrouter.stream(REQUEST).toResponse())).toContain('"error":{"code":402,"message":"Insufficient credits","metadata":{}}');
  });

  it('breaks for what was refused before sending', async () => {
    const { openrouter } = fake([HELLO()]);
    expect(await rejection(read(openrouter.stream({ ...REQUEST, messages: [] }).toResponse()))).toBeInstanceOf(InvalidOptionsError);
  });

  it('closes the connection when its reader leaves', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    body.push(text('Hel'));
    const reader = openrouter.stream(REQUEST).toReadableStream().getReader();
    await reader.read();
    await reader.cancel();
    expect(body.cancelled()).toBe(true);
  });
});
