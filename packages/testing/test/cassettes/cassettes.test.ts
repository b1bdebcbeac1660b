import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cassette, play, record, type RecordOptions } from '../../src/cassettes.js';
import { createGateway, fail, type Gateway, type GatewayOptions, reply } from '../../src/index.js';

const KEY = 'sk-or-v1-0123456789abcdef0123456789abcdef';
const BASE = 'http://recorder.local/api/v1';
const HELLO = { model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }] };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waypost-cassettes-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const post = (body: unknown, more: RequestInit = {}): RequestInit => ({
  method: 'POST', body: JSON.stringify(body), ...more, headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', cookie: 'session=very-secret-session', ...(more.headers as object) },
});

function recording(options: GatewayOptions = {}, more: Partial<RecordOptions> = {}) {
  const gateway: Gateway = createGateway(options);
  let time = Date.parse('2026-10-01T12:00:00Z');
  const now = (): number => (time += 5);
  return record({ target: 'http://gateway.local/api/v1', dir, fetch: gateway.fetch, now, ...more });
}

const readAll = (): Cassette[] => readdirSync(dir).sort().map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')) as Cassette);

async function packetsOf(response: Response): Promise<number[]> {
  const sizes: number[] = [];
  if (response.body) for await (const packet of response.body) sizes.push(packet.length);
  return sizes;
}

