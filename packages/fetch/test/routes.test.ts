import { presets } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { APIError, InvalidOptionsError, PolicyConflictError } from '../src/index.js';
import { answer, failure, fake, json, KEY, rejection, REQUEST } from './kit.js';

const BASE = 'https://openrouter.ai/api/v1';

describe('catalogue and account routes', () => {
  it('asks for the right URL, and gives the data', async () => {
    const { openrouter, requests } = fake([json({ data: 'the data' })]);
    const { models } = openrouter;
    const calls: [string, () => Promise<unknown>][] = [
      ['/models', () => models.list()],
      ['/models?limit=2&zdr=true&q=a+b', () => models.list({ limit: 2, zdr: true, q: 'a b', offset: undefined })],
      ['/model/a/b', () => models.get('a/b')],
      ['/model/~a/b-latest', () => models.get('~a/b-latest')],
      ['/model/a/b.1:free', () => models.get('a/b.1:free')],
      ['/models/a/b/endpoints', () => models.endpoints('a/b')],
      ['/models/a/b%3Fx%23y/endpoints', () => models.endpoints('a/b?x#y')],
      ['/endpoints/zdr', () => models.zdr()],
      ['/providers', () => openrouter.providers()],
      ['/key', () => openrouter.key()],
      ['/credits', () => openrouter.credits()],
      ['/generation?id=gen-1%2F..', () => openrouter.generation('gen-1/..')],
    ];
    for (const [, call] of calls) expect(await call()).toBe('the data');
    expect(requests.map(({ url }) => url)).toEqual(calls.map(([path]) => BASE + path));
    expect(requests.every(({ method, body, headers }) => method === 'GET' && body === undefined && headers['authorization'] === `Bearer ${KEY}`)).toBe(true);
  });

  it('asks in the region of the policy, also where that is built on', async () => {
    const { openrouter, requests } = fake([json({ data: [] })], { extends: [{ region: 'eu' }] });
    await openrouter.models.list();
    expect(requests[0]?.url).toBe('https://eu.openrouter.ai/api/v1/models');
  });

  it('needs a key only where the server does', async () => {
    const { openrouter, requests } = fake([json({ data: [] })], { apiKey: () => '' });
    const keyless = fake([json({ data: [] })], { apiKey: undefined });
    expect(await keyless.openrouter.models.list()).toEqual([]);
    expect(keyless.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(await rejection(keyless.openrouter.key())).toBeInstanceOf(InvalidOptionsError);
    expect(await rejection(openrouter.key())).toBeInstanceOf(InvalidOptionsError);
    expect(requests).toHaveLength(0);
    expect(keyless.requests).toHaveLength(1);
  });

  it.each(['a', '@preset/x', 'a/b@preset/x', '', 'a b/c'])('refuses %j as the id of a model', async (id) => {
    const { openrouter, requests } = fake([json({ data: {} })]);
    expect(await rejection(openrouter.models.get(id))).toBeInstanceOf(InvalidOptionsError);
    expect(await rejection(openrouter.models.endpoints(id))).toBeInstanceOf(InvalidOptionsError);
    expect(requests).toHaveLength(0);
  });

  it('goes to the host of the region', async () => {
    const { openrouter, requests } = fake([json({ data: [] })], { region: 'eu' });
    await openrouter.models.list();
    expect(requests[0]?.url).toBe('https://eu.openrouter.ai/api/v1/models');
  });

  it('is retried, and tells what the server said', async () => {
    const { openrouter, requests } = fake([failure(503, 'busy'), failure(404, 'no such model')]);
    const error = await rejection(openrouter.models.get('a/b'));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 404, message: expect.stringContaining('no such model') });
    expect(requests).toHaveLength(2);
  });

  it('takes options of the call', async () => {
    const { openrouter, requests } = fake([json({ data: {} })]);
    await openrouter.key({ headers: { 'x-a': 'b' } });
    expect(requests[0]?.headers).toMatchObject({ 'x-a': 'b' });
    for (const wrong of [{ timeout: -1 }, { signal: 'x' }, 'x', { headers: { 'x-a': 'b\nc: d' } }]) {
      // What plain JavaScript may give.
      expect(await rejection(openrouter.key(wrong as never))).toBeInstanceOf(InvalidOptionsError);
    }
    expect(await rejection(openrouter.credits({ signal: AbortSignal.abort(new Error('enough')) }))).toMatchObject({ message: 'enough' });
  });

  it('says so when the answer has no data', async () => {
    expect(await rejection(fake([json({ nothing: 1 })]).openrouter.credits())).toMatchObject({ name: 'APIError', message: expect.stringContaining('/credits') });
  });
});

