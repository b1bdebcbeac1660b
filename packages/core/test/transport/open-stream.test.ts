import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { PolicyViolationError } from '../../src/errors/policy-violation-error.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { TimeoutError } from '../../src/errors/timeout-error.js';
import { openStream, type OpenStreamOptions } from '../../src/transport/open-stream.js';
import type { OpenStream } from '../../src/transport/types.js';
import type { ChatResponse } from '../../src/wire/chat.js';
import type { ChatChunk } from '../../src/wire/chunk.js';
import { attemptOptions, countedSignal, DONE, event, fakeBody, fakeClock, finish, rejection, settle, text } from './kit.js';

type ChatStream = OpenStream<ChatChunk, ChatResponse>;

function setup(more: Partial<OpenStreamOptions<ChatChunk, ChatResponse>> = {}) {
  const body = fakeBody();
  let sent: RequestInit | undefined;
  const clock = fakeClock((_, init) => {
    sent = init;
    return Promise.resolve(body.response);
  });
  const { controller, signal, listeners } = countedSignal();
  const open = (): Promise<ChatStream> => openStream({ ...attemptOptions(clock, { signal }), ...more });
  const clean = (): void => {
    expect(clock.timers()).toBe(0);
    expect(listeners()).toBe(0);
  };
  return { body, clock, controller, open, clean, sent: () => sent };
}

/** Reads to the end, or to the error. */
async function readAll(stream: ChatStream): Promise<{ chunks: ChatChunk[]; error?: unknown }> {
  const chunks: ChatChunk[] = [];
  try {
    for (let batch = await stream.read(); batch; batch = await stream.read()) chunks.push(...batch);
  } catch (error) {
    return { chunks, error };
  }
  return { chunks };
}

const contents = (chunks: readonly ChatChunk[]): string => chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? '').join('');
const limits = { timeout: 1000, firstTokenTimeout: 5000, idleTimeout: 2000, deadline: 60_000 };

describe('a good stream', () => {
  test('resolves with the first content and hands every chunk out once', async () => {
    const { body, open, clean, sent, clock } = setup({ limits });
    const opening = open();
    body.push(': OPENROUTER PROCESSING\n\n', event(text('')));
    await settle();
    let opened = false;
    void opening.then(() => (opened = true));
    await settle();
    expect(opened).toBe(false);
    body.push(event(text('Hel')));
    const stream = await opening;
    body.push(event(text('lo')) + event(finish()), DONE);
    body.end();
    const { chunks, error } = await readAll(stream);
    expect(error).toBeUndefined();
    expect(contents(chunks)).toBe('Hello');
    expect(chunks).toHaveLength(4);
    expect(stream.accumulator.response().choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hello' } });
    expect(stream.status).toBe(200);
    expect(new Headers(sent()?.headers).get('accept')).toBe('text/event-stream');
    await settle();
    clean();
    expect(body.cancelled()).toBe(false);
    expect(await stream.read()).toBeUndefined();
    expect(clock.timers()).toBe(0);
  });

  test.each([
    ['reasoning', { delta: { reasoning: 'hm' } }],
    ['reasoning details', { delta: { reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] } }],
    ['a tool call', { delta: { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] } }],
    ['a refusal', { delta: { refusal: 'no' } }],
    ['an image', { delta: { images: [{ image_url: { url: 'data:' } }] } }],
    ['sound', { delta: { audio: { data: 'AA' } } }],
    ['annotations', { delta: { annotations: [{ type: 'file', file: {} }] } }],
    ['a finish reason', { delta: {}, finish_reason: 'stop' }],
  ])('%s counts as something', async (_, choice) => {
    const { body, open } = setup();
    body.push(event({ choices: [choice] }));
    const stream = await open();
    expect(await stream.read()).toHaveLength(1);
    await stream.cancel();
  });

  test('usage alone counts, and empty details do not', async () => {
    const { body, open } = setup();
    body.push(event({ choices: [{ delta: { reasoning_details: [], tool_calls: [], content: '' } }] }), event({ choices: [], usage: { total_tokens: 1 } }));
    const stream = await open();
    expect(await stream.read()).toHaveLength(2);
    await stream.cancel();
  });

  test('a packet of comments is an empty batch', async () => {
    const { body, open } = setup();
    body.push(event(text('a')));
    const stream = await open();
    await stream.read();
    body.push(': ping\n\n');
    expect(await stream.read()).toEqual([]);
    await stream.cancel();
  });

  test('ends without [DONE] after a finish reason, even when the connection then breaks', async () => {
    for (const finale of ['end', 'fail'] as const) {
      const { body, open, clean } = setup();
      body.push(event(text('a')) + event(finish()));
      const stream = await open();
      await stream.read();
      if (finale === 'end') body.end();
      else body.fail(new TypeError('terminated'));
      expect(await stream.read()).toBeUndefined();
      clean();
    }
  });

  test('does not wait for a server that stays open after [DONE], and cuts it off in the end', async () => {
    const { body, open, clock, clean } = setup({ limits });
    body.push(event(text('a')) + event(finish()) + DONE);
    const stream = await open();
    expect(await stream.read()).toHaveLength(2);
    expect(await stream.read()).toBeUndefined();
    expect(body.cancelled()).toBe(false);
    await clock.advance(1000);
    expect(body.cancelled()).toBe(true);
    clean();
  });

  test('a stream of [DONE] alone is proper and empty', async () => {
    const { body, open } = setup();
    body.push(DONE);
    const stream = await open();
    expect((await readAll(stream)).chunks).toEqual([]);
  });

  test('a whole JSON answer becomes one chunk', async () => {
    const answer = {
      id: 'gen-1', object: 'chat.completion', model: 'a/b',
      choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: 'Hi', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }] } }],
      usage: { total_tokens: 3 },
    };
    const named: string[] = [];
    const clock = fakeClock(() => Promise.resolve(Response.json(answer)));
    const stream = await openStream({ ...attemptOptions(clock), onServed: (chunk) => named.push(chunk.model ?? '') });
    const { chunks } = await readAll(stream);
    expect(chunks).toHaveLength(1);
    expect(chunks[0]).toMatchObject({ object: 'chat.completion.chunk', choices: [{ finish_reason: 'tool_calls', delta: { content: 'Hi', tool_calls: [{ index: 0, id: 'c' }] } }] });
    expect(stream.accumulator.response().choices[0]?.message.tool_calls).toEqual(answer.choices[0]?.message.tool_calls);
    expect(named).toEqual(['a/b']);
    expect(clock.timers()).toBe(0);
  });
});

