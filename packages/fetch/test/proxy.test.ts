import { describe, expect, it } from 'vitest';
import { createProxyHandler, type ProxyOptions } from '../src/proxy.js';
import { answer, chunk, DONE, event, failure, json, KEY, openBody, sse, text } from './kit.js';

interface Seen {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Record<string, unknown>;
}

interface Stage {
  readonly seen: Seen[];
  readonly errors: unknown[];
  readonly ask: (body?: unknown, init?: RequestInit & { url?: string }) => Promise<Response>;
}

const SITE = 'https://site.example';
const ASK = { model: 'a/b', messages: [{ role: 'user', content: 'hi' }] };

function stage(options: ProxyOptions = {}, reply: () => Response | Promise<Response> = () => json(answer())): Stage {
  const seen: Seen[] = [];
  const errors: unknown[] = [];
  const handler = createProxyHandler({
    apiKey: KEY,
    onError: (error) => errors.push(error),
    fetch: async (input, init) => {
      seen.push({ url: typeof input === 'string' ? input : '', headers: Object.fromEntries(new Headers(init?.headers)), body: typeof init?.body === 'string' ? JSON.parse(init.body) : {} });
      return reply();
    },
    ...options,
  });
  return {
    seen,
    errors,
    ask: (body = ASK, { url = '/chat/completions', ...init } = {}) =>
      handler(new Request(`${SITE}${url}`, { method: 'POST', body: typeof body === 'string' || body instanceof ReadableStream ? body : JSON.stringify(body), ...init, headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) } })),
  };
}

const said = async (response: Response): Promise<{ code: number; message: string; type: unknown }> => {
  const { error } = (await response.json()) as { error: { code: number; message: string; metadata?: { error_type?: unknown } } };
  return { code: error.code, message: error.message, type: error.metadata?.error_type };
};

