import { presets } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createPolicyFetch, type Fetch, type PolicyFetchOptions } from '../src/policy-fetch.js';
import { answer, chunk, event, failure, HELLO, json, KEY, openBody, rejection, sse, text } from './kit.js';

const BASE = 'https://openrouter.ai/api/v1';
const CHAT = `${BASE}/chat/completions`;
const ASK = { model: 'a/b', messages: [{ role: 'user', content: 'hi' }] };
const ZDR: PolicyFetchOptions = { provider: { zdr: true } };

interface Sent {
  readonly input: string | URL | Request;
  readonly init: RequestInit | undefined;
}

interface Stage {
  readonly policyFetch: Fetch;
  readonly sent: Sent[];
  /** The body that went out with one request, parsed. */
  readonly body: (at?: number) => Record<string, unknown>;
  readonly headers: (at?: number) => Record<string, string>;
}

function stage(options: PolicyFetchOptions = {}, ...replies: readonly ((init: RequestInit | undefined) => Response | Promise<Response>)[]): Stage {
  const sent: Sent[] = [];
  const policyFetch = createPolicyFetch({
    fetch: async (input, init) => {
      sent.push({ input, init });
      const reply = replies[Math.min(sent.length, replies.length) - 1];
      return reply ? reply(init) : json(answer());
    },
    ...options,
  });
  const at = (i: number): Sent => {
    const one = sent[i];
    if (one === undefined) throw new Error(`only ${sent.length} were sent`);
    return one;
  };
  return {
    policyFetch,
    sent,
    body: (i = 0) => JSON.parse(textOf(at(i).init)) as Record<string, unknown>,
    headers: (i = 0) => {
      const { input, init } = at(i);
      return Object.fromEntries(new Headers(init?.headers ?? (typeof input === 'object' && 'headers' in input ? input.headers : undefined)));
    },
  };
}

