import { inspect } from 'node:util';
import { Document } from '@langchain/core/documents';
import { BaseDocumentCompressor } from '@langchain/core/retrievers/document_compressors';
import { APIError, InvalidOptionsError, PolicyConflictError, type Receipt } from '@waypost/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenRouterRerank, type OpenRouterRerankInput } from '../src/index.js';
import { type FakeServer, fakeServer, json } from './fake-server.js';

const KEY = 'sk-or-v1-topsecret';
const RESULTS = [{ index: 2, relevance_score: 0.9, document: { text: 'c' } }, { index: 0, relevance_score: 0.25 }];
const answer = (results: unknown = RESULTS): Response => json({ model: 'a/compass', results, provider: 'Nebius', id: 'gen-rerank-1', usage: { total_tokens: 9, search_units: 1, cost: 0.002 } });
const failure = (code: number) => () => json({ error: { code, message: 'failed' } }, code);

const make = (server: FakeServer, more: OpenRouterRerankInput = {}): OpenRouterRerank => new OpenRouterRerank('a/compass', { apiKey: KEY, fetch: server.fetch, ...more });
const documents = ['a', 'b', 'c'].map((pageContent) => new Document({ pageContent, id: `id-${pageContent}`, metadata: { page: pageContent } }));

describe('OpenRouterRerank', () => {
  it('is made from a model id and fields, or from fields', () => {
    expect(new OpenRouterRerank('a/compass', { topN: 2 })).toMatchObject({ model: 'a/compass', topN: 2 });
    expect(new OpenRouterRerank({ modelName: 'a/compass' })).toMatchObject({ model: 'a/compass', topN: undefined });
    expect(BaseDocumentCompressor.isBaseDocumentCompressor(new OpenRouterRerank('a/compass'))).toBe(true);
  });

  it.each<[string, OpenRouterRerankInput, string]>([
    ['no model', {}, 'model'],
    ['none of the best', { model: 'a/b', topN: 0 }, 'topN'],
    ['a mistaken preference', { model: 'a/b', provider: { maxPrice: { prompt: -1 } } }, 'provider.maxPrice.prompt'],
  ])('refuses %s', (_name, fields, path) => {
    expect(() => new OpenRouterRerank(fields)).toThrow(expect.objectContaining({ name: 'InvalidOptionsError', issues: [expect.objectContaining({ path })] }));
  });

  it('shows no secret, serialised or inspected', () => {
    const reranker = make(fakeServer(), { headers: { 'x-own': 'hush-hush' } });
    expect([JSON.stringify({ reranker }), inspect(reranker, { depth: 9 })].join()).not.toMatch(/topsecret|hush-hush/);
  });

  it('gives the best documents first, with their scores', async () => {
    const server = fakeServer(() => answer());
    const best = await make(server, { topN: 2, user: 'u', sessionId: 's' }).compressDocuments(documents, 'which?');
    expect(best).toEqual([
      new Document({ pageContent: 'c', id: 'id-c', metadata: { page: 'c', relevanceScore: 0.9 } }),
      new Document({ pageContent: 'a', id: 'id-a', metadata: { page: 'a', relevanceScore: 0.25 } }),
    ]);
    expect(documents[2]?.metadata).toEqual({ page: 'c' });
    expect(server.bodies).toEqual([{ model: 'a/compass', query: 'which?', documents: ['a', 'b', 'c'], top_n: 2, user: 'u', session_id: 's' }]);
  });

  it('ranks texts, documents, documents of the wire and other records', async () => {
    const server = fakeServer(() => answer());
    const image = 'https://x.test/a.png';
    const ranking = await make(server, { topN: 1 }).rerank(['a', documents[1] ?? '', { text: 'c', image }, { title: 'd', text: 'e' }, {}], 'which?', { topN: 3, model: 'b/compass' });
    expect(ranking).toEqual([{ index: 2, relevanceScore: 0.9 }, { index: 0, relevanceScore: 0.25 }]);
    expect(server.bodies).toEqual([{ model: 'b/compass', query: 'which?', documents: ['a', 'b', { text: 'c', image }, '{"title":"d","text":"e"}', '{}'], top_n: 3 }]);
  });

  it('takes how many of the best from the call, then from modelKwargs, then from topN', async () => {
    const server = fakeServer(() => answer());
    const reranker = make(server, { topN: 1, modelKwargs: { top_n: 2 } });
    await reranker.rerank(['a', 'b', 'c'], 'which?');
    await reranker.rerank(['a', 'b', 'c'], 'which?', { topN: 3 });
    expect(server.bodies).toMatchObject([{ top_n: 2 }, { top_n: 3 }]);
  });

  it('asks for nothing where there is nothing to rank', async () => {
    const server = fakeServer(() => answer());
    expect(await make(server).compressDocuments([], 'which?')).toEqual([]);
    expect(server.bodies).toEqual([]);
  });

  it('tells receipts to the hook', async () => {
    const receipts: Receipt[] = [];
    await make(fakeServer(() => answer()), { hooks: { onReceipt: (receipt) => receipts.push(receipt) } }).rerank(['a', 'b', 'c'], 'which?');
    expect(receipts).toEqual([expect.objectContaining({ id: 'gen-rerank-1', served: expect.objectContaining({ provider: 'Nebius' }), cost: expect.objectContaining({ total: 0.002 }) })]);
  });
});

