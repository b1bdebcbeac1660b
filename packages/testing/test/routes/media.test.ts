import { describe, expect, it } from 'vitest';
import { createGateway, disconnect, fail, faults, type Gateway, type GatewayOptions, hang, ok, reply } from '../../src/index.js';
import { BASE, errorOf } from '../helpers.js';

interface Route {
  readonly path: string;
  readonly body: object;
  /** Tags of the two endpoints in question: the one that keeps data and the ZDR one. */
  readonly keeps: string;
  readonly zdr: string;
  readonly cost: string;
  readonly status?: number;
}

const SOUND = { data: btoa('x'.repeat(48_000)), format: 'wav' };

const ROUTES: readonly Route[] = [
  { path: '/completions', body: { model: 'acme/atlas', prompt: '12345678' }, keeps: 'openai', zdr: 'azure', cost: '0.000102' },
  { path: '/embeddings', body: { model: 'dune/vector', input: '12345678' }, keeps: 'deepinfra', zdr: 'nebius', cost: '0.00000004' },
  { path: '/rerank', body: { model: 'dune/compass', query: '1234', documents: ['12345678'] }, keeps: 'deepinfra', zdr: 'nebius', cost: '0.00000009' },
  { path: '/images', body: { model: 'cinder/kiln', prompt: '12345678' }, keeps: 'google-ai-studio', zdr: 'google-vertex', cost: '0.0300006' },
  { path: '/videos', body: { model: 'cinder/reel', prompt: 'a', duration: 3 }, keeps: 'together', zdr: 'google-vertex', cost: '0.15', status: 202 },
  { path: '/audio/speech', body: { model: 'echo/lark', input: '12345678' }, keeps: 'openai', zdr: 'deepinfra', cost: '0.00008' },
  { path: '/audio/transcriptions', body: { model: 'echo/scribe', input_audio: SOUND }, keeps: 'groq', zdr: 'deepinfra', cost: '0.00002' },
  { path: '/api/alpha/decisions', body: { model: 'dune/verdict', state: '123456', questions: { a: { type: 'noul' } } }, keeps: 'together', zdr: 'nebius', cost: '0.00000048' },
];

function call(gateway: Gateway, { path, body }: Pick<Route, 'path' | 'body'>, more: object = {}, init: RequestInit = {}): Promise<Response> {
  const url = path.startsWith('/api/') ? `http://gateway.local${path}` : `${BASE}${path}`;
  return gateway.fetch(url, {
    method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'application/json' }, body: JSON.stringify({ ...body, ...more }), ...init,
  });
}

const gatewayWith = (scenario: GatewayOptions['scenario'] = {}): Gateway => createGateway({ scenario });