const textOf = (init: RequestInit | undefined): string => (typeof init?.body === 'string' ? init.body : '');
const post = (body: unknown = ASK, headers: Record<string, string> = { authorization: 'Bearer sdk' }): RequestInit => ({ method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const errorOf = async (response: Response): Promise<Record<string, unknown>> => ((await response.json()) as { error: Record<string, unknown> }).error;

describe('what is not for the API passes as it is, without the key', () => {
  it.each([
    'https://api.example/v1/chat/completions',
    'https://openrouter.ai.evil.example/api/v1/chat/completions',
    'https://evilopenrouter.ai/api/v1/chat/completions',
    'https://openrouter.ai@evil.example/api/v1/chat/completions',
    'https://openrouter.ai/docs/api/v1/models',
    'https://openrouter.ai/messages',
    'https://openrouter.ai/api/v1/../../login',
    'https://openrouter.ai/api/v1/%2e%2e/%2e%2e/login',
    'https://openrouter.ai/login?next=/api/v1/chat/completions',
    'https://openrouter.ai/login#/api/v1/chat/completions',
    'data:,',
    '/chat/completions',
  ])('%s', async (url) => {
    const { policyFetch, sent } = stage({ ...ZDR, apiKey: KEY, appTitle: 'Site' });
    const init = post({ ...ASK, provider: { zdr: false } });
    await policyFetch(url, init);
    expect(sent).toEqual([{ input: url, init }]);
    expect(sent[0]?.init).toBe(init);
    if (!URL.canParse(url)) return;
    const parsed = new URL(url);
    await policyFetch(parsed);
    expect(sent[1]).toEqual({ input: parsed, init: undefined });
  });
});

describe('what a server may read as a route is refused, and never gets the key', () => {
  it.each([
    'https://openrouter.ai/api/v1/%63hat/completions',
    'https://openrouter.ai/api/v1/%2563hat/completions',
    'https://openrouter.ai/api/v1/chat%2Fcompletions',
    'https://openrouter.ai/api/%76%31/chat/completions',
    'https://openrouter.ai/api//v1/chat/completions',
    'https://openrouter.ai//api/v1/chat/completions',
    'https://openrouter.ai/API/v1/chat/completions',
    'https://openrouter.ai/api/v1/chat/completions/',
    'https://openrouter.ai/api/v1/x/..%2f/chat/completions',
    'https://openrouter.ai/api/v1/x%5c..%5cchat/completions',
    'https://user:pass@openrouter.ai/api/v1/chat/completions',
    'https://eu.openrouter.ai/api/v1/chat/completions',
    'https://openrouter.ai/api/alpha//decisions',
    'http://openrouter.ai/api/v1/chat/completions',
    'https://openrouter.ai./api/v1/chat/completions',
    'https://openrouter.ai:8443/api/v1/chat/completions',
    'https://www.openrouter.ai/api/v1/chat/completions',
    'https://openrouter.ai/api/v2/chat/completions',
    'https://openrouter.ai/api/beta/responses',
    'https://openrouter.ai/api/v1x/chat/completions',
    'https://openrouter.ai/api/v1;x/chat/completions',
    'https://openrouter.ai/api%3Bx/v1/chat/completions',
    'https://openrouter.ai/api/v1/chat;x=/completions',
  ])('%s', async (url) => {
    const { policyFetch, sent } = stage({ ...ZDR, apiKey: KEY });
    const response = await policyFetch(url, post());
    expect([response.status, response.headers.get('x-should-retry')]).toEqual([400, 'false']);
    expect(sent).toEqual([]);
    await policyFetch(url);
    const free = stage({ apiKey: KEY });
    await free.policyFetch(url, post());
    expect(JSON.stringify([sent, free.sent])).not.toContain(KEY);
    expect(free.sent).toHaveLength(1);
  });

  it.each(['/images/edits', '/responses/resp_1/cancel', '/moderations', '/chat', '/videos/v1/remix', '/classifications/task', '/alpha/other', '/batches'])('so is a route that nobody knows: %s', async (path) => {
    const url = path.startsWith('/alpha') ? `https://openrouter.ai/api${path}` : BASE + path;
    const { policyFetch, sent } = stage(ZDR);
    const response = await policyFetch(url, post());
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ type: 'policy_conflict', param: 'path' });
    expect(sent).toEqual([]);
    const free = stage();
    const init = post();
    await free.policyFetch(url, init);
    expect(free.sent).toEqual([{ input: url, init }]);
  });

  it.each(['PUT', 'PATCH', 'patch', 'QUERY'])('and a known one by another method: %s', async (method) => {
    const { policyFetch, sent } = stage(ZDR);
    expect((await policyFetch(CHAT, { ...post(), method })).status).toBe(400);
    expect(sent).toEqual([]);
  });
});

it('enforces what its options build on as what they say themselves', async () => {
  const { policyFetch, sent } = stage({ extends: [presets.private, { region: 'eu' }] });
  const EU = 'https://eu.openrouter.ai/api/v1';
  expect(await errorOf(await policyFetch(`${EU}/moderations`, post()))).toMatchObject({ param: 'path' });
  expect(await errorOf(await policyFetch(CHAT, post()))).toMatchObject({ param: 'region' });
  expect(sent).toEqual([]);
  expect((await policyFetch(`${EU}/chat/completions`, post())).status).toBe(200);
  expect(() => createPolicyFetch({ extends: { region: 'eu' }, baseURL: 'https://gateway.example/v1' })).toThrow(expect.objectContaining({ code: 'policy_conflict', field: 'region' }));
});

it.each(['x-http-method-override', 'X-HTTP-Method', 'x-method-override'])('a method that a header puts in place of another is no reading: %s', async (name) => {
  const { policyFetch, sent } = stage(ZDR);
  for (const method of ['GET', 'DELETE']) expect((await policyFetch(CHAT, { method, headers: { [name]: 'POST' } })).status).toBe(400);
  expect(sent).toEqual([]);
});

it.each(['model=c/d', 'models[]=c/d', 'provider%5Bzdr%5D=false', 'beta=true&Model=c/d', '_method=PUT'])('a query that says what the body says is refused: %s', async (query) => {
  const { policyFetch, sent } = stage(ZDR);
  expect(await errorOf(await policyFetch(`${CHAT}?${query}`, post()))).toMatchObject({ type: 'invalid_options', param: 'url' });
  expect(sent).toEqual([]);
  await policyFetch(`${BASE}/messages?beta=true`, post({ ...ASK, max_tokens: 5 }));
  const free = stage();
  await free.policyFetch(`${CHAT}?${query}`, post());
  expect([sent[0]?.input, free.sent[0]?.input]).toEqual([`${BASE}/messages?beta=true`, `${CHAT}?${query}`]);
});