describe('the policy', () => {
  it('only tightens from the constructor to the call', async () => {
    const server = fakeServer(() => answer());
    const reranker = make(server, { provider: { zdr: true }, modelKwargs: { provider: { zdr: false, sort: 'price' }, tomorrow: true } });
    await reranker.rerank(['a', 'b', 'c'], 'which?', { provider: { zdr: false, data_collection: 'deny' } });
    expect(server.bodies[0]).toMatchObject({ tomorrow: true, provider: { zdr: true, sort: 'price', data_collection: 'deny' } });
  });

  it.each<[string, OpenRouterRerankInput, (reranker: OpenRouterRerank) => Promise<unknown>, unknown]>([
    ['a conflict', { provider: { only: ['nebius'] } }, (reranker) => reranker.rerank(['a'], 'q', { provider: { only: ['cohere'] } }), PolicyConflictError],
    ['documents in modelKwargs', { modelKwargs: { documents: ['b'] } }, (reranker) => reranker.rerank(['a'], 'q'), InvalidOptionsError],
    ['a query in modelKwargs of a call', {}, (reranker) => reranker.rerank(['a'], 'q', { modelKwargs: { query: 'p' } }), InvalidOptionsError],
    ['half a document', {}, (reranker) => reranker.rerank(['a'], 'q', { topN: 0.5 }), InvalidOptionsError],
  ])('refuses %s, and nothing is sent or repeated', async (_name, fields, run, kind) => {
    const server = fakeServer(() => answer());
    await expect(run(make(server, { onFailedAttempt: () => undefined, ...fields }))).rejects.toBeInstanceOf(kind);
    expect(server.bodies).toEqual([]);
  });
});

describe('failures', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Ranks three texts against the replies, with all waits skipped; gives what was thrown, or the ranking. */
  async function run(...replies: (() => Response)[]): Promise<{ outcome: unknown; sent: number }> {
    const server = fakeServer(...replies);
    const settled = make(server, { maxRetries: 2 }).rerank(['a', 'b', 'c'], 'a secret').catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    return { outcome: await settled, sent: server.bodies.length };
  }

  it.each([429, 500, 503])('repeats after %i', async (status) => {
    expect(await run(failure(status), () => answer())).toEqual({ outcome: [{ index: 2, relevanceScore: 0.9 }, { index: 0, relevanceScore: 0.25 }], sent: 2 });
  });

  it.each([400, 401, 404])('does not repeat after %i', async (status) => {
    const { outcome, sent } = await run(failure(status));
    expect(APIError.isInstance(outcome) && outcome.status).toBe(status);
    expect(sent).toBe(1);
  });

  it.each([
    ['no results', null],
    ['a document that was not sent', [{ index: 3, relevance_score: 1 }]],
    ['a document twice', [{ index: 1, relevance_score: 1 }, { index: 1, relevance_score: 0.5 }]],
    ['a document before the first', [{ index: -1, relevance_score: 1 }]],
    ['half a document', [{ index: 0.5, relevance_score: 1 }]],
  ])('refuses an answer with %s', async (_name, results) => {
    const { outcome, sent } = await run(() => answer(results));
    expect(APIError.isInstance(outcome) && outcome.receipt?.cost.total).toBe(0.002);
    expect(String(outcome)).not.toContain('a secret');
    expect(sent).toBe(1);
  });
});