describe('before the first content', () => {
  const errorChunk = { id: 'gen-9', provider: 'Acme', error: { code: 502, message: 'Provider returned error', metadata: { error_type: 'provider_unavailable' } }, choices: [{ delta: { content: '' }, finish_reason: 'error' }] };

  test('an error event is an APIError that can be retried', async () => {
    const { body, open, clean } = setup({ limits });
    body.push(event(text('')) + event(errorChunk));
    const error = await rejection(open());
    expect(APIError.isInstance(error) && [error.status, error.httpStatus, error.reason, error.isRetryable, error.generationId, error.provider]).toEqual([
      502, 200, 'server', true, 'gen-9', 'Acme',
    ]);
    expect(body.cancelled()).toBe(true);
    clean();
  });

  test('an empty stream is truncated and retryable', async () => {
    for (const parts of [[], [': ping\n\n'], [event(text(''))]]) {
      const { body, open, clean } = setup({ limits });
      body.push(...parts);
      body.end();
      const error = await rejection(open());
      expect(StreamError.isInstance(error) && [error.reason, error.isRetryable, error.partial]).toEqual(['truncated', true, undefined]);
      clean();
    }
  });

  test('a response with no body at all is truncated too', async () => {
    const clock = fakeClock(() => Promise.resolve(new Response(null, { headers: { 'content-type': 'text/event-stream' } })));
    const error = await rejection(openStream(attemptOptions(clock, { limits })));
    expect(StreamError.isInstance(error) && error.reason).toBe('truncated');
    expect(clock.timers()).toBe(0);
  });

  test('a fetch that gives no readable body is told', async () => {
    const odd = { status: 200, headers: new Headers() } as Response;
    const clock = fakeClock(() => Promise.resolve(odd));
    const error = await rejection(openStream(attemptOptions(clock, { limits })));
    expect(NetworkError.isInstance(error) && error.isRetryable).toBe(false);
    expect(clock.timers()).toBe(0);
  });

  test('malformed JSON, a huge event and a broken connection are typed', async () => {
    for (const [part, reason, retryable] of [['data: {"a":\n\n', 'malformed', true], [`data: ${'x'.repeat(200)}\n\n`, 'too-large', false]] as const) {
      const { body, open, clean } = setup({ limits, sizes: { maxEventSize: 100 } });
      body.push(part);
      const error = await rejection(open());
      expect(StreamError.isInstance(error) && [error.reason, error.isRetryable]).toEqual([reason, retryable]);
      clean();
    }
    const { body, open, clean } = setup({ limits });
    const opening = rejection(open());
    await settle();
    body.fail(new TypeError('terminated', { cause: { code: 'ECONNRESET' } }));
    const error = await opening;
    expect(NetworkError.isInstance(error) && error.errno).toBe('ECONNRESET');
    clean();
  });

  test('firstTokenTimeout runs from sending, comments and empty chunks notwithstanding', async () => {
    const { body, open, clock, clean } = setup({ limits: { firstTokenTimeout: 5000 } });
    const opening = rejection(open());
    for (let second = 0; second < 5; second += 1) {
      body.push(': ping\n\n', event(text('')));
      await clock.advance(1000);
    }
    const error = await opening;
    expect(TimeoutError.isInstance(error) && [error.kind, error.limitMs, error.isRetryable]).toEqual(['first-token', 5000, true]);
    expect(body.cancelled()).toBe(true);
    clean();
  });

  test('a flood of comments that leaves timers no turn is stopped by the clock', async () => {
    const flood = new ReadableStream<Uint8Array>({
      pull(controller) {
        time += 1;
        controller.enqueue(new TextEncoder().encode(': ping\n\n'));
      },
    });
    let time = 0;
    const clock = fakeClock(() => Promise.resolve(new Response(flood)));
    const effects = { ...clock.effects, now: () => time };
    const error = await rejection(openStream(attemptOptions(clock, { effects, limits: { firstTokenTimeout: 300 } })));
    expect(TimeoutError.isInstance(error) && error.kind).toBe('first-token');
  });

  test('a JSON error body, whatever its status, is an APIError', async () => {
    for (const status of [200, 429]) {
      const clock = fakeClock(() => Promise.resolve(Response.json({ error: { code: 429, message: 'slow down' } }, { status })));
      const error = await rejection(openStream(attemptOptions(clock, { limits })));
      expect(APIError.isInstance(error) && [error.status, error.reason, error.isRetryable]).toEqual([429, 'rate-limit', true]);
      expect(clock.timers()).toBe(0);
    }
  });

  test('a page of HTML is told as such', async () => {
    const clock = fakeClock(() => Promise.resolve(new Response('<html><title>Just a moment</title></html>', { headers: { 'content-type': 'text/html' } })));
    const error = await rejection(openStream(attemptOptions(clock)));
    expect(APIError.isInstance(error) && error.message).toContain('Just a moment');
  });

  test('abort rejects with the reason of the signal, though the server hangs', async () => {
    const { body, open, controller, clean } = setup({ limits });
    const opening = rejection(open());
    await settle();
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await opening).toBe(reason);
    expect(body.cancelled()).toBe(true);
    clean();
  });
});