describe('what goes to OpenRouter', () => {
  it('is the body under the policy, with the key of the server and nothing of the page but that', async () => {
    const { ask, seen } = stage({ provider: { zdr: true }, appTitle: 'Site' });
    const response = await ask({ ...ASK, provider: { zdr: false, sort: 'price' }, user: 'somebody else', safety_identifier: 'somebody else', debug: { echo_upstream_body: true } }, {
      headers: { authorization: 'Bearer of-the-page', cookie: 'session=1', 'x-forwarded-for': '1.2.3.4', 'x-openrouter-cache': 'true', 'http-referer': 'https://evil.example', 'x-api-key': 'of-the-page' },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(answer());
    expect(seen).toEqual([{
      url: 'https://openrouter.ai/api/v1/chat/completions',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'x-openrouter-title': 'Site', 'x-openrouter-metadata': 'disabled' },
      body: { ...ASK, provider: { zdr: true, sort: 'price' } },
    }]);
  });

  it('names the user that authorize names, under the policy that it adds', async () => {
    const { ask, seen } = stage({ provider: { max_price: { prompt: 10 } }, authorize: () => ({ user: 'u1', provider: { max_price: { prompt: 2 } }, allowedModels: ['a/*'] }) });
    await ask({ ...ASK, user: 'u2', provider: { max_price: { prompt: 5 } } });
    expect(seen[0]?.body).toMatchObject({ user: 'u1', provider: { max_price: { prompt: 2 } } });
    expect(await said(await ask({ ...ASK, model: 'c/d' }))).toMatchObject({ code: 400, type: 'policy_conflict' });
    expect(seen).toHaveLength(1);
  });

  it('keeps a key named __proto__ a key like any other', async () => {
    const { ask, seen } = stage({ provider: { zdr: true } });
    const response = await ask('{"model":"a/b","messages":[{"role":"user","content":"hi"}],"__proto__":{"provider":{"zdr":false},"zdr":false},"constructor":{"prototype":{"zdr":false}}}');
    expect(response.status).toBe(200);
    expect(seen[0]?.body['provider']).toEqual({ zdr: true });
    expect(({} as Record<string, unknown>)['zdr']).toBeUndefined();
    expect((await ask('{"model":"a/b","messages":[{"role":"user","content":"hi"}],"provider":{"__proto__":{"zdr":false}}}')).status).toBe(400);
    expect(seen).toHaveLength(1);
  });
});

describe('the doors', () => {
  it.each([
    ['/embeddings'], ['/chat/completions/'], ['/chat//completions'], ['/CHAT/completions'], ['/chat%2fcompletions'], ['/chat/completions%00'],
    ['/x/../keys'], ['/%2e%2e/keys'], ['/chat/completions/../../keys'], ['/'], ['/api/v1/chat/completions'], ['//chat/completions'], ['/chat/completions;x'],
  ])('are closed for %s', async (url) => {
    const { ask, seen } = stage({ basePath: '/ai' });
    for (const path of [url, `/ai${url === '/' ? '/x' : url}`]) expect((await ask(ASK, { url: path })).status).toBe(404);
    expect(seen).toEqual([]);
  });

  it('open what is listed, at the base path, whose own path is the first of it', async () => {
    const { ask, seen } = stage({ basePath: '/api/ai', paths: ['/chat/completions', '/embeddings', '/models'] });
    for (const url of ['/api/ai/chat/completions', '/api/ai', '/api/ai/?x=1', '/api/ai/embeddings?stream=true']) expect((await ask({ ...ASK, input: 'x' }, { url })).status).toBe(200);
    expect((await ask(null, { url: '/api/ai/models?category=code', method: 'GET', body: null })).status).toBe(200);
    expect(seen.map(({ url }) => url.replace('https://openrouter.ai/api/v1', ''))).toEqual(['/chat/completions', '/chat/completions', '/chat/completions', '/embeddings', '/models?category=code']);
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD'])('are closed for %s', async (method) => {
    const { ask, seen } = stage();
    const response = await ask(ASK, { method, ...(method === 'GET' || method === 'HEAD' ? { body: null } : {}) });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(seen).toEqual([]);
  });

  it.each([
    ['text/plain', 415], ['application/x-www-form-urlencoded', 415], ['multipart/form-data; boundary=x', 415], ['application/jsonx', 415], ['', 415], ['application/json; charset=utf-8', 200],
  ])('want JSON, and get %j: %i', async (type, status) => {
    expect((await stage().ask(ASK, { headers: { 'content-type': type } })).status).toBe(status);
  });

  it.each(['{', '', '[]', 'null', '"x"', '7'])('want an object, and get %j', async (body) => {
    const { ask, seen } = stage();
    expect((await ask(body)).status).toBe(400);
    expect(seen).toEqual([]);
  });

  it('hold models to the list', async () => {
    const { ask, seen } = stage({ allowedModels: ['a/*'] });
    expect(await said(await ask({ ...ASK, model: 'c/d' }))).toMatchObject({ code: 400, type: 'policy_conflict' });
    expect((await ask({ ...ASK, models: ['c/d'] })).status).toBe(400);
    expect((await ask({ ...ASK, model: '@preset/x' })).status).toBe(400);
    expect((await ask()).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  it('ask authorize who it is, without the body', async () => {
    const bodies: unknown[] = [];
    const answers = ['u1', null, '', new Response('go away', { status: 403 })];
    const { ask, seen } = stage({ authorize: async (request) => {
      bodies.push(request.body, request.headers.get('cookie'));
      return answers.shift() ?? null;
    } });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await ask(ASK, { headers: { cookie: 'session=1' } })).status);
    expect(statuses).toEqual([200, 401, 401, 403]);
    expect(bodies.filter((_, i) => i % 2 === 0)).toEqual([null, null, null, null]);
    expect(seen.map(({ body }) => body['user'])).toEqual(['u1']);
  });

  it.each([[false], [{ user: '' }], [{ user: null }]])('hold %j for nobody', async (who) => {
    const { ask, seen } = stage({ authorize: () => who as unknown as string });
    expect([(await ask()).status, seen]).toEqual([401, []]);
  });

  it.each([[true], [0], [7], [['u1']], [Symbol('u1')], [{ user: 7 }]])('stay closed where authorize says what it may not: %s', async (who) => {
    const { ask, seen, errors } = stage({ authorize: () => who as unknown as string });
    expect([(await ask()).status, seen]).toEqual([500, []]);
    expect(errors).toMatchObject([{ code: 'invalid_options' }]);
  });

  it('give the same refusal as often as it is said, to pages of other origins too', async () => {
    const refusal = new Response('go away', { status: 403, headers: { vary: 'cookie' } });
    const { ask } = stage({ authorize: () => refusal, origins: ['https://app.example'] });
    for (const headers of [{}, { origin: 'https://app.example' }, { origin: 'https://app.example' }]) {
      const response = await ask(ASK, { headers });
      expect([response.status, await response.text(), response.headers.get('vary')]).toEqual([403, 'go away', 'origin' in headers ? 'cookie, origin' : 'cookie']);
    }
    const broken = stage({ authorize: () => Response.error(), origins: '*' });
    expect((await broken.ask(ASK, { headers: { origin: 'https://app.example' } })).status).toBe(500);
  });

  it('say nothing of what goes wrong in authorize, nor of a key that is missing', async () => {
    const broken = stage({ authorize: () => Promise.reject(new Error('database at 10.0.0.1 is down')) });
    expect(await said(await broken.ask())).toEqual({ code: 500, message: 'Something went wrong on the server', type: 'server' });
    expect(broken.errors).toMatchObject([{ message: 'database at 10.0.0.1 is down' }]);
    const wrong = stage({ authorize: () => ({ user: 'u1', provider: { zdr: 'yes' as unknown as boolean } }) });
    expect((await wrong.ask()).status).toBe(500);
    const keyless = stage({ apiKey: () => '' });
    expect((await keyless.ask()).status).toBe(500);
    expect(keyless.errors).toMatchObject([{ code: 'invalid_options' }]);
    expect([broken, wrong, keyless].flatMap(({ seen }) => seen)).toEqual([]);
  });
});

describe('the size of a body', () => {
  const big = JSON.stringify({ ...ASK, padding: 'x'.repeat(2000) });

  it('has a limit', async () => {
    const { ask, seen } = stage({ maxBodySize: 1000 });
    expect(await said(await ask(big))).toMatchObject({ code: 413, type: 'payload_too_large' });
    expect((await ask()).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  it('is counted as it comes, whatever its length is said to be, and reading stops there', async () => {
    let pulls = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(new Uint8Array(400).fill(32));
      },
      cancel() {
        cancelled = true;
      },
    }, { highWaterMark: 0 });
    const { ask, seen } = stage({ maxBodySize: 1000 });
    const response = await ask(body, { headers: { 'content-length': '3' }, ...({ duplex: 'half' } as object) });
    expect([response.status, pulls, cancelled, seen]).toEqual([413, 3, true, []]);
  });

  it('is refused before it is read where it says itself that it is too much', async () => {
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>({ pull: () => void (pulls += 1) }, { highWaterMark: 0 });
    const response = await stage({ maxBodySize: 1000 }).ask(body, { headers: { 'content-length': '1001' }, ...({ duplex: 'half' } as object) });
    expect([response.status, pulls]).toEqual([413, 0]);
  });

  it('ends with the request', async () => {
    const controller = new AbortController();
    const pending = stage().ask(new ReadableStream<Uint8Array>({}), { signal: controller.signal, ...({ duplex: 'half' } as object) });
    controller.abort();
    expect((await pending).status).toBe(499);
  });
});

describe('pages', () => {
  const from = (origin: string, more: Record<string, string> = {}): RequestInit => ({ headers: { origin, ...more } });

  it('of the own origin may ask, and what is no page', async () => {
    const { ask } = stage();
    for (const init of [from(SITE), from('http://other.example', { 'sec-fetch-site': 'same-origin' }), {}]) {
      const response = await ask(ASK, init);
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    }
  });

  it.each(['https://evil.example', 'null', 'https://site.example.evil.example', 'http://site.example', 'https://app.example:8443'])('of %s may not', async (origin) => {
    const { ask, seen } = stage({ origins: ['https://app.example'] });
    for (const init of [from(origin), from(origin, { 'sec-fetch-site': 'cross-site' }), { ...from(origin), method: 'OPTIONS', body: null }]) {
      const response = await ask(ASK, init);
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
    expect(seen).toEqual([]);
  });

  it('of listed origins may, errors included', async () => {
    const { ask } = stage({ origins: ['https://app.example'], credentials: true });
    for (const body of [ASK, '{']) {
      const { headers } = await ask(body, from('https://app.example'));
      expect(Object.fromEntries(headers)).toMatchObject({ 'access-control-allow-origin': 'https://app.example', vary: 'origin', 'access-control-allow-credentials': 'true' });
    }
    const preflight = await ask(null, { ...from('https://app.example', { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }), method: 'OPTIONS', body: null });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({ 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' });
    const all = await stage({ origins: '*' }).ask(ASK, from('https://anyone.example'));
    expect(all.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('what comes back', () => {
  it('has no headers but those on the list', async () => {
    const { ask } = stage({}, () => json(answer(), { headers: { 'set-cookie': 'a=b', 'x-generation-id': 'gen-1', 'x-ratelimit-remaining': '3', server: 'x', 'content-encoding': 'identity', link: '<x>', 'request-id': `r-${KEY}` } }));
    expect(Object.fromEntries((await ask()).headers)).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-generation-id': 'gen-1' });
  });

  it.each([401, 402, 403])('hides that the server was refused: %i', async (status) => {
    const { ask, errors } = stage({}, () => failure(status, `No user has the key ${KEY}; account of mail@site.example`));
    expect(await said(await ask())).toEqual({ code: 502, message: 'The model service refused the server', type: 'provider_unavailable' });
    expect(errors).toMatchObject([{ status }]);
  });

  it('tells of a refusal that is about what was said', async () => {
    const { ask } = stage({}, () => failure(403, 'Your input was flagged', { reasons: ['violence'], flagged_input: 'hi' }));
    const response = await ask();
    expect(await said(response.clone())).toMatchObject({ code: 403, message: 'Your input was flagged' });
    expect(await response.text()).not.toContain('flagged_input');
  });

  it('says nothing of the policy that a request contradicts, nor of what a provider says to the server', async () => {
    const closed = stage({ provider: { only: ['inner-circle'] } });
    expect(await said(await closed.ask({ ...ASK, provider: { only: ['azure'] } }))).toEqual({ code: 400, message: 'provider.only: the request contradicts the policy of the server', type: 'policy_conflict' });
    expect(closed.errors).toMatchObject([{ message: expect.stringContaining('inner-circle') }]);
    const raw = JSON.stringify({ error: { message: 'Rate limit reached in organization org-4711' } });
    const limited = stage({}, () => failure(429, 'Provider returned error', { raw, provider_name: 'OpenAI', is_byok: true }));
    expect(await said(await limited.ask())).toMatchObject({ code: 429, message: 'OpenAI answered with 429' });
    expect(limited.errors).toMatchObject([{ message: expect.stringContaining('org-4711') }]);
    const wrong = stage({}, () => failure(400, 'Provider returned error', { raw: 'temperature: at most 1' }));
    expect(await said(await wrong.ask())).toMatchObject({ code: 400, message: 'temperature: at most 1' });
  });

  it('tells how long to wait', async () => {
    const response = await stage({}, () => failure(429, 'Slow down', { retry_after_seconds: 2 })).ask();
    expect([response.status, response.headers.get('retry-after'), response.headers.get('x-should-retry')]).toEqual([429, '2', 'true']);
  });

  it('says nothing of the network', async () => {
    const { ask, errors } = stage({}, () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 10.0.0.7:443') })));
    expect(await said(await ask())).toEqual({ code: 502, message: 'The model service cannot be reached', type: 'provider_unavailable' });
    expect(errors).toMatchObject([{ code: 'network_error' }]);
  });

  it('answers when onError throws', async () => {
    const { ask } = stage({ onError: () => {
      throw new Error('no log');
    } }, () => failure(500, 'Oops'));
    expect((await ask()).status).toBe(500);
  });

  it.each([
    ['in JSON', () => json(answer({ content: `the key is ${KEY}!` }))],
    ['in an error', () => failure(400, `bad key ${KEY}`)],
    ['in an error of status 200', () => json({ error: { code: 400, message: `bad key ${KEY}`, metadata: { raw: KEY } } })],
    ['in a page', () => new Response(`<html>${KEY}</html>`, { headers: { 'content-type': 'text/html' } })],
    ['in plain text', () => new Response(`not for you, but the key of the server is this one: ${KEY}`, { headers: { 'content-type': 'text/plain' } })],
    ['in what has no type', () => new Response(new TextEncoder().encode(`not for you, but the key of the server is this one: ${KEY}`))],
    ['in a stream', () => sse(text(`the key is ${KEY}!`), text('really'))],
    ['as a first event', () => sse({ error: { code: 400, message: `bad key ${KEY}` } })],
  ])('never holds the key, also where the server echoes it: %s', async (_, reply) => {
    const response = await stage({}, reply).ask();
    const all = `${JSON.stringify(Object.fromEntries(response.headers))}${await response.text()}`;
    expect(all).not.toContain(KEY);
    expect(all.length).toBeGreaterThan(60);
  });

  it('is bytes, where it is neither JSON, events nor sound', async () => {
    const page = (type: string): Promise<Response> => stage({ paths: ['/audio/speech'] }, () => new Response('<script>', { headers: { 'content-type': type } })).ask({ model: 'a/b', input: 'x' }, { url: '/audio/speech' });
    expect((await page('image/svg+xml')).headers.get('content-type')).toBe('application/octet-stream');
    expect((await page('audio/mpeg')).headers.get('content-type')).toBe('audio/mpeg');
  });
});

describe('streams', () => {
  it('come packet by packet, and can be left', async () => {
    const body = openBody();
    const response = stage({}, () => body.response).ask({ ...ASK, stream: true });
    body.push(chunk({ role: 'assistant', content: '' }));
    const { headers, body: stream } = await response;
    expect(Object.fromEntries(headers)).toEqual({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' });
    const reader = stream?.getReader();
    const packet = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value);
    expect(await packet()).toBe(event(chunk({ role: 'assistant', content: '' })));
    body.push(text('Hel'));
    expect(await packet()).toBe(event(text('Hel')));
    body.raw(DONE.slice(0, 4));
    expect(await packet()).toBe(DONE.slice(0, 4));
    await reader?.cancel();
    expect(body.cancelled()).toBe(true);
  });

  it('end with the request of the page', async () => {
    const controller = new AbortController();
    const body = openBody();
    const response = stage({}, () => body.response).ask({ ...ASK, stream: true }, { signal: controller.signal });
    body.push(text('Hel'));
    const reader = (await response).body?.getReader();
    await reader?.read();
    const next = reader?.read();
    controller.abort(new Error('the page is gone'));
    await expect(next).rejects.toThrow('the page is gone');
    expect(body.cancelled()).toBe(true);
  });

  it('have stars for a key that comes in pieces', async () => {
    const body = openBody();
    const response = stage({}, () => body.response).ask({ ...ASK, stream: true });
    body.push(text('begin'));
    body.raw(`data: ${KEY.slice(0, 5)}`);
    body.raw(KEY.slice(5, 9));
    body.raw(`${KEY.slice(9)}\n\ndata: sk-or-v1-other\n\ndata: sk-`);
    body.end();
    const all = await (await response).text();
    expect(all.slice(event(text('begin')).length)).toBe(`data: ${'*'.repeat(KEY.length)}\n\ndata: sk-or-v1-other\n\ndata: sk-`);
  });
});

it.each([
  [{ paths: [] }, 'paths'],
  [{ paths: ['/keys'] }, 'paths[0]'],
  [{ paths: ['/videos'] }, 'paths[0]'],
  [{ basePath: 'api' }, 'basePath'],
  [{ basePath: '/a?b' }, 'basePath'],
  [{ maxBodySize: 0 }, 'maxBodySize'],
  [{ origins: ['app.example'] }, 'origins'],
  [{ origins: ['https://app.example/'] }, 'origins'],
  [{ origins: '*', credentials: true }, 'credentials'],
  [{ authorize: 'u1' }, 'authorize'],
  [{ provider: { zdr: 'yes' } }, 'provider.zdr'],
  [{ allowedModel: ['a/*'] }, 'allowedModel'],
])('refuses wrong options: %j', (options, path) => {
  expect(() => createProxyHandler(options as ProxyOptions)).toThrow(expect.objectContaining({ code: 'invalid_options', issues: expect.arrayContaining([expect.objectContaining({ path })]) }));
});
