import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSSE } from '../src/from-sse.js';
import { APIError, InvalidOptionsError, NetworkError, NoRouteError, OpenRouterError, type OpenRouterOptions, StreamError, TimeoutError } from '../src/index.js';
import { answer, chunk, collect, DONE, END, event, failure, fake, HELLO, json, KEY, openBody, rejection, type Reply, REQUEST, sse, text } from './kit.js';

const TYPE = { headers: { 'content-type': 'text/event-stream' } };

/** What a page reads of a server of one's own, in front of these replies of OpenRouter. */
const page = (replies: readonly Reply[], options?: OpenRouterOptions): ReturnType<typeof fromSSE> => fromSSE(fake(replies, options).openrouter.stream(REQUEST).toResponse());

describe('fromSSE', () => {
  it('gives the stream that was sent, receipt and all', async () => {
    const sent = fake([HELLO()]).openrouter.stream(REQUEST);
    const stream = fromSSE(sent.toResponse());
    expect(stream.receipt).toBeUndefined();
    expect(await collect(stream)).toEqual([chunk({ role: 'assistant', content: '' }), text('Hel'), text('lo'), END]);
    const { receipt, ...result } = await stream.final();
    const { receipt: original, ...theirs } = await sent.final();
    expect(result).toEqual(theirs);
    expect(stream.receipt).toBe(receipt);
    expect(receipt).toMatchObject({ id: 'gen-1', served: { provider: 'Acme' }, usage: { totalTokens: 5 }, timing: original?.timing });
  });

  it('gives the text alone, and the whole', async () => {
    expect(await collect(page([HELLO()]).textStream)).toEqual(['Hel', 'lo']);
    expect(await page([HELLO()]).final()).toMatchObject({ text: 'Hello', finishReason: 'stop', usage: { totalTokens: 5 } });
  });

  it('reads nothing before it is read or awaited', async () => {
    const body = openBody();
    const stream = fromSSE(body.response);
    expect(body.response.bodyUsed || body.response.body?.locked).toBe(false);
    body.push(text('Hel'));
    expect(await stream).not.toHaveProperty('then');
    body.push(text('lo'), END);
    body.raw(DONE);
    expect((await stream.final()).text).toBe('Hello');
  });

  it('can be sent on, through any number of hands', async () => {
    const again = fromSSE(fromSSE(page([HELLO()]).toResponse()).toResponse());
    expect(await again.final()).toMatchObject({ text: 'Hello', receipt: { id: 'gen-1' } });
  });

  it('gives the same however the bytes are cut', async () => {
    const bytes = new Uint8Array(await page([sse(text('Grüße '), text('🌊'), END)]).toResponse().arrayBuffer());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (places) => {
        const cuts = [0, ...places.toSorted((a, b) => a - b), bytes.length];
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            cuts.slice(1).forEach((end, i) => controller.enqueue(bytes.slice(cuts[i], end)));
            controller.close();
          },
        });
        expect(await fromSSE(new Response(body, TYPE)).final()).toMatchObject({ text: 'Grüße 🌊', receipt: { id: 'gen-1' } });
      }),
    );
  });

  it('reads other event streams of chat completions too, and whole answers, which have no receipt', async () => {
    expect(await fromSSE(sse(text('Hi'), END)).final()).toMatchObject({ text: 'Hi', receipt: undefined });
    expect(await fromSSE(json(answer())).final()).toMatchObject({ text: 'Hello', receipt: undefined });
  });

  it.each([': waypost-receipt {"cost":', ': waypost-receipt 5', ': waypost-receipt {}', ': waypost-receipt {"cost":null,"timing":0,"verdict":"kept","requested":[]}', ': OPENROUTER PROCESSING', ':'])('passes over the comment %s', async (comment) => {
    const response = new Response(`${comment}\n\n${event(text('Hi'))}${event(END)}${DONE}`, TYPE);
    expect(await fromSSE(response).final()).toMatchObject({ text: 'Hi', receipt: undefined });
  });
});