describe('onServed', () => {
  const violation = new PolicyViolationError({ overall: 'violated', guardrails: { only: { verdict: 'violated', detail: 'served by Other' } } });

  test('is called once, before content, as soon as a chunk names who serves', async () => {
    const seen: unknown[] = [];
    const { body, open } = setup({ onServed: (head) => seen.push(head) });
    body.push(event({ choices: [{ delta: { role: 'assistant', content: '' } }] }), event(text('')), event(text('a')), event(text('b')));
    const stream = await open();
    expect(seen).toEqual([{ id: 'gen-1', model: 'a/b', provider: 'Acme' }]);
    await stream.cancel();
  });

  test('is called with the first content where nothing names anyone', async () => {
    const seen: unknown[] = [];
    const { body, open } = setup({ onServed: (head) => seen.push(head) });
    body.push(event({ choices: [{ delta: { content: 'a' } }] }), event(text('b')));
    const stream = await open();
    expect(seen).toEqual([{}]);
    await stream.cancel();
  });

  test('what it throws ends the stream', async () => {
    const { body, open, clean } = setup({
      limits,
      onServed: () => {
        throw violation;
      },
    });
    body.push(event(text('secret answer')));
    expect(await rejection(open())).toBe(violation);
    expect(body.cancelled()).toBe(true);
    clean();
  });
});