it('moves nothing to a region in silence', async () => {
  const { policyFetch, sent } = stage({ region: 'eu' });
  expect(await errorOf(await policyFetch(CHAT, post()))).toMatchObject({ param: 'region', message: expect.stringContaining('https://eu.openrouter.ai/api/v1') });
  expect(sent).toEqual([]);
  await policyFetch('https://eu.openrouter.ai/api/v1/chat/completions', post());
  expect(sent.map(({ input }) => input)).toEqual(['https://eu.openrouter.ai/api/v1/chat/completions']);
  expect(() => createPolicyFetch({ region: 'eu', baseURL: 'https://gateway.example/v1' })).toThrow(expect.objectContaining({ code: 'policy_conflict', field: 'region' }));
  expect(() => createPolicyFetch({ provider: { zdr: 'yes' as unknown as boolean } })).toThrow(expect.objectContaining({ code: 'invalid_options' }));
});

describe('however the request is given', () => {
  const bytes = new TextEncoder().encode(JSON.stringify(ASK));
  const streamed = (): ReadableStream<Uint8Array> => new ReadableStream({ start(controller) {
    controller.enqueue(bytes.slice(0, 7));
    controller.enqueue(bytes.slice(7));
    controller.close();
  } });
  const half = { duplex: 'half' } as object;
  const headers = { authorization: 'Bearer sdk' };

  it.each<[string, () => [string | URL | Request, RequestInit?]]>([
    ['text', () => [CHAT, post()]],
    ['a URL', () => [new URL(CHAT), post()]],
    ['bytes', () => [CHAT, { method: 'POST', headers, body: bytes }]],
    ['a buffer', () => [CHAT, { method: 'POST', headers, body: bytes.slice().buffer }]],
    ['a blob', () => [CHAT, { method: 'post', headers, body: new Blob([bytes]) }]],
    ['a stream', () => [CHAT, { method: 'POST', headers, body: streamed(), ...half }]],
    ['a Request', () => [new Request(CHAT, post())]],
    ['a Request of a stream', () => [new Request(CHAT, { method: 'POST', headers, body: streamed(), ...half })]],
    ['a Request whose body is replaced', () => [new Request(CHAT, post({ model: 'evil/evil', messages: [] })), { body: JSON.stringify(ASK) }]],
    ['headers as pairs', () => [CHAT, { ...post(), headers: [['Authorization', 'Bearer sdk'], ['Content-Length', '5']] }]],
  ])('%s', async (_, given) => {
    const { policyFetch, sent, body, headers: out } = stage(ZDR);
    const response = await policyFetch(...given());
    expect(await response.json()).toEqual(answer());
    expect(body()).toEqual({ ...ASK, provider: { zdr: true } });
    expect(sent[0]).toMatchObject({ input: CHAT, init: { method: 'POST', redirect: 'manual' } });
    expect(out()).toMatchObject({ authorization: 'Bearer sdk', 'content-type': 'application/json' });
    expect(out()).not.toHaveProperty('content-length');
  });

  it('hands on what only the platform understands', async () => {
    const { policyFetch, sent } = stage(ZDR);
    await policyFetch(`${CHAT}?beta=true`, { ...post(), keepalive: true, ...({ dispatcher: 7 } as object) });
    expect(sent[0]).toMatchObject({ input: `${CHAT}?beta=true`, init: { keepalive: true, dispatcher: 7 } });
  });

  it.each<[string, RequestInit]>([
    ['no JSON', post('{"model":')],
    ['a list', post([ASK])],
    ['nothing', { method: 'POST' }],
    ['a form on a route of JSON', { method: 'POST', body: new FormData() }],
    ['parameters', { method: 'POST', body: new URLSearchParams({ model: 'a/b' }) }],
    ['a packed body', post(ASK, { 'content-encoding': 'gzip' })],
    ['a stream flag that is neither', post({ ...ASK, stream: 'yes' })],
    ['a provider that is none', post({ ...ASK, provider: 'azure' })],
    ['a key that is missing', post(ASK, {})],
  ])('refuses %s, and does not quote it', async (_, init) => {
    const { policyFetch, sent } = stage(ZDR);
    const response = await policyFetch(CHAT, init);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('hi');
    expect(sent).toEqual([]);
  });

  it('knows no key but the one that it is given', async () => {
    const { policyFetch, headers: out, sent } = stage({ ...ZDR, apiKey: KEY });
    await policyFetch(CHAT, post(ASK, { authorization: 'Bearer sdk', 'x-api-key': 'sdk' }));
    await policyFetch(`${BASE}/models`, { headers: { authorization: 'Bearer sdk' } });
    await policyFetch(new Request(`${BASE}/key`, { headers: { authorization: 'Bearer sdk', 'x-a': 'b' } }));
    expect([out(0), out(1)].map(({ authorization, 'x-api-key': other }) => [authorization, other])).toEqual([[`Bearer ${KEY}`, undefined], [`Bearer ${KEY}`, undefined]]);
    expect(sent.map(({ input, init }) => init?.redirect ?? (typeof input === 'object' && 'redirect' in input ? input.redirect : undefined))).toEqual(['manual', 'manual', 'manual']);
    const third = sent[2]?.input as Request;
    expect([third.headers.get('authorization'), third.headers.get('x-a')]).toEqual([`Bearer ${KEY}`, 'b']);
  });

  it('does not follow a redirect with the prompt', async () => {
    const { policyFetch, sent } = stage(ZDR, () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }));
    const response = await policyFetch(CHAT, post());
    expect([response.status, response.headers.get('x-should-retry'), sent.length]).toEqual([502, 'false', 1]);
  });

  it('ends with the signal, before and after', async () => {
    const { policyFetch, sent } = stage(ZDR, (init) => new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))));
    const reason = new Error('enough');
    expect(await rejection(policyFetch(CHAT, { ...post(), signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(sent).toEqual([]);
    const controller = new AbortController();
    const pending = policyFetch(CHAT, { ...post(), signal: controller.signal });
    setTimeout(() => controller.abort(reason), 0);
    expect(await rejection(pending)).toBe(reason);
    const never = policyFetch(CHAT, { ...post(), body: new ReadableStream(), signal: AbortSignal.abort(reason), ...half });
    expect(await rejection(never)).toBe(reason);
  });
});