describe('request', () => {
  it('sends to any route', async () => {
    const { openrouter, requests } = fake([json({ x: 1 }, { status: 201, headers: { 'x-a': 'b' } })]);
    expect(await openrouter.request('/models/count', { query: { output_modalities: 'all' } })).toMatchObject({ body: { x: 1 }, status: 201, headers: { 'x-a': 'b' } });
    await openrouter.request('/keys', { body: { name: 'n' } });
    await openrouter.request('/keys/abc', { method: 'patch', body: { name: 'm' } });
    await openrouter.request('/videos/job-1');
    await openrouter.request('/presets/x/chat/completions', { body: { a: 1 } });
    expect(requests.map(({ method, url, body }) => [method, url.slice(BASE.length), body])).toEqual([
      ['GET', '/models/count?output_modalities=all', undefined],
      ['POST', '/keys', { name: 'n' }],
      ['PATCH', '/keys/abc', { name: 'm' }],
      ['GET', '/videos/job-1', undefined],
      ['POST', '/presets/x/chat/completions', { a: 1 }],
    ]);
  });

  it.each([
    ['/auth/key', 'key()'],
    ['/generation/gen-1', 'generation(id)'],
    ['/models/a/b', 'models.get(id)'],
    ['/api/v1/models', '/api/v1'],
    ['models', 'begin with "/"'],
    ['https://example.com/models', 'without host'],
    ['//example.com/models', 'without host'],
    ['/models?limit=1', 'the query is an option'],
    ['/models/../chat/completions', ''],
    ['/./chat/completions', ''],
    ['/%63hat/completions', ''],
    ['/chat/completions/', ''],
    ['/chat\\completions', ''],
    ['/chat/completions\t', ''],
    [5, 'such as'],
  ])('refuses the path %j, and says what to write', async (path, fix) => {
    const { openrouter, requests } = fake([json({})]);
    // What plain JavaScript may give.
    const error = await rejection(openrouter.request(path as string, { body: {} }));
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error).toMatchObject({ message: expect.stringContaining(fix) });
    expect(requests).toHaveLength(0);
  });

  it('folds the policy into every inference request', async () => {
    const { openrouter, requests } = fake([json(answer())], { provider: { zdr: true } });
    const bodies: [string, Record<string, unknown>][] = [
      ['/chat/completions', REQUEST],
      ['/Chat/Completions', REQUEST],
      ['/completions', { model: 'a/b', prompt: 'hi' }],
      ['/responses', { model: 'a/b', input: 'hi' }],
      ['/messages', { model: 'a/b', messages: [], max_tokens: 1 }],
      ['/embeddings', { model: 'a/b', input: 'hi' }],
      ['/rerank', { model: 'a/b', query: 'q', documents: ['d'] }],
    ];
    for (const [path, body] of bodies) expect(await openrouter.request(path, { body: { ...body, provider: { zdr: false } } })).toMatchObject({ body: answer(), status: 200 });
    expect(requests.map(({ body }) => body)).toEqual(bodies.map(([, body]) => ({ ...body, provider: { zdr: true } })));
  });

  it.each(['/images', '/videos', '/audio/transcriptions', '/images/edits', '/chat/anew', '/audio/anew', '/responses/compact'])(
    'refuses a guardrail that %s would drop in silence',
    async (path) => {
      const { openrouter, requests } = fake([json({})], { provider: { zdr: true } });
      expect(await rejection(openrouter.request(path, { body: { model: 'a/b', prompt: 'x' } }))).toBeInstanceOf(PolicyConflictError);
      expect(requests).toHaveLength(0);
      const free = fake([json({ created: 1 })]);
      expect((await free.openrouter.request(path, { body: { model: 'a/b', prompt: 'x' } })).body).toEqual({ created: 1 });
    },
  );

  it.each(['/moderations', '/beta/responses', '/alpha/decisions', '/batches', '/classifications/task'])('refuses to send to %s under a policy, which nobody knows to honour one', async (path) => {
    for (const options of [{ allowedModels: ['a/*'] }, { extends: presets.private }]) {
      const { openrouter, requests } = fake([json({})], options);
      expect(await rejection(openrouter.request(path, { body: { model: 'a/b', input: 'x' } }))).toMatchObject({ code: 'policy_conflict', field: 'path' });
      await openrouter.request(path);
      expect(requests.map(({ method }) => method)).toEqual(['GET']);
    }
    const free = fake([json({ ok: 1 })], { region: 'eu' });
    expect((await free.openrouter.request(path, { body: { input: 'x' } })).body).toEqual({ ok: 1 });
  });

  it.each([
    ['/audio/speech', { body: { model: 'a/b', input: 'x' } }, 'speak()'],
    ['/videos/job-1/content', {}, 'videos.download()'],
    ['/completions', { body: { model: 'a/b', prompt: 'x', stream: true } }, 'streamComplete()'],
  ])('names what to use for %s', async (path, options, use) => {
    const { openrouter, requests } = fake([json({})]);
    expect(await rejection(openrouter.request(path, options))).toMatchObject({ code: 'invalid_options', message: expect.stringContaining(use) });
    expect(requests).toHaveLength(0);
  });

  it('never creates an image or a video twice', async () => {
    for (const path of ['/images', '/videos']) {
      const { openrouter, requests } = fake([failure(503, 'busy')]);
      expect(await rejection(openrouter.request(path, { body: { model: 'a/b', prompt: 'x' } }))).toMatchObject({ status: 503 });
      expect(requests).toHaveLength(1);
    }
  });

  it.each([
    ['/chat/completions', { method: 'PUT', body: REQUEST }, 'method'],
    ['/chat/completions', { query: { a: 1 }, body: REQUEST }, 'query'],
    ['/chat/completions', { method: 'POST' }, 'body'],
    ['/chat/completions', { body: 'text' }, 'body'],
    ['/chat/completions', { body: { ...REQUEST, stream: true } }, 'stream()'],
    ['/audio/speech', { body: { model: 'a/b', input: 'hi' } }, 'sound'],
    ['/models', { method: 5 as unknown as string }, 'method'],
    ['/models', { method: '' }, 'method'],
    ['/models', { method: "GET'; true #" }, 'method'],
    ['/chat/completions', { method: 'GET ', body: REQUEST }, 'method'],
  ])('refuses %s with %j', async (path, options, told) => {
    const { openrouter, requests } = fake([json(answer())]);
    const error = await rejection(openrouter.request(path, options));
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error).toMatchObject({ message: expect.stringContaining(told) });
    expect(requests).toHaveLength(0);
  });
});

