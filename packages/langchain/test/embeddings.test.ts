import { inspect } from 'node:util';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { APIError, type FetchFunction, InvalidOptionsError, PolicyConflictError, type Receipt } from '@waypost/core';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { OpenRouterEmbeddings, type OpenRouterEmbeddingsInput } from '../src/index.js';
import { fakeServer, json, type Reply } from './fake-server.js';

const KEY = 'sk-or-v1-topsecret';

/** A vector that tells which text it is of: the number in the text. */
const vectorOf = (text: string): number[] => [Number(/\d+/.exec(text)?.[0] ?? 0), 0.5];

const answer = (embedding: unknown[], more: Record<string, unknown> = {}): Response =>
  json({ object: 'list', data: embedding.map((one, index) => ({ object: 'embedding', embedding: one, index })), model: 'a/vector', usage: { prompt_tokens: 4, total_tokens: 4, cost: 0.000_02 }, ...more });

/** Answers each request with the vectors of its texts, the rows back to front. */
function vectorServer(): { fetch: FetchFunction; inputs: (string | string[])[]; atOnce: () => number } {
  const inputs: (string | string[])[] = [];
  let open = 0;
  let most = 0;
  return {
    inputs,
    atOnce: () => most,
    fetch: async (_url, init) => {
      const { input } = JSON.parse(init.body as string) as { input: string | string[] };
      inputs.push(input);
      most = Math.max(most, (open += 1));
      // later requests come back first
      for (let turn = 0; turn < 60 - inputs.length * 3; turn += 1) await Promise.resolve();
      open -= 1;
      const rows = [input].flat().map((text, index) => ({ embedding: vectorOf(text), index }));
      return json({ data: rows.toReversed(), usage: { prompt_tokens: 1, cost: 0.001 } });
    },
  };
}

const make = (fetch: FetchFunction, more: OpenRouterEmbeddingsInput = {}): OpenRouterEmbeddings => new OpenRouterEmbeddings('a/vector', { apiKey: KEY, fetch, ...more });
const misspelt = { model: 'a/b', allowedModel: ['a/*'] };
const texts = (count: number): string[] => Array.from({ length: count }, (_, i) => `text ${i}`);
const failure = (code: number, headers = {}) => () => json({ error: { code, message: 'failed' } }, code, headers);

describe('OpenRouterEmbeddings', () => {
  it('is made from a model id and fields, or from fields', () => {
    expect(new OpenRouterEmbeddings('a/vector').model).toBe('a/vector');
    expect(new OpenRouterEmbeddings('a/vector', { batchSize: 9 })).toMatchObject({ model: 'a/vector', batchSize: 9 });
    expect(new OpenRouterEmbeddings({ modelName: 'a/vector', dimensions: 8 })).toMatchObject({ model: 'a/vector', modelName: 'a/vector', dimensions: 8, batchSize: 512, stripNewLines: false });
    expectTypeOf(new OpenRouterEmbeddings('a/vector')).toExtend<EmbeddingsInterface>();
  });

  it.each<[string, OpenRouterEmbeddingsInput, string]>([
    ['no model', {}, 'model'],
    ['no batch', { model: 'a/b', batchSize: 0 }, 'batchSize'],
    ['half a dimension', { model: 'a/b', dimensions: 1.5 }, 'dimensions'],
    ['a mistaken preference', { model: 'a/b', provider: { ignore: ['opnai'] } }, 'provider.ignore[0]'],
    ['a misspelt guardrail', misspelt, 'allowedModel'],
  ])('refuses %s', (_name, fields, path) => {
    expect(() => new OpenRouterEmbeddings(fields)).toThrow(expect.objectContaining({ name: 'InvalidOptionsError', issues: [expect.objectContaining({ path })] }));
  });

  it('shows no secret, serialised or inspected', () => {
    const embeddings = make(fakeServer().fetch, { headers: { 'x-own': 'hush-hush' } });
    expect(JSON.stringify({ embeddings })).toContain('a/vector');
    expect([JSON.stringify({ embeddings }), inspect(embeddings, { depth: 9 })].join()).not.toMatch(/topsecret|hush-hush/);
  });

  it('sends its settings in the words of the wire', async () => {
    const server = fakeServer(() => answer([[1]]));
    const embeddings = make(server.fetch, {
      dimensions: 8, encodingFormat: 'float', inputType: 'search_document', queryInputType: 'search_query', user: 'u', sessionId: 's', trace: { run: 1 },
      stripNewLines: true, modelKwargs: { tomorrow: true }, headers: { 'x-own': '1' },
    });
    await embeddings.embedDocuments(['two\nlines']);
    await embeddings.embedQuery('a\nquery', { model: 'b/vector', modelKwargs: { tomorrow: false } });
    const all = { dimensions: 8, encoding_format: 'float', user: 'u', session_id: 's', trace: { run: 1 } };
    expect(server.bodies).toEqual([
      { ...all, model: 'a/vector', input: ['two lines'], input_type: 'search_document', tomorrow: true },
      { ...all, model: 'b/vector', input: 'a query', input_type: 'search_query', tomorrow: false },
    ]);
    expect(server.headers[0]).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-own': '1' });
  });

  it('takes the names of ChatOpenRouter, and what is raw stands over what has a name', async () => {
    vi.stubEnv('OPENROUTER_SESSION_ID', 'of the environment');
    const server = fakeServer(() => answer([[1]]));
    const embeddings = make(server.fetch, { siteUrl: 'https://harbour.test', siteName: 'Harbour', responseCache: true, routerMetadata: false, dimensions: 8, modelKwargs: { dimensions: 9 } });
    await embeddings.embedQuery('x');
    await embeddings.embedQuery('x', { modelKwargs: { dimensions: 10 }, responseCache: { ttl: 60 } });
    vi.unstubAllEnvs();
    expect(server.bodies.map((body) => ({ ...body }))).toMatchObject([{ dimensions: 9, session_id: 'of the environment' }, { dimensions: 10 }]);
    expect(server.headers[0]).toMatchObject({ 'http-referer': 'https://harbour.test', 'x-openrouter-title': 'Harbour', 'x-openrouter-cache': 'true' });
    expect(server.headers[0]).toMatchObject({ 'x-openrouter-metadata': 'disabled' });
  });

  it('sends nothing that was not stated, and texts as they are', async () => {
    const server = fakeServer(() => answer([[1]]));
    await make(server.fetch).embedQuery('two\nlines');
    expect(server.bodies).toEqual([{ model: 'a/vector', input: 'two\nlines' }]);
  });

  it('reads base64', async () => {
    const floats = new Float32Array([1, -0.5]);
    const server = fakeServer(() => answer([Buffer.from(floats.buffer).toString('base64')]));
    expect(await make(server.fetch, { encodingFormat: 'base64' }).embedQuery('x')).toEqual([1, -0.5]);
  });
});