describe.each(ROUTES)('POST $path', (route) => {
  const { path, keeps, zdr, cost, status = 200 } = route;
  /** Whose cost the table has. */
  const onlyZdr: GatewayOptions = { account: { only: [zdr] } };

  it('needs a key', async () => {
    expect((await call(createGateway(), route, {}, { headers: {} })).status).toBe(401);
  });

  it('bills and records what it served', async () => {
    const gateway = createGateway(onlyZdr);
    expect((await call(gateway, route)).status).toBe(status);
    expect(gateway.requests[0]).toMatchObject({ status, cost, served: { tag: zdr }, attempts: [{ tag: zdr, status: 200 }] });
    const credits = await gateway.fetch(`${BASE}/credits`, { headers: { authorization: 'Bearer k' } });
    expect(await credits.json()).toMatchObject({ data: { total_usage: Number(cost) } });
  });

  it('keeps a record for GET /generation', async () => {
    const gateway = createGateway({ ...onlyZdr, settleAfterReads: 0 });
    await call(gateway, route);
    const id = gateway.requests[0]?.served?.generationId ?? '';
    const read = await gateway.fetch(`${BASE}/generation?id=${id}`, { headers: { authorization: 'Bearer k' } });
    expect(await read.json()).toMatchObject({ data: { id, total_cost: Number(cost), is_byok: false } });
  });

  it('goes on to the next endpoint when one fails, and tells the last error when all do', async () => {
    const failing = createGateway({ account: { only: [keeps, zdr] }, scenario: { endpoints: { [keeps]: fail(503), [zdr]: fail(503) } } });
    const refused = await call(failing, route);
    expect(refused.status).toBe(503);
    const { error } = await errorOf(refused);
    expect(error).toMatchObject({ code: 503, message: 'Provider returned error', metadata: { previous_errors: [{ code: 503 }] } });
    expect(failing.requests[0]?.attempts).toHaveLength(2);
    const [first] = failing.requests[0]?.attempts ?? [];
    const second = first?.tag === keeps ? zdr : keeps;
    const recovering = createGateway({ account: { only: [keeps, zdr] }, scenario: { endpoints: { [first?.tag ?? '']: fail(429) } } });
    expect((await call(recovering, route)).status).toBe(status);
    expect(recovering.requests[0]).toMatchObject({ served: { tag: second }, attempts: [{ status: 429 }, { status: 200 }] });
  });

  it('fails as a whole where the scenario says so', async () => {
    expect((await call(gatewayWith({ gateway: faults.noCredits() }), route)).status).toBe(402);
    expect((await call(gatewayWith({ gateway: faults.htmlTimeout() }), route)).status).toBe(524);
    await expect(call(gatewayWith({ gateway: disconnect() }), route)).rejects.toThrow(TypeError);
    const abort = new AbortController();
    const hanging = call(gatewayWith({ gateway: hang() }), route, {}, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
  });

  it('can fail with status 200, and charges nothing for that', async () => {
    const gateway = gatewayWith({ wire: { error: { shape: 'bare', detail: { code: 502, message: 'lost' } } } });
    const response = await call(gateway, route);
    expect([response.status, await response.json()]).toEqual([200, { error: { code: 502, message: 'lost' } }]);
    expect(gateway.requests[0]?.cost).toBe('0');
  });

  it('can break in the middle of the body', async () => {
    const response = await call(gatewayWith({ wire: { cutBytes: 3, ending: 'reset' } }), route);
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
  });

  it('refuses what is no JSON, no model, an unknown one and one of another kind', async () => {
    const broken = await call(createGateway(), route, {}, { body: '{' });
    expect([broken.status, (await errorOf(broken)).error.code]).toEqual([400, 400]);
    expect((await call(createGateway(), route, { model: undefined })).status).toBe(400);
    const unknown = await call(createGateway(), route, { model: 'a/b' });
    expect([unknown.status, (await errorOf(unknown)).error.message]).toEqual([400, 'a/b is not a valid model ID']);
    const other = await call(createGateway(), route, { model: path === '/rerank' ? 'dune/vector' : 'dune/compass' });
    expect([other.status, (await errorOf(other)).error.metadata?.failed_routing_step]).toEqual([404, 'Filter by Model Output Modalities']);
  });

  it('refuses preferences that are none', async () => {
    const response = await call(createGateway(), route, { provider: { order: 'azure' } });
    expect([response.status, await response.json()]).toMatchObject([400, { success: false, error: { name: 'ZodError' } }]);
  });
});

describe('preferences', () => {
  const under = (names: readonly string[]): readonly Route[] => ROUTES.filter(({ path }) => names.includes(path));

  it.each(under(['/completions', '/embeddings', '/rerank', '/api/alpha/decisions']))('all are honoured on $path', async (route) => {
    for (const provider of [{ zdr: true }, { data_collection: 'deny' }, { only: [route.zdr] }, { ignore: [route.keeps] }]) {
      const gateway = createGateway({ account: { only: [route.keeps, route.zdr] } });
      await call(gateway, route, { provider });
      expect(gateway.requests[0]?.served?.tag).toBe(route.zdr);
    }
    const dear = createGateway();
    expect((await call(dear, route, { provider: { max_price: { prompt: 0.000_000_1, request: 0 } } })).status).toBe(404);
  });

  it.each(under(['/images']))('$path takes those of order and drops those of privacy', async (route) => {
    const gateway = createGateway();
    for (const provider of [{ only: [route.zdr] }, { ignore: [route.keeps] }, { order: [route.zdr] }]) await call(gateway, route, { provider });
    expect(gateway.requests.map(({ served }) => served?.tag)).toEqual([route.zdr, route.zdr, route.zdr]);
    const dropping = createGateway();
    expect((await call(dropping, route, { provider: { zdr: true, data_collection: 'deny', max_price: { image: 0 }, sort: 'price' } })).status).toBe(200);
    expect(dropping.requests[0]?.served?.tag).toBe(route.keeps);
  });

  it.each(under(['/videos', '/audio/speech', '/audio/transcriptions']))('$path drops all but options', async (route) => {
    const gateway = createGateway();
    const { status = 200 } = route;
    expect((await call(gateway, route, { provider: { only: ['nobody'], zdr: true, options: { [route.zdr]: { a: 1 } } } })).status).toBe(status);
    expect(gateway.requests[0]?.route?.candidates).toHaveLength(gateway.requests[0]?.route?.plan.length ?? 0);
  });

  it.each(under(['/videos', '/images']))('the settings of the account count on $path', async (route) => {
    const gateway = createGateway({ account: { zdr: true } });
    await call(gateway, route);
    expect(gateway.requests[0]?.route?.plan.map(({ tag }) => tag)).toEqual([route.zdr]);
  });

  it.each(ROUTES.filter(({ path }) => path !== '/completions'))('fallback models mean nothing on $path', async (route) => {
    const gateway = createGateway();
    expect((await call(gateway, route, { models: ['a/b'] })).status).toBe(route.status ?? 200);
  });
});

describe('price', () => {
  it('sorts by what is billed where tokens cost nothing', async () => {
    const gateway = createGateway({ account: { sort: 'price' } });
    for (const route of ROUTES) await call(gateway, route);
    expect(gateway.requests.slice(4).map(({ served }) => served?.tag)).toEqual(['google-vertex', 'deepinfra', 'deepinfra', 'together']);
  });

  it('is the fee alone with an own key', async () => {
    const gateway = createGateway({ account: { byok: { 'google-vertex': 'prioritized' } } });
    await call(gateway, { path: '/videos', body: { model: 'cinder/reel', prompt: 'a', duration: 2 } });
    expect(gateway.requests[0]).toMatchObject({ served: { tag: 'google-vertex' }, cost: '0.005' });
  });
});

describe('a script', () => {
  it('sees the body of the request, and may answer by it', async () => {
    const gateway = createGateway({
      scenario: { reply: ({ request, model, tag }) => reply.text(`${String(request.voice)} ${model} ${tag}`, { fields: { seen: request.input_audio } }) },
    });
    const response = await call(gateway, { path: '/audio/transcriptions', body: { model: 'echo/scribe', input_audio: SOUND, voice: 'low' } });
    expect(await response.json()).toMatchObject({ text: expect.stringMatching(/^low echo\/scribe (groq|deepinfra)$/), seen: SOUND });
  });

  it('is ignored where its output is of another kind', async () => {
    const gateway = gatewayWith({ reply: reply.scores([1]) });
    for (const route of ROUTES) expect((await call(gateway, route)).status).toBe(route.status ?? 200);
  });

  it('may say whose model answered, under which id, with which tokens', async () => {
    const gateway = gatewayWith({ models: { 'dune/compass': ok(reply.scores([], { model: 'compass-2', id: 'gen-1', tokens: { prompt: 1_000_000 } })) } });
    const response = await call(gateway, { path: '/rerank', body: { model: 'dune/compass', query: 'a', documents: ['a'], provider: { only: ['nebius'] } } });
    expect(await response.json()).toMatchObject({ model: 'compass-2', id: 'gen-1', usage: { total_tokens: 1_000_000, cost: 0.03 } });
  });

  it('may leave out the usage, and keep the connection alive with whitespace', async () => {
    const gateway = gatewayWith({ wire: { usage: 'missing', whitespace: '\n   \n' } });
    const response = await call(gateway, { path: '/images', body: { model: 'cinder/kiln', prompt: 'a' } });
    const text = await response.text();
    expect(text).toMatch(/^\n {3}\n\{/);
    expect(JSON.parse(text)).not.toHaveProperty('usage');
  });
});