describe('errors of the other side', () => {
  it.each([
    ['a rate limit', [failure(429, 'slow down', { retry_after_seconds: 3 })], APIError, { status: 429, reason: 'rate-limit', retryAfterMs: 3000, message: 'slow down' }],
    ['no credits', [failure(402, 'Insufficient credits')], APIError, { status: 402, reason: 'credits', isRetryable: false }],
    ['no route', [failure(404, 'Nothing here', { failed_routing_step: 'Filter by Max Price' })], NoRouteError, { status: 404, failedStep: 'Filter by Max Price' }],
    ['an empty stream', [new Response('', TYPE)], StreamError, { reason: 'truncated', partial: undefined, isRetryable: true }],
    ['no connection', [new TypeError('connect ECONNREFUSED 10.1.2.3:443')], NetworkError, { message: 'The stream broke (network_error)' }],
  ] as const)('before content: %s', async (_, replies, type, fields) => {
    const stream = page(replies, { retry: false });
    const error = await rejection(stream);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ ...fields, receipt: { requested: ['a/b'] } });
    expect(await rejection(stream.final())).toBe(error);
    expect(await rejection(collect(stream.textStream))).toBe(error);
    expect(stream.receipt).toMatchObject({ requested: ['a/b'] });
  });

  it('what a provider says to its customer stays there, what it says of the request does not', async () => {
    const raw = JSON.stringify({ error: { message: 'Limit reached in organization org-4711' } });
    const server = fake([failure(429, 'Provider returned error', { raw, provider_name: 'Acme' })], { retry: false }).openrouter.stream(REQUEST);
    const sent = await server.toResponse().text();
    expect(sent).toContain('Acme answered with 429');
    expect(sent).not.toContain('org-4711');
    expect(await rejection(page([failure(400, 'Provider returned error', { raw: 'top_k: at most 40', provider_name: 'Acme' })], { retry: false }))).toMatchObject({ message: 'top_k: at most 40' });
  });

  it('a time limit, and a policy that was not kept', async () => {
    const timer = (_: number, callback: () => void): (() => void) => {
      queueMicrotask(callback);
      return () => {};
    };
    let time = 0;
    const slow = page([() => new Promise<never>(() => {})], { timeout: 5, retry: false, effects: { timer, now: () => (time += 5) } });
    const error = await rejection(slow);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ kind: 'response', limitMs: 5 });
    const violated = await rejection(page([HELLO()], { provider: { only: ['azure'] }, verify: 'throw' }));
    expect(violated).toBeInstanceOf(OpenRouterError);
    expect(violated).toMatchObject({ code: 'policy_violation', receipt: { verdict: { overall: 'violated' } } });
    expect(String(violated)).not.toContain('azure');
  });

  it.each([
    ['the provider fails', 'provider', (body: ReturnType<typeof openBody>) => body.push({ error: { code: 503, message: 'upstream died' }, choices: [{ index: 0, finish_reason: 'error' }] })],
    ['it is cut off', 'truncated', (body: ReturnType<typeof openBody>) => body.end()],
    ['the connection breaks', 'truncated', (body: ReturnType<typeof openBody>) => body.fail(new TypeError('10.1.2.3 terminated'))],
    ['it makes no sense', 'malformed', (body: ReturnType<typeof openBody>) => body.raw('data: {"choices":[\n\n')],
  ])('in the middle, with what had arrived: %s', async (_, reason, act) => {
    const body = openBody();
    const server = await (body.push(text('Hel'), text('lo')), fake([body.response]).openrouter.stream(REQUEST));
    const stream = fromSSE(server.toResponse());
    act(body);
    const seen: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const piece of stream.textStream) seen.push(piece);
    };
    const error = await rejection(loop());
    expect(seen).toEqual(['Hel', 'lo']);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ reason, isRetryable: false, partial: { choices: [{ message: { content: 'Hello' } }] }, receipt: { id: 'gen-1', served: { provider: 'Acme' } } });
    expect(String(error)).not.toContain('10.1.2.3');
    expect(await rejection(stream.final())).toBe(error);
    if (reason === 'provider') expect(error).toMatchObject({ cause: { name: 'APIError', status: 503 } });
  });

  it('no matter what a server claims of an error, it is a typed one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (waypost) => {
        const broken = { error: { code: 502, message: 'x', metadata: { waypost } }, choices: [] };
        expect(OpenRouterError.isInstance(await rejection(fromSSE(sse(text('a'), JSON.parse(JSON.stringify(broken)))).final()))).toBe(true);
      }),
    );
  });
});