describe('embed', () => {
  it('gives vectors in the order of the inputs, and decodes base64', async () => {
    const base64 = btoa(String.fromCharCode(...new Uint8Array(new Float32Array([0.5, -2]).buffer)));
    const response = { model: 'a/b', data: [{ index: 1, embedding: base64 }, { index: 0, embedding: [1, 2] }], usage: { prompt_tokens: 3, total_tokens: 3, cost: 0.1 } };
    const { openrouter, requests } = fake([json(response)], { provider: { zdr: true } });
    const result = await openrouter.embed({ model: 'a/b', input: ['x', 'y'], provider: { zdr: false } });
    expect(result.embeddings).toEqual([
      [1, 2],
      [0.5, -2],
    ]);
    expect(result.usage).toEqual({ inputTokens: 3, totalTokens: 3 });
    expect(result.response).toEqual(response);
    expect(result.receipt).toMatchObject({ served: { model: 'a/b' }, cost: { total: 0.1 } });
    expect(requests[0]).toMatchObject({ url: `${BASE}/embeddings`, body: { model: 'a/b', input: ['x', 'y'], provider: { zdr: true } } });
  });

  it('says so when there are none', async () => {
    expect(await rejection(fake([json({ object: 'list' })]).openrouter.embed({ model: 'a/b', input: 'x' }))).toBeInstanceOf(APIError);
  });
});