describe('after the first content', () => {
  async function opened(more: Partial<OpenStreamOptions<ChatChunk, ChatResponse>> = {}) {
    const made = setup({ limits, ...more });
    made.body.push(event(text('Hel')));
    return { ...made, stream: await made.open() };
  }
  const asStreamError = (error: unknown): StreamError => {
    if (!StreamError.isInstance(error)) throw error;
    return error;
  };

  test('an error event hands out what came before, then a StreamError with it', async () => {
    const { body, stream, clean } = await opened();
    body.push(event(text('lo')) + event({ ...text(''), error: { code: 502, message: 'Provider died' }, usage: { total_tokens: 7, cost: 0.1 } }) + event(text('lost')) + DONE);
    const { chunks, error } = await readAll(stream);
    expect(contents(chunks)).toBe('Hello');
    const streamError = asStreamError(error);
    expect([streamError.reason, streamError.isRetryable, streamError.generationId]).toEqual(['provider', false, 'gen-1']);
    expect(streamError.partial?.usage?.cost).toBe(0.1);
    expect(APIError.isInstance(streamError.cause) && streamError.cause.status).toBe(502);
    expect(await rejection(stream.read())).toBe(error);
    expect(body.cancelled()).toBe(true);
    clean();
  });

  test.each([
    ['truncated', (body: ReturnType<typeof fakeBody>) => body.end()],
    ['truncated', (body: ReturnType<typeof fakeBody>) => body.fail(new TypeError('terminated'))],
    ['malformed', (body: ReturnType<typeof fakeBody>) => body.push('data: oops\n\n')],
    ['too-large', (body: ReturnType<typeof fakeBody>) => body.push(`data: ${'x'.repeat(3000)}`)],
  ] as const)('%s: chunks before the break first, partial in the error', async (reason, act) => {
    const { body, stream, clean } = await opened({ sizes: { maxEventSize: 2000 } });
    body.push(event(text('lo')));
    const first = [...((await stream.read()) ?? []), ...((await stream.read()) ?? [])];
    expect(contents(first)).toBe('Hello');
    act(body);
    const error = asStreamError(await rejection(stream.read()));
    expect([error.reason, error.isRetryable, error.partial?.choices[0]?.message.content]).toEqual([reason, false, 'Hello']);
    clean();
  });

  test('half an event at the end is a truncation, and its text is in no message', async () => {
    const { body, stream } = await opened();
    body.push('data: {"choices":[{"delta":{"content":"private');
    body.end();
    const error = asStreamError((await readAll(stream)).error);
    expect(error.reason).toBe('truncated');
    expect(JSON.stringify(error) + error.stack).not.toContain('private');
  });

  test('idle: comments do not reset it, chunks do, and a slow reader does not spend it', async () => {
    const { body, clock, stream, clean } = await opened();
    await stream.read();
    await clock.advance(10_000);
    body.push(event(text('lo')));
    expect(await stream.read()).toHaveLength(1);
    await clock.advance(10_000);
    const reading = readAll(stream);
    await clock.advance(1500);
    body.push(event(text('!')));
    await clock.advance(1500);
    body.push(': ping\n\n');
    await clock.advance(400);
    body.push(': ping\n\n');
    await clock.advance(100);
    const error = asStreamError((await reading).error);
    expect([error.reason, error.partial?.choices[0]?.message.content]).toEqual(['idle', 'Hello!']);
    expect(TimeoutError.isInstance(error.cause) && error.cause.limitMs).toBe(2000);
    expect(body.cancelled()).toBe(true);
    clean();
  });

  test('the whole stream takes one timer at a time', async () => {
    const { body, clock, stream } = await opened();
    for (let packet = 0; packet < 50; packet += 1) {
      body.push(event(text('x')));
      await stream.read();
      expect(clock.timers()).toBe(1);
    }
    await stream.cancel();
    expect(clock.timers()).toBe(0);
  });

  test('the deadline ends it with what had arrived', async () => {
    const { clock, stream, clean } = await opened({ limits: { deadline: 3000 } });
    await stream.read();
    const reading = rejection(stream.read());
    await clock.advance(3000);
    const error = asStreamError(await reading);
    expect([error.reason, error.isRetryable, error.partial?.choices[0]?.message.content]).toEqual(['deadline', false, 'Hel']);
    clean();
  });

  test('a limit that runs out between two reads is told by the next', async () => {
    const { clock, stream } = await opened({ limits: { deadline: 3000 } });
    await stream.read();
    await clock.advance(3000);
    expect(asStreamError(await rejection(stream.read())).reason).toBe('deadline');
  });

  test('abort rejects a pending read, and later ones, with the reason', async () => {
    const { body, controller, stream, clean } = await opened();
    await stream.read();
    const reading = rejection(stream.read());
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await reading).toBe(reason);
    expect(await rejection(stream.read())).toBe(reason);
    expect(body.cancelled()).toBe(true);
    clean();
  });

  test('abort between opening and the first read rejects it', async () => {
    const { controller, stream, clean } = await opened();
    controller.abort('stop');
    expect(await rejection(stream.read())).toBe('stop');
    clean();
  });

  test('cancel closes at once, ends a pending read quietly, and can be repeated', async () => {
    const { body, stream, clean, sent } = await opened();
    await stream.read();
    const reading = stream.read();
    await stream.cancel();
    expect(await reading).toBeUndefined();
    expect(body.cancelled()).toBe(true);
    expect(sent()?.signal?.aborted).toBe(true);
    await stream.cancel();
    expect(await stream.read()).toBeUndefined();
    clean();
  });

  test('cancel before the first read hands nothing out', async () => {
    const { stream } = await opened();
    await stream.cancel();
    expect(await stream.read()).toBeUndefined();
  });
});