describe('record', () => {
  it('writes one file for each exchange, and hands on what came', async () => {
    const recorder = recording();
    const direct = await (await createGateway().fetch(`${BASE}/chat/completions`, post(HELLO))).text();
    expect(await (await recorder.fetch(`${BASE}/chat/completions`, post(HELLO))).text()).toBe(direct);
    await (await recorder.fetch(`${BASE}/models?output_modalities=all`)).text();
    expect((await recorder.files()).map((file) => file.slice(dir.length + 1))).toEqual(['0001-chat-completions-acme-atlas.json', '0002-models.json']);
    const [chat, models] = readAll();
    expect(chat).toMatchObject({
      recordedAt: '2026-10-01T12:00:00.005Z', model: 'acme/atlas',
      request: { method: 'POST', path: '/api/v1/chat/completions', body: HELLO },
      response: { status: 200, body: JSON.parse(direct) as object },
    });
    expect(models?.request).toEqual({ method: 'GET', path: '/api/v1/models', query: { output_modalities: 'all' }, headers: {}, body: null });
  });

  it('keeps the text of a stream, its packets and their times', async () => {
    const recorder = recording({ scenario: { wire: { packets: { size: 33 } } } });
    const sizes = await packetsOf(await recorder.fetch(`${BASE}/chat/completions`, post({ ...HELLO, stream: true })));
    await recorder.files();
    const [{ response } = {}] = readAll();
    expect(response?.sse).toMatch(/^: OPENROUTER PROCESSING[\s\S]*data: \[DONE\]\n\n$/);
    expect(response?.chunkBytes).toEqual(sizes);
    expect(response?.chunkMs?.length).toBe(sizes.length);
    expect(response?.chunkMs).toEqual(response?.chunkMs?.toSorted((a, b) => a - b));
  });

  it('holds no key, no cookie and no account, whoever says them, and keeps the lengths', async () => {
    const echo = `you sent Bearer ${KEY} as user_2abcdefghijklmnop from harbour-master`;
    const recorder = recording({ scenario: { reply: reply.text(echo) } }, { secrets: ['harbour-master'] });
    await (await recorder.fetch(`${BASE}/chat/completions`, post({ ...HELLO, user: 'harbour-master', metadata: { key: KEY } }, { headers: { 'http-referer': 'https://mine.example' } }))).text();
    await (await recorder.fetch(`${BASE}/chat/completions`, post({ ...HELLO, stream: true }))).text();
    await recorder.files();
    const text = readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8')).join('\n');
    for (const secret of [KEY, KEY.slice(9), 'very-secret-session', 'user_2abcdefghijklmnop', 'harbour-master', 'mine.example', 'uthorization']) expect(text).not.toContain(secret);
    expect(text).toContain('you sent X');
    for (const { response } of readAll()) {
      const body = response.sse ?? (response.bodyPrefix ?? '') + JSON.stringify(response.body);
      expect(new TextEncoder().encode(body).length).toBe(response.chunkBytes?.reduce((a, b) => a + b, 0));
    }
  });

  it('holds no secret in another spelling, in a path or a name, nor where a stream was cut within a letter', async () => {
    const secret = 'wharf "é" & key';
    const answers = [
      new Response(new TextEncoder().encode(`data: ${JSON.stringify(secret)} ${secret} ${KEY} é`).slice(0, -1), { headers: { 'content-type': 'text/event-stream' } }),
      Response.json({ said: secret }),
    ];
    const recorder = recording({}, { secrets: [secret], fetch: async () => answers.shift() ?? new Response() });
    const sizes = await packetsOf(await recorder.fetch(`${BASE}/chat/completions`, post({ ...HELLO, user: secret })));
    await (await recorder.fetch(`${BASE}/keys/user_2abcdefghijklmnop?who=${encodeURIComponent(secret)}`, post({}))).text();
    const names = await recorder.files();
    const [cut, keys] = readAll();
    const bytes = atob(cut?.response.base64 ?? '');
    expect(bytes.length).toBe(sizes.reduce((a, b) => a + b, 0));
    const files = [...names, bytes, ...names.map((name) => readFileSync(name, 'utf8'))].join('\n');
    for (const leak of ['wharf', KEY, '2abcdefghijklmnop']) expect(files).not.toContain(leak);
    expect(bytes).toMatch(/^data: "X+" X+ X+ \u00c3$/);
    expect([keys?.request.path, keys?.response.body]).toEqual([`/api/v1/keys/user_${'X'.repeat(17)}`, { said: 'X'.repeat(18) }]);
  });

  it('writes over no file, of an earlier recorder or of one beside it', async () => {
    const ask = async (recorder: ReturnType<typeof record>, content: string): Promise<void> => {
      await (await recorder.fetch(`${BASE}/chat/completions`, post({ ...HELLO, messages: [{ role: 'user', content }] }))).text();
    };
    const recorders = [recording(), recording()];
    await Promise.all(recorders.map((recorder, i) => ask(recorder, `beside ${i}`)));
    await Promise.all(recorders.map((recorder) => recorder.files()));
    const later = recording();
    await ask(later, 'later');
    expect((await later.files()).map((file) => file.slice(dir.length + 1))).toEqual(['0003-chat-completions-acme-atlas.json']);
    const contents = readAll().map(({ request }) => (request.body as typeof HELLO).messages[0]?.content);
    expect(new Set(contents)).toEqual(new Set(['beside 0', 'beside 1', 'later']));
    expect(contents).toHaveLength(3);
  });

  it('keeps no body that is no text, and leaves no file for a request without an answer', async () => {
    const recorder = recording({}, { fetch: async (_, init) => (init?.method === 'GET' ? Promise.reject(new TypeError('no route')) : Response.json({})) });
    await expect(recorder.fetch(`${BASE}/models`)).rejects.toThrow('no route');
    await (await recorder.fetch(`${BASE}/files`, { method: 'POST', body: new Uint8Array([0xff, 0xfe, 0x00]), headers: { 'content-type': 'application/octet-stream' } })).text();
    expect(await recorder.files()).toHaveLength(1);
    expect(readAll()[0]?.request.body).toBeNull();
    expect((await play({ dir }).fetch(`${BASE}/files`, { method: 'POST', body: new Uint8Array([0xff, 0xfe, 0x01]) })).status).toBe(200);
  });

  it('keeps errors, breaks and sound as they were', async () => {
    const cut = recording({ scenario: { reply: reply.text('a long answer'), wire: { cutBytes: 300, ending: 'reset' } } });
    await expect((await cut.fetch(`${BASE}/chat/completions`, post({ ...HELLO, stream: true }))).text()).rejects.toThrow();
    await cut.files();
    const [broken] = readAll();
    expect(broken?.response.ending).toBe('reset');

    const other = recording({ scenario: { models: { 'acme/atlas': fail(429, { retryAfter: 7 }) } } });
    rmSync(dir, { recursive: true });
    await (await other.fetch(`${BASE}/chat/completions`, post(HELLO))).text();
    const spoken = new Uint8Array(await (await other.fetch(`${BASE}/audio/speech`, post({ model: 'echo/lark', input: 'Hello', voice: 'a' }))).arrayBuffer());
    await other.files();
    const [error, speech] = readAll();
    expect(error?.response).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    const player = play({ dir });
    const played = await player.fetch(`${BASE}/audio/speech`, post({ model: 'echo/lark', input: 'Hello', voice: 'a' }));
    expect(new Uint8Array(await played.arrayBuffer())).toEqual(spoken);
    expect(speech?.response.base64).toBeDefined();
  });

  it('says of a stream that its reader left', async () => {
    const recorder = recording();
    const response = await recorder.fetch(`${BASE}/chat/completions`, post({ ...HELLO, stream: true }));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await recorder.files();
    const [left] = readAll();
    expect(left?.response.ending).toBe('left');
    expect(left?.response.chunkBytes).toHaveLength(1);
  });

  it('tells where a file could not be written', async () => {
    const file = join(dir, 'taken');
    writeFileSync(file, '');
    const recorder = recording({}, { dir: join(file, 'below') });
    expect((await recorder.fetch(`${BASE}/chat/completions`, post(HELLO))).status).toBe(200);
    await expect(recorder.fetch(`${BASE}/models`).then((response) => response.text()).then(() => recorder.files())).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(() => record({ target: 'openrouter', dir })).toThrow(/"openrouter" is not a URL/);
  });

  it('over a socket, to a server on another', async () => {
    const upstream = await createGateway().listen();
    const recorder = record({ target: upstream.url, dir });
    const server = await recorder.listen();
    try {
      const response = await fetch(`${server.url}/chat/completions`, post({ ...HELLO, stream: true }));
      expect(await response.text()).toContain('[DONE]');
      expect(await recorder.files()).toHaveLength(1);
    } finally {
      await server.close();
      await upstream.close();
    }
  });
});