describe('unknown preferences', () => {
  it('are refused, unless they are let through', async () => {
    const { policyFetch, sent } = stage(ZDR);
    expect((await policyFetch(CHAT, post({ ...ASK, provider: { brand_new: 1 } }))).status).toBe(400);
    expect(sent).toEqual([]);
    const lenient = stage({ ...ZDR, allowUnknownPreferences: true });
    await lenient.policyFetch(CHAT, post({ ...ASK, provider: { brand_new: 1 } }));
    expect(lenient.body()).toMatchObject({ provider: { zdr: true, brand_new: 1 } });
  });

  it('cached answers under zero retention are refused', async () => {
    const { policyFetch, sent } = stage(ZDR);
    expect(await errorOf(await policyFetch(CHAT, post(ASK, { authorization: 'Bearer sdk', 'X-OpenRouter-Cache': 'true' })))).toMatchObject({ param: 'provider.zdr' });
    expect(sent).toEqual([]);
  });
});

describe('answers', () => {
  it('are handed on to the byte', async () => {
    const raw = '  {"id":"gen-1", "choices":[{"message":{"content":"ü"}}], "big":12345678901234567890, "one":1.0}\n';
    const { policyFetch } = stage({}, () => new Response(raw, { status: 200, headers: { 'content-type': 'application/json', 'x-generation-id': 'gen-1' } }));
    const response = await policyFetch(CHAT, post());
    expect(await response.text()).toBe(raw);
    expect([response.status, response.headers.get('x-generation-id')]).toEqual([200, 'gen-1']);
  });

  it('with an error beside something of the answer stay as they are', async () => {
    const body = answer({ content: 'So far' }, { error: { code: 502, message: 'it broke' } });
    const response = await stage({}, () => json(body)).policyFetch(CHAT, post());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(body);
  });

  it.each([
    [{ error: { code: 429, message: 'Slow down' } }, 429, 'true'],
    [{ error: { code: '402', message: 'No credits' } }, 402, 'false'],
    [{ error: { message: 'Something' } }, 502, 'false'],
    [{ error: 'plain words' }, 502, 'false'],
    [{ choices: [{ error: { code: 503, message: 'Nobody' }, message: { role: 'assistant', content: '' } }] }, 503, 'true'],
    [{ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } }, 429, 'true'],
    [{ object: 'response', status: 'failed', output: [], error: { code: 'server_error', message: 'Oops' } }, 500, 'true'],
  ])('that hold only an error get its status: %j', async (body, status, retry) => {
    const response = await stage({}, () => json(body)).policyFetch(CHAT, post());
    expect([response.status, response.headers.get('x-should-retry')]).toEqual([status, retry]);
    expect(await errorOf(response)).toMatchObject({ code: expect.any(Number), message: expect.any(String), type: expect.any(String) });
  });

  it('that are no JSON are an error', async () => {
    const response = await stage({}, () => new Response('<html>Bad gateway</html>', { headers: { 'content-type': 'text/html' } })).policyFetch(CHAT, post());
    expect([response.status, (await errorOf(response))['message']]).toEqual([502, expect.stringContaining('instead of JSON')]);
  });

  it('keep what a failure said, but for keys', async () => {
    const response = await stage({ apiKey: KEY }, () => failure(429, `no more for ${KEY}`, { retry_after_seconds: 3, provider_name: 'Acme' })).policyFetch(CHAT, post());
    expect([response.status, response.headers.get('retry-after-ms')]).toEqual([429, '3000']);
    expect(await errorOf(response)).toMatchObject({ code: 429, message: 'no more for [redacted]', metadata: { provider_name: 'Acme' } });
  });

  it('that make something are not to be made again', async () => {
    const response = await stage({}, () => json({ error: { code: 503, message: 'Nobody' } })).policyFetch(`${BASE}/images`, post({ model: 'a/b', prompt: 'x' }));
    expect([response.status, response.headers.get('x-should-retry')]).toEqual([503, 'false']);
  });

  it('that never came are what the platform threw', async () => {
    const broken = new TypeError('fetch failed');
    expect(await rejection(stage({}, () => Promise.reject(broken)).policyFetch(CHAT, post()))).toBe(broken);
    const late = stage({ timeout: 5 }, () => new Promise(() => {}));
    expect((await late.policyFetch(CHAT, post())).status).toBe(504);
  });
});