describe('batches', () => {
  it.each([[0, 0], [1, 1], [3, 1], [4, 2], [40, 14]])('of 3 for %i texts: %i requests, in order', async (count, requests) => {
    const server = vectorServer();
    const vectors = await make(server.fetch, { batchSize: 3 }).embedDocuments(texts(count));
    expect(vectors).toEqual(texts(count).map(vectorOf));
    expect(server.inputs).toHaveLength(requests);
    expect(server.inputs.flat()).toEqual(texts(count));
  });

  it('go out together, up to maxConcurrency', async () => {
    const all = vectorServer();
    await make(all.fetch, { batchSize: 1 }).embedDocuments(texts(12));
    expect(all.atOnce()).toBe(12);
    const two = vectorServer();
    expect(await make(two.fetch, { batchSize: 1, maxConcurrency: 2 }).embedDocuments(texts(12))).toEqual(texts(12).map(vectorOf));
    expect(two.atOnce()).toBe(2);
  });

  it('stop when one of them fails for good', async () => {
    let sent = 0;
    const fetch: FetchFunction = async () => {
      sent += 1;
      return sent === 2 ? failure(401)() : answer([[1]]);
    };
    const error: unknown = await make(fetch, { batchSize: 1, maxConcurrency: 1 }).embedDocuments(texts(50)).catch((reason: unknown) => reason);
    expect(APIError.isInstance(error) && error.status).toBe(401);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBeLessThan(5);
  });

  it('stop when the caller aborts', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    let sent = 0;
    const fetch: FetchFunction = (_url, init) => {
      sent += 1;
      return new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    };
    const settled = make(fetch, { batchSize: 1, maxConcurrency: 1 }).embedDocuments(texts(3), { signal: abort.signal }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(sent).toBe(1));
    abort.abort(reason);
    expect(await settled).toBe(reason);
    expect(sent).toBe(1);
  });
});