describe('play', () => {
  const cassette = (content: string, more: object = {}, name = 'Hello'): Cassette => ({
    request: { method: 'POST', path: '/api/v1/chat/completions', body: { model: 'acme/atlas', messages: [{ role: 'user', content: name }], ...more } },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: { content } },
  });
  const said = async (response: Response): Promise<unknown> => ((await response.json()) as { content: unknown }).content;

  it('gives back what was recorded, packet by packet', async () => {
    const recorder = recording({ scenario: { wire: { packets: { size: 33 } } } });
    const body = { ...HELLO, stream: true };
    const text = await (await recorder.fetch(`${BASE}/chat/completions`, post(body))).text();
    await recorder.files();
    const player = play({ dir });
    expect(await (await player.fetch(`${BASE}/chat/completions`, post(body))).text()).toBe(text);
    const sizes = await packetsOf(await player.fetch(`${BASE}/chat/completions`, post(body)));
    expect(sizes).toEqual(readAll()[0]?.response.chunkBytes);
    expect(player.played).toEqual(['0001-chat-completions-acme-atlas.json', '0001-chat-completions-acme-atlas.json']);
  });

  it('strict: the whole body, whatever the order of its keys', async () => {
    const player = play({ cassettes: [cassette('one', { temperature: 1, seed: 2 })] });
    const { fetch } = player;
    expect((await fetch(`${BASE}/chat/completions`, post({ seed: 2, ...HELLO, temperature: 1 }))).status).toBe(200);
    const missed = await fetch(`${BASE}/chat/completions`, post({ ...HELLO, messages: [{ role: 'user', content: 'a private question' }], temperature: 1 }));
    expect(missed.status).toBe(501);
    const text = await missed.text();
    expect(text).toContain('No recording matches POST /api/v1/chat/completions; the nearest, cassettes[0], differs at body.messages[0].content, body.seed');
    expect(text).not.toContain('private');
    expect(player.misses).toEqual([{ method: 'POST', path: '/api/v1/chat/completions', nearest: 'cassettes[0]', differences: ['body.messages[0].content', 'body.seed'] }]);
  });

  it('strict: what is masked in the recording is masked in the request too, also under another key', async () => {
    const recorder = recording({}, { secrets: ['harbour-master'] });
    const body = (key: string): object => ({ ...HELLO, user: 'user_2abcdefghijklmnop', metadata: { key, who: 'harbour-master' } });
    await (await recorder.fetch(`${BASE}/chat/completions`, post(body(KEY)))).text();
    await recorder.files();
    const player = play({ dir, secrets: ['harbour-master'] });
    expect((await player.fetch(`${BASE}/chat/completions`, post(body(KEY)))).status).toBe(200);
    const other = 'sk-or-v1-another-key';
    expect((await player.fetch(`${BASE}/chat/completions`, post(body(other), { headers: { authorization: `Bearer ${other}` } }))).status).toBe(200);
    expect(player.misses).toEqual([]);
  });

  it('strict: the query too, which some recorders keep as text', async () => {
    const response = { status: 200, headers: {}, body: { data: [] } };
    const { fetch, misses } = play({ cassettes: [{ request: { method: 'GET', path: '/api/v1/models', query: 'q=a%20b&sort=newest', body: null }, response }] });
    expect((await fetch('http://player.local/api/v1/models?sort=newest&q=a+b')).status).toBe(200);
    expect(misses).toEqual([]);
    expect((await fetch('http://player.local/api/v1/models?sort=newest')).status).toBe(501);
    expect(misses).toMatchObject([{ differences: ['query.q'] }]);
  });

  it('strict: a stand-in for a key that is a word of the request keeps nothing from matching', async () => {
    const { fetch } = play({ cassettes: [cassette('yes')] });
    expect((await fetch(`${BASE}/chat/completions`, post(HELLO, { headers: { authorization: 'Bearer acme/atlas' } }))).status).toBe(200);
  });

  it('fuzzy: the nearest of the same route, model and kind', async () => {
    const { fetch, misses } = play({ match: 'fuzzy', cassettes: [cassette('tides', {}, 'Tell me about tides'), cassette('harbours', {}, 'Tell me about the harbour'), cassette('streamed', { stream: true })] });
    const ask = (content: string, more: object = {}): Promise<Response> => fetch(`${BASE}/chat/completions`, post({ model: 'acme/atlas', messages: [{ role: 'user', content }], ...more }));
    expect(await said(await ask('What do you know about the harbour?'))).toBe('harbours');
    expect(await said(await ask('And about tides?'))).toBe('tides');
    expect((await ask('Hello', { model: 'acme/other' })).status).toBe(501);
    expect(misses[0]?.differences).toContain('body.model');
    expect((await fetch(`${BASE}/embeddings`, post(HELLO))).status).toBe(501);
  });

  it('the same request several times: in turn, then the last', async () => {
    const { fetch } = play({ cassettes: [cassette('first'), cassette('second')] });
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push(await said(await fetch(`${BASE}/chat/completions`, post(HELLO))));
    expect(answers).toEqual(['first', 'second', 'second']);
  });

  it('a function of your own decides', async () => {
    const { fetch } = play({ cassettes: [cassette('yes')], match: (request) => request.method === 'POST' });
    expect(await said(await fetch(`${BASE}/anything`, post({})))).toBe('yes');
    expect((await fetch(`${BASE}/anything`)).status).toBe(501);
  });

  it('packets as far apart as they were, where asked', async () => {
    const waits: number[] = [];
    const timed: Cassette = { ...cassette('x'), response: { status: 200, headers: {}, sse: 'abcdef', chunkBytes: [2, 2, 2], chunkMs: [10, 10, 45] } };
    const options = { cassettes: [timed], sleep: async (ms: number) => void waits.push(ms) };
    await (await play({ ...options, timing: 'recorded' }).fetch(`${BASE}/chat/completions`, post(HELLO))).text();
    expect(waits).toEqual([10, 35]);
    await (await play(options).fetch(`${BASE}/chat/completions`, post(HELLO))).text();
    expect(waits).toEqual([10, 35]);
  });

  it('breaks where the recording did, and heeds an abort', async () => {
    const broken: Cassette = { ...cassette('x'), response: { status: 200, headers: {}, sse: 'abc', ending: 'reset' } };
    const { fetch } = play({ cassettes: [broken] });
    await expect((await fetch(`${BASE}/chat/completions`, post(HELLO))).text()).rejects.toThrow('terminated');
    const controller = new AbortController();
    const response = await fetch(`${BASE}/chat/completions`, post(HELLO, { signal: controller.signal }));
    controller.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow('enough');
  });

  it('says which file is no recording', () => {
    expect(() => play({ dir })).toThrow(/no recording to play/);
    writeFileSync(join(dir, 'a.json'), '{"request":{"method":"GET"}}');
    expect(() => play({ dir })).toThrow(/a\.json is no recording: it has no request with a method and a path/);
    writeFileSync(join(dir, 'a.json'), 'nonsense');
    expect(() => play({ dir })).toThrow(/a\.json is no recording: it is not JSON/);
  });

  it('over a socket', async () => {
    const server = await play({ cassettes: [cassette('yes')] }).listen();
    try {
      expect(await said(await fetch(`${server.url}/chat/completions`, post(HELLO)))).toBe('yes');
    } finally {
      await server.close();
    }
  });
});