describe('receipts and verification', () => {
  it('are told for JSON', async () => {
    const receipts: unknown[] = [];
    const { policyFetch } = stage({ ...ZDR, hooks: { onReceipt: (receipt) => receipts.push(receipt) } });
    await policyFetch(CHAT, post({ ...ASK, provider: { zdr: false } }));
    expect(receipts).toMatchObject([{ id: 'gen-1', requested: ['a/b'], served: { model: 'a/b', provider: 'Acme' }, cost: { total: 0.00001 }, overruled: [{ field: 'zdr', layer: 'request' }] }]);
  });

  it.each([['a whole answer', () => json(answer({}, { provider: 'OpenAI' })), ASK], ['a stream', () => sse(chunk({ content: 'Hi' }, { provider: 'OpenAI' })), { ...ASK, stream: true }]])('refuse %s of a provider that is ignored', async (_, reply, ask) => {
    const policy: PolicyFetchOptions = { provider: { ignore: ['openai'] } };
    const response = await stage({ ...policy, verify: 'throw' }, reply).policyFetch(CHAT, post(ask));
    expect([response.status, response.headers.get('x-should-retry')]).toEqual([403, 'false']);
    expect(await errorOf(response)).toMatchObject({ type: 'policy_violation' });
    expect((await stage(policy, reply).policyFetch(CHAT, post(ask))).status).toBe(200);
  });

  it('refuse bytes that cannot be verified, where everything must be', async () => {
    let cancelled = false;
    const sound = (): Response => new Response(new ReadableStream({ cancel: () => void (cancelled = true) }), { headers: { 'content-type': 'audio/pcm' } });
    const ask = post({ model: 'a/b', input: 'hi' });
    expect((await stage({ allowedModels: ['a/*'], verify: 'strict' }, sound).policyFetch(`${BASE}/audio/speech`, ask)).status).toBe(403);
    expect(cancelled).toBe(true);
    expect((await stage({ allowedModels: ['a/*'], verify: 'throw' }, sound).policyFetch(`${BASE}/audio/speech`, ask)).status).toBe(200);
  });
});