describe('the policy', () => {
  it('only tightens from the constructor to the call', async () => {
    const server = fakeServer(() => answer([[1]]));
    const embeddings = make(server.fetch, { provider: { zdr: true, order: ['nebius'] }, modelKwargs: { provider: { zdr: false, sort: 'price' } } });
    await embeddings.embedQuery('x', { provider: { zdr: false, data_collection: 'deny' }, modelKwargs: { provider: { max_price: { prompt: 1 } } } });
    expect(server.bodies[0]?.provider).toEqual({ zdr: true, order: ['nebius'], sort: 'price', data_collection: 'deny', max_price: { prompt: 1 } });
  });

  it.each<[string, OpenRouterEmbeddingsInput, (embeddings: OpenRouterEmbeddings) => Promise<unknown>, unknown]>([
    ['a conflict', { provider: { only: ['nebius'] } }, (embeddings) => embeddings.embedQuery('x', { provider: { only: ['openai'] } }), PolicyConflictError],
    ['a model that is not allowed', { allowedModels: ['b/*'] }, (embeddings) => embeddings.embedQuery('x'), PolicyConflictError],
    ['input in modelKwargs', { modelKwargs: { input: 'y' } }, (embeddings) => embeddings.embedQuery('x'), InvalidOptionsError],
    ['a model in modelKwargs', {}, (embeddings) => embeddings.embedQuery('x', { modelKwargs: { model: 'b/c' } }), InvalidOptionsError],
    ['what is no text', {}, (embeddings) => embeddings.embedDocuments(['x', 7 as unknown as string]), InvalidOptionsError],
    ['a text for a list', {}, (embeddings) => embeddings.embedDocuments('x' as unknown as string[]), InvalidOptionsError],
    ['no query', {}, (embeddings) => embeddings.embedQuery(undefined as unknown as string), InvalidOptionsError],
  ])('refuses %s, and nothing is sent or repeated', async (_name, fields, run, kind) => {
    const server = fakeServer(() => answer([[1]]));
    await expect(run(make(server.fetch, { onFailedAttempt: () => undefined, ...fields }))).rejects.toBeInstanceOf(kind);
    expect(server.bodies).toEqual([]);
  });
});

describe('receipts', () => {
  it('go to the hook, one for each request', async () => {
    const receipts: Receipt[] = [];
    const server = vectorServer();
    await make(server.fetch, { batchSize: 2, hooks: { onReceipt: (receipt) => receipts.push(receipt) } }).embedDocuments(texts(5));
    expect(receipts).toHaveLength(3);
    expect(receipts.reduce((sum, { cost }) => sum + (cost.total ?? 0), 0)).toBeCloseTo(0.003, 12);
    expect(receipts[0]).toMatchObject({ requested: ['a/vector'], usage: { inputTokens: 1 } });
  });
});

describe('failures', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Embeds against the replies, with all waits skipped; gives what was thrown, or the vector. */
  async function run(replies: (() => Reply)[], more: OpenRouterEmbeddingsInput = {}): Promise<{ outcome: unknown; sent: number; waitedMs: number }> {
    const server = fakeServer(...replies);
    const began = Date.now();
    const settled = make(server.fetch, more).embedQuery('a secret').catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    return { outcome: await settled, sent: server.bodies.length, waitedMs: Date.now() - began };
  }
  const good = (): Response => answer([[1]]);

  it.each([408, 429, 500, 502, 503, 504, 524, 529])('repeats after %i', async (status) => {
    expect(await run([failure(status), good])).toMatchObject({ outcome: [1], sent: 2 });
  });

  it.each([400, 401, 402, 403, 404, 413])('does not repeat after %i', async (status) => {
    const { outcome, sent } = await run([failure(status), good]);
    expect(APIError.isInstance(outcome) && outcome.status).toBe(status);
    expect(sent).toBe(1);
  });

  it('waits as long as the server asks, and stops after maxRetries', async () => {
    expect((await run([failure(429, { 'retry-after': '30' }), good])).waitedMs).toBeGreaterThanOrEqual(30_000);
    const { outcome, sent } = await run([failure(500)], { maxRetries: 2 });
    expect(sent).toBe(3);
    expect(APIError.isInstance(outcome) && outcome.receipt?.attempts?.[0]).toMatchObject({ outcome: 'error', status: 500 });
  });

  it('takes an error in a body with status 200 for one, and repeats', async () => {
    expect(await run([() => json({ error: { code: 502, message: 'upstream' } }), good])).toMatchObject({ outcome: [1], sent: 2 });
  });

  it.each([
    ['no vectors', () => json({ object: 'list' })],
    ['too few', () => answer([])],
    ['too many', () => answer([[1], [2]])],
    ['one twice', () => json({ data: [{ embedding: [1], index: 1 }] })],
  ])('refuses an answer with %s', async (_name, reply) => {
    const { outcome, sent } = await run([reply]);
    expect(APIError.isInstance(outcome)).toBe(true);
    expect(String(outcome)).not.toContain('a secret');
    expect(sent).toBe(1);
  });

  it('is limited in time', async () => {
    const hanging: FetchFunction = (_url, init) => new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const settled = make(hanging, { timeout: 1000, maxRetries: 0 }).embedQuery('x').catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await settled).toMatchObject({ name: 'TimeoutError' });
  });
});