describe('responses that are no stream', () => {
  it.each([
    ['a refusal', json({ reason: 'not today' }, { status: 403 }), { status: 403, reason: 'permission' }],
    ['an error of OpenRouter\'s shape', failure(429, 'slow down'), { status: 429, reason: 'rate-limit', message: 'slow down' }],
    ['a page', new Response('<html><title>Log in</title></html>', { headers: { 'content-type': 'text/html' } }), { status: 200, message: expect.stringContaining('Log in') }],
    ['text', new Response('hello', { headers: { 'content-type': 'text/plain' } }), { status: 200, message: 'The server answered with text/plain instead of an event stream' }],
    ['no type', new Response(new Uint8Array([1])), { status: 200, message: 'The server answered with no content type instead of an event stream' }],
    ['JSON of something else', json({ ok: true }), { status: 200 }],
  ])('%s is an APIError', async (_, response, fields) => {
    const stream = fromSSE(response);
    const error = await rejection(stream);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject(fields);
    expect(await rejection(collect(stream))).toBe(error);
  });

  it('no response at all, one that is read, and wrong options are refused', async () => {
    const read = HELLO();
    await read.text();
    const locked = HELLO();
    locked.body?.getReader();
    // What plain JavaScript may give.
    for (const wrong of [undefined, '/chat', {}, read, locked]) expect(() => fromSSE(wrong as Response)).toThrow(InvalidOptionsError);
    expect(() => fromSSE(HELLO(), { idleTimeout: -1 })).toThrow(/idleTimeout/);
  });
});

describe('leaving fromSSE', () => {
  it('closes both connections at once', async () => {
    const body = openBody();
    body.push(text('Hel'), text('lo'));
    const stream = fromSSE(fake([body.response]).openrouter.stream(REQUEST).toResponse());
    for await (const piece of stream.textStream) {
      expect(piece).toBe('Hel');
      break;
    }
    expect(body.cancelled()).toBe(true);
    expect(await rejection(stream.final())).toMatchObject({ name: 'StreamError', reason: 'truncated', partial: { choices: [{ message: { content: 'Hello' } }] } });
  });

  it('closes the response where nothing was read', async () => {
    const body = openBody();
    await fromSSE(body.response).cancel();
    expect(body.cancelled()).toBe(true);
    const late = openBody();
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await rejection(fromSSE(late.response, { signal }))).toMatchObject({ message: 'enough' });
    expect(late.cancelled()).toBe(true);
    const wrong = openBody('text/plain');
    expect(await rejection(fromSSE(wrong.response))).toBeInstanceOf(APIError);
    expect(wrong.cancelled()).toBe(true);
  });

  it('by a signal rejects with its reason', async () => {
    const body = openBody();
    const controller = new AbortController();
    const iterator = fromSSE(body.response, { signal: controller.signal })[Symbol.asyncIterator]();
    body.push(text('a'));
    await iterator.next();
    const next = iterator.next();
    controller.abort(new Error('enough'));
    expect(await rejection(next)).toMatchObject({ message: 'enough' });
    expect(body.cancelled()).toBe(true);
  });

  it('a throw in the loop closes the connection too', async () => {
    const body = openBody();
    body.push(text('a'));
    const { openrouter } = fake([body.response]);
    const loop = async (): Promise<void> => {
      for await (const _ of openrouter.stream(REQUEST)) throw new Error('mine');
    };
    expect(await rejection(loop())).toMatchObject({ message: 'mine' });
    expect(body.cancelled()).toBe(true);
  });
});

it.each([
  ['a whole stream', [HELLO()]],
  ['an error that repeats the key', [failure(401, `The key ${KEY} is unknown`, { raw: KEY })]],
  ['a chunk error that repeats the key', [sse(text('a'), { error: { code: 502, message: `bad ${KEY}`, metadata: { raw: KEY } }, choices: [] })]],
] as const)('the key is never sent to a browser: %s', async (_, replies) => {
  const { openrouter } = fake(replies, { retry: false, headers: { 'x-secret-key': 'hush-hush-hush' } });
  const response = openrouter.stream(REQUEST).toResponse();
  const said = JSON.stringify([...response.headers]) + (await response.text());
  expect(said).not.toContain(KEY);
  expect(said).not.toContain('hush-hush');
});