describe('long chains', () => {
  const models = ['c/c', 'd/d', 'e/e', 'f/f'];

  it('go out in windows, on to the next after a failure, of whatever kind', async () => {
    const told: unknown[] = [];
    const { policyFetch, body, sent } = stage({ models, hooks: { onAttempt: ({ models: named, outcome }) => told.push([named.length, outcome]) } }, () => sse({ error: { code: 503, message: 'Nobody' } }), HELLO);
    const response = await policyFetch(CHAT, post({ ...ASK, stream: true }));
    expect(await response.text()).toContain('[DONE]');
    expect(sent.map((_, i) => [body(i)['model'], body(i)['models'], body(i)['stream']])).toEqual([['a/b', ['c/c', 'd/d'], true], ['e/e', ['f/f'], true]]);
    expect(told).toEqual([[3, 'error'], [2, 'ok']]);
  });

  it('are refused where there is to be no failover', async () => {
    const { policyFetch, sent } = stage({ models, failover: false });
    expect(await errorOf(await policyFetch(CHAT, post()))).toMatchObject({ param: 'models' });
    expect(sent).toEqual([]);
  });
});

describe('streams', () => {
  it('are the same bytes in the same packets, one read for one read', async () => {
    let pulls = 0;
    const packets = [': OPENROUTER PROCESSING\n\n', event(text('a')), event(text('b')).slice(0, 9), event(text('b')).slice(9), 'data: [DONE]\n\n'];
    const source = new ReadableStream<Uint8Array>({ pull(controller) {
      const packet = packets[pulls];
      pulls += 1;
      if (packet === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(packet));
    } }, { highWaterMark: 0 });
    const response = await stage(ZDR, () => new Response(source, { headers: { 'content-type': 'text/event-stream' } })).policyFetch(CHAT, post({ ...ASK, stream: true }));
    // the first event has been looked at, and nothing more was asked for
    expect(pulls).toBe(2);
    const reader = response.body?.getReader();
    const got: string[] = [];
    for (let i = 0; i < packets.length; i += 1) {
      got.push(new TextDecoder().decode((await reader?.read())?.value));
      expect(pulls).toBe(Math.max(2, i + 1));
    }
    expect(got).toEqual(packets);
    expect((await reader?.read())?.done).toBe(true);
  });

  it('are closed when they are left, and break when the signal aborts', async () => {
    const left = openBody();
    left.push(text('a'));
    await (await stage({}, () => left.response).policyFetch(CHAT, post({ ...ASK, stream: true }))).body?.cancel();
    expect(left.cancelled()).toBe(true);

    const controller = new AbortController();
    const aborted = openBody();
    aborted.push(text('a'));
    const response = await stage({}, () => aborted.response).policyFetch(CHAT, { ...post({ ...ASK, stream: true }), signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await rejection(reader?.read() ?? Promise.resolve())).toBe(reason);
    expect(aborted.cancelled()).toBe(true);
  });

  it('break as their source breaks', async () => {
    const body = openBody();
    body.push(text('a'));
    const response = await stage({}, () => body.response).policyFetch(CHAT, post({ ...ASK, stream: true }));
    const reader = response.body?.getReader();
    await reader?.read();
    const broken = new TypeError('terminated');
    body.fail(broken);
    expect(await rejection(reader?.read() ?? Promise.resolve())).toBe(broken);
  });

  it('are handed on when no event comes for long, and their first packet is not lost', async () => {
    const fire: (() => void)[] = [];
    const body = openBody();
    const pending = stage({ effects: { timer: (ms, callback) => {
      if (ms === 10_000) fire.push(callback);
      return () => {};
    } } }, () => body.response).policyFetch(CHAT, post({ ...ASK, stream: true }));
    body.raw(': wait\n\n');
    for (let i = 0; fire.length === 0 && i < 50; i += 1) await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    fire[0]?.();
    const reader = (await pending).body?.getReader();
    body.push(text('late'));
    const got = [await reader?.read(), await reader?.read()].map((packet) => new TextDecoder().decode(packet?.value));
    expect(got).toEqual([': wait\n\n', event(text('late'))]);
  });

  it('are handed on when they go on and on without an event, however they begin', async () => {
    for (const filler of [`:${'x'.repeat(30_000)}\n\n`, `\n:${'x'.repeat(30_000)}\n`, `event: ping\nid: ${'x'.repeat(30_000)}\n\n`]) {
      let pulls = 0;
      const source = new ReadableStream<Uint8Array>({ pull(controller) {
        pulls += 1;
        if (pulls > 100) controller.close();
        else controller.enqueue(new TextEncoder().encode(filler));
      } }, { highWaterMark: 0 });
      const { policyFetch } = stage({ sizes: { maxEventSize: 100_000 }, effects: { timer: () => () => {} } }, () => new Response(source, { headers: { 'content-type': 'text/event-stream' } }));
      const response = await policyFetch(CHAT, post({ ...ASK, stream: true }));
      expect(pulls).toBeLessThan(100);
      expect((await response.text()).length).toBe(100 * filler.length);
    }
  });

  it('that end without an event are handed on', async () => {
    const response = await stage({}, () => new Response(': only this\n\n', { headers: { 'content-type': 'text/event-stream' } })).policyFetch(CHAT, post({ ...ASK, stream: true }));
    expect(await response.text()).toBe(': only this\n\n');
  });
});

describe('forms', () => {
  const file = new Blob([Uint8Array.of(1, 2)], { type: 'audio/wav' });
  const form = (...fields: readonly [string, string][]): FormData => {
    const made = new FormData();
    made.append('file', file, 'a.wav');
    for (const [name, value] of fields) made.append(name, value);
    return made;
  };
  const send = (given: FormData, options: PolicyFetchOptions): { answer: Promise<Response>; sent: Sent[] } => {
    const { policyFetch, sent } = stage(options, () => json({ text: 'ok' }));
    return { answer: policyFetch(`${BASE}/audio/transcriptions`, { method: 'POST', headers: { authorization: 'Bearer sdk' }, body: given }), sent };
  };

  it('go out as they were read, with what the layers say', async () => {
    const { answer: pending, sent } = send(form(['model', 'a/b'], ['timestamp_granularities[]', 'word'], ['timestamp_granularities[]', 'segment'], ['stream', 'true']), { allowedModels: ['a/*'], user: 'u1', provider: { options: { openai: { x: 1 } } } });
    expect((await pending).status).toBe(200);
    const out: [string, unknown][] = [];
    const body = sent[0]?.init?.body;
    if (!(body instanceof FormData)) throw new Error('no form was sent');
    body.forEach((value, name) => out.push([name, typeof value === 'string' ? value : value.name]));
    expect(out).toEqual([['file', 'a.wav'], ['model', 'a/b'], ['timestamp_granularities[]', 'word'], ['timestamp_granularities[]', 'segment'], ['stream', 'true'], ['user', 'u1']]);
    expect(new Headers(sent[0]?.init?.headers).has('content-type')).toBe(false);
  });

  it.each<[string, [string, string][], PolicyFetchOptions]>([
    ['a guardrail that the route does not honour', [['model', 'a/b']], { provider: { zdr: true } }],
    ['a model that is not allowed', [['model', 'c/d']], { allowedModels: ['a/*'] }],
    ['two models', [['model', 'a/b'], ['model', 'c/d']], { allowedModels: ['a/*'] }],
    ['no model', [], { allowedModels: ['a/*'] }],
    ['preferences', [['model', 'a/b'], ['provider', '{"zdr":false}']], {}],
    ['preferences in brackets', [['model', 'a/b'], ['provider[only][]', 'x']], {}],
    ['fallbacks', [['model', 'a/b'], ['models[]', 'c/d']], { allowedModels: ['a/*'] }],
    ['a model in brackets', [['model', 'a/b'], ['model[]', 'c/d']], { allowedModels: ['a/*'] }],
    ['a model in another case', [['model', 'a/b'], ['Model', 'c/d']], { allowedModels: ['a/*'] }],
  ])('are refused for %s', async (_, fields, options) => {
    const { answer: pending, sent } = send(form(...fields), options);
    expect((await pending).status).toBe(400);
    expect(sent).toEqual([]);
  });
});
