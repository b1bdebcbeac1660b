import { describe, expect, it } from 'vitest';
import { APIError, InvalidOptionsError, OpenRouterError, PolicyViolationError, StreamError, TimeoutError } from '../../src/index.js';
import { streamRespond } from '../../src/responses/index.js';
import { collect, DONE, failure, fake, json, KEY, openBody, rejection, sse } from '../kit.js';
import { ADDED, call, completed, CREATED, delta, HELLO, message, REQUEST, response } from './kit.js';

const hello = (): Response => sse(...HELLO);
const failed = (error: object, more: object = {}): object => ({ type: 'response.failed', response: { ...response([]), status: 'failed', error, ...more } });

async function brokenBy(reading: AsyncIterable<unknown>): Promise<{ seen: unknown[]; error: unknown }> {
  const seen: unknown[] = [];
  const error = await rejection((async () => {
    for await (const one of reading) seen.push(one);
  })());
  return { seen, error };
}

describe('streamRespond', () => {
  it('sends nothing before the first read, then the body as a stream', async () => {
    const { openrouter, requests } = fake([hello()], { provider: { zdr: true } });
    const stream = streamRespond(openrouter, REQUEST);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(requests).toHaveLength(0);
    expect(await collect(stream)).toEqual(HELLO);
    expect(requests[0]?.body).toEqual({ ...REQUEST, provider: { zdr: true }, stream: true });
  });

  it('gives the text alone, and the whole', async () => {
    const stream = streamRespond(fake([hello()]).openrouter, REQUEST);
    expect(await collect(stream.textStream)).toEqual(['Hel', 'lo']);
    expect(await stream.final()).toMatchObject({
      text: 'Hello', finishReason: 'stop', status: 'completed', usage: { inputTokens: 3 },
      receipt: { id: 'gen-1', served: { model: 'a/b', provider: 'Azure' }, cost: { partial: false }, timing: { firstTokenMs: 0 } },
    });
    expect(stream.receipt).toMatchObject({ served: { provider: 'Azure' } });
  });

  it('starts when awaited, and throws there what kept it from coming', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    body.push(CREATED, ADDED, delta('Hel'));
    const stream = await streamRespond(openrouter, REQUEST);
    expect(stream).not.toHaveProperty('then');
    body.push(delta('lo'), completed('Hello'));
    body.end();
    expect(await collect(stream.textStream)).toEqual(['Hel', 'lo']);
    expect(APIError.isInstance(await rejection(streamRespond(fake([failure(400, 'no')]).openrouter, REQUEST)))).toBe(true);
    expect(InvalidOptionsError.isInstance(await rejection(streamRespond(openrouter, { ...REQUEST, input: [] })))).toBe(true);
    expect(InvalidOptionsError.isInstance(await rejection(streamRespond({ ...openrouter }, REQUEST).final()))).toBe(true);
  });

  it('is read once, in one way', async () => {
    const stream = streamRespond(fake([hello()]).openrouter, REQUEST);
    await collect(stream);
    expect(() => stream.toResponse()).toThrow(OpenRouterError);
  });

  it('opens with the first event that carries something', async () => {
    const body = openBody();
    let open = false;
    const stream = streamRespond(fake([body.response]).openrouter, REQUEST);
    void stream.then(() => {
      open = true;
    });
    body.push(CREATED, { type: 'response.in_progress' }, ADDED, { type: 'response.content_part.added', output_index: 0, content_index: 0, part: { type: 'output_text', text: '' } }, delta(''));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(open).toBe(false);
    body.push(delta('a'));
    await stream;
    expect(open).toBe(true);
    await stream.cancel();
  });

  it.each([
    ['response.failed', failed({ code: 'server_error', message: 'Gone' }, { error_type: 'provider_unavailable' }), 502],
    ['response.failed without a word', failed(Object.assign(Object.create(null), {})), 502],
    ['an error event', { type: 'error', code: 'rate_limit_exceeded', message: 'Slow', param: null }, 429],
    ['an error in an error event', { type: 'error', error: { code: 503, message: 'Busy' } }, 503],
    ['a typed error event', { type: 'response.error', error: { code: 'server_error', message: 'Gone' } }, 500],
    ['an error as on chat', { error: { code: 502, message: 'Provider returned error' } }, 502],
  ])('%s before content is retried, and an APIError where that does not help', async (_, event, status) => {
    const once = fake([sse(CREATED, event), hello()]);
    expect((await streamRespond(once.openrouter, REQUEST).final()).text).toBe('Hello');
    expect(once.requests).toHaveLength(2);
    const error = await rejection(streamRespond(fake([sse(CREATED, ADDED, event)], { retry: false }).openrouter, REQUEST).final());
    expect(APIError.isInstance(error) && [error.status, error.generationId, error.isRetryable]).toEqual([status, 'gen-1', true]);
    // even as the very first event
    expect(APIError.isInstance(await rejection(streamRespond(fake([sse(event)], { retry: false }).openrouter, REQUEST)))).toBe(true);
  });

  it('an error after content is a StreamError with what had arrived, for the reader and for final', async () => {
    const { openrouter, requests } = fake([sse(CREATED, ADDED, delta('Hel'), { type: 'response.output_item.added', output_index: 1, item: call('', { status: 'in_progress' }) },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"a":' }, failed({ code: 'server_error', message: 'Gone' }))]);
    const stream = streamRespond(openrouter, REQUEST);
    const { seen, error } = await brokenBy(stream);
    expect(seen).toHaveLength(5);
    expect(await rejection(stream.final())).toBe(error);
    expect(StreamError.isInstance(error) && [error.reason, error.isRetryable, error.generationId]).toEqual(['provider', false, 'gen-1']);
    expect(StreamError.isInstance(error) && error.partial).toMatchObject({
      id: 'gen-1', model: 'a/b', choices: [{ finish_reason: null, message: { content: 'Hel', tool_calls: [{ id: 'call_1', function: { arguments: '{"a":' } }] } }],
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hel' }] }, { type: 'function_call', arguments: '{"a":' }],
    });
    expect(StreamError.isInstance(error) && error.receipt).toMatchObject({ id: 'gen-1', served: { model: 'a/b' }, usage: { inputTokens: 3 } });
    expect(requests).toHaveLength(1);
  });

  it('an end without an ending is a truncation, with [DONE] it is none', async () => {
    const cut = fake([() => new Response([CREATED, ADDED, delta('Hel')].map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), { headers: { 'content-type': 'text/event-stream' } })]);
    const { error } = await brokenBy(streamRespond(cut.openrouter, REQUEST));
    expect(StreamError.isInstance(error) && [error.reason, error.partial?.choices[0]?.message.content]).toEqual(['truncated', 'Hel']);
    const unfinished = await streamRespond(fake([sse(CREATED, ADDED, delta('Hel'))]).openrouter, REQUEST).final();
    expect(unfinished).toMatchObject({ text: 'Hel', finishReason: null, status: 'in_progress' });
    for (const type of ['completed', 'incomplete']) {
      const body = openBody();
      body.push(CREATED, delta('Hi'), { type: `response.${type}`, response: response([message('Hi')], { status: type }) });
      body.end();
      expect((await streamRespond(fake([body.response]).openrouter, REQUEST).final()).status).toBe(type);
    }
  });

  it('a silence within the answer is an idle break', async () => {
    const body = openBody();
    const timers: (() => void)[] = [];
    let now = 0;
    const effects = { now: () => now, timer: (_ms: number, callback: () => void) => (timers.push(callback), () => {}) };
    const { openrouter } = fake([body.response], { idleTimeout: 100, effects, retry: false });
    body.push(CREATED, delta('Hel'));
    const stream = await streamRespond(openrouter, REQUEST);
    const final = rejection(stream.final());
    await new Promise((resolve) => setTimeout(resolve, 0));
    body.raw(': keep-alive\n\n');
    await new Promise((resolve) => setTimeout(resolve, 0));
    now = 101;
    timers.forEach((callback) => callback());
    const error = await final;
    expect(StreamError.isInstance(error) && [error.reason, TimeoutError.isInstance(error.cause), error.partial?.choices[0]?.message.content]).toEqual(['idle', true, 'Hel']);
  });

  it('a whole JSON answer is a stream of one event', async () => {
    const stream = streamRespond(fake([json(response([message('Hello')]))]).openrouter, REQUEST);
    expect(await collect(stream.textStream)).toEqual(['Hello']);
    expect((await stream.final()).response).toEqual(response([message('Hello')]));
    const cut = response([message('Hel')], { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
    expect(await collect(streamRespond(fake([json(cut)]).openrouter, REQUEST))).toEqual([{ type: 'response.incomplete', response: cut }]);
  });

  it('leaving the loop closes the connection, and final tells what had arrived', async () => {
    const body = openBody();
    const { openrouter } = fake([body.response]);
    body.push(CREATED, ADDED, delta('Hel'));
    const stream = streamRespond(openrouter, REQUEST);
    for await (const event of stream) if (event.type === 'response.output_text.delta') break;
    expect(body.cancelled()).toBe(true);
    const error = await rejection(stream.final());
    expect(StreamError.isInstance(error) && error.partial?.output).toMatchObject([{ type: 'message', content: [{ text: 'Hel' }] }]);
  });

  it('an abort rejects with the reason of the signal', async () => {
    const body = openBody();
    const controller = new AbortController();
    const { openrouter } = fake([body.response]);
    body.push(CREATED, delta('Hel'));
    const stream = streamRespond(openrouter, REQUEST, { signal: controller.signal });
    const reason = new Error('enough');
    const { seen, error } = await brokenBy((async function* () {
      for await (const event of stream) {
        yield event;
        controller.abort(reason);
      }
    })());
    expect(seen.length).toBeGreaterThan(0);
    expect(error).toBe(reason);
    expect(body.cancelled()).toBe(true);
  });

  it('passes events on, with a break as a last event, and never the key', async () => {
    const passed = streamRespond(fake([hello()]).openrouter, REQUEST).toResponse({ headers: { 'x-own': '1' } });
    expect([passed.headers.get('content-type'), passed.headers.get('x-own')]).toEqual(['text/event-stream; charset=utf-8', '1']);
    const { openrouter_metadata: _router, ...end } = response([message('Hello')]);
    const sent = (await passed.text()).split(': waypost-receipt ');
    expect(sent[0]).toBe([...HELLO.slice(0, -1), { type: 'response.completed', response: end }].map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    expect(sent[1]).toMatch(/^\{"id":"gen-1",.*"served":\{"model":"a\/b","provider":"Azure".*\}\n\ndata: \[DONE\]\n\n$/);
    const broken = await streamRespond(fake([sse(CREATED, delta('Hel'), { type: 'error', error: { code: 429, message: `Slow ${KEY}` } })]).openrouter, REQUEST).toResponse().text();
    expect(broken).toContain('data: {"type":"error","code":"rate_limit_exceeded","message":"Slow [redacted]","param":null,"error":{"code":429,');
    expect(broken.endsWith(DONE)).toBe(true);
    expect(broken).not.toContain(KEY);
    // what was passed on is read as what came
    const again = fake([() => new Response(broken, { headers: { 'content-type': 'text/event-stream' } })]);
    const { error } = await brokenBy(streamRespond(again.openrouter, REQUEST));
    expect(StreamError.isInstance(error) && APIError.isInstance(error.cause) && error.cause.status).toBe(429);
  });

  it('keeps back what the events repeat of the request, and the router\'s account of it', async () => {
    const said = { instructions: 'hush', tools: [{ type: 'function', name: 'hush' }], metadata: { customer: 'hush' }, user: 'hush', temperature: 1 };
    const events = [
      { ...CREATED, response: { ...CREATED.response, ...said }, openrouter_metadata: { hush: true } },
      { type: 'response.debug', sequence_number: 1, debug: { echo_upstream_body: 'hush' }, body: 'hush' },
      { type: 'response.in_progress', response: null },
      { ...delta('Hello'), debug: 'hush' },
      { type: 'response.completed', response: response([message('Hello')], said) },
    ];
    const sent = await streamRespond(fake([sse(...events)]).openrouter, REQUEST).toResponse().text();
    expect(sent).not.toContain('hush');
    expect(sent).not.toContain('openrouter_metadata');
    expect(sent).toContain('data: {"type":"response.debug","sequence_number":1}\n\ndata: {"type":"response.in_progress","response":null}\n\n');
    const again = await streamRespond(fake([() => new Response(sent, { headers: { 'content-type': 'text/event-stream' } })]).openrouter, REQUEST).final();
    expect(again).toMatchObject({ text: 'Hello', finishReason: 'stop', usage: { totalTokens: 5 }, response: { temperature: 1 } });
  });

  it('sends no receipt where receipts are off', async () => {
    expect(await streamRespond(fake([hello()], { receipt: 'off' }).openrouter, REQUEST).toResponse().text()).not.toContain('waypost-receipt');
  });

  it('verifies the model before content, and the provider once the router has told', async () => {
    const other = [{ ...CREATED, response: { ...CREATED.response, model: 'x/y' } }, ...HELLO.slice(1, -1), { type: 'response.completed', response: response([message('Hello')], { model: 'x/y' }) }];
    const early = fake([sse(...other)], { allowedModels: ['a/*'], verify: 'throw' });
    const stopped = await brokenBy(streamRespond(early.openrouter, REQUEST));
    expect([stopped.seen, PolicyViolationError.isInstance(stopped.error)]).toEqual([[], true]);
    const body = openBody();
    body.push(...HELLO.slice(0, -1));
    const open = await streamRespond(fake([body.response], { provider: { only: ['openai'] }, verify: 'throw' }).openrouter, REQUEST);
    body.push(HELLO.at(-1));
    body.end();
    const late = await brokenBy(open);
    expect([late.seen.length, PolicyViolationError.isInstance(late.error)]).toEqual([HELLO.length, true]);
    const kept = streamRespond(fake([hello()], { provider: { only: ['azure'] }, verify: 'strict' }).openrouter, REQUEST);
    expect((await kept.final()).receipt?.verdict).toEqual({ overall: 'kept', guardrails: { only: { verdict: 'kept' } } });
  });

  it('fails over before content', async () => {
    const { openrouter, requests } = fake([sse(CREATED, failed({ code: 'server_error', message: 'Gone' })), hello()], { retry: false });
    const { receipt } = await streamRespond(openrouter, { model: 'm/0', models: ['m/1', 'm/2', 'm/3', 'm/4'], input: 'hi' }).final();
    expect(requests).toHaveLength(2);
    expect(receipt).toMatchObject({ fallbackUsed: true, attempts: [{ outcome: 'error', generationId: 'gen-1' }, { outcome: 'ok', generationId: 'gen-1' }] });
  });
});
