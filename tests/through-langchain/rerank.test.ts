import { Document, type DocumentInterface } from '@langchain/core/documents';
import { RunnableLambda } from '@langchain/core/runnables';
import { NoRouteError, type Receipt } from '@waypost/core';
import { OpenRouterRerank, type OpenRouterRerankInput } from '@waypost/langchain';
import { fail, type Gateway, type GatewayOptions, ok, reply } from '@waypost/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect as open } from './connection.js';

interface Connection {
  readonly gateway: Gateway;
  readonly reranker: OpenRouterRerank;
  readonly receipts: Receipt[];
}

function connect(fields: OpenRouterRerankInput = {}, scenario: GatewayOptions['scenario'] = {}): Connection {
  const { gateway, settings } = open(scenario);
  const receipts: Receipt[] = [];
  const reranker = new OpenRouterRerank('dune/compass', {
    ...settings, hooks: { onReceipt: (receipt) => receipts.push(receipt) }, ...fields,
  });
  return { gateway, reranker, receipts };
}

const texts = ['Paris is a city', 'The tide at Otter is high', 'Otter', 'the tide'];
const documents = texts.map((pageContent, page) => new Document({ pageContent, metadata: { page } }));
const query = 'tide at Otter';

// Waits between attempts pass at once.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }).setTimerTickMode('nextTimerAsync'));
afterEach(() => void vi.useRealTimers());

describe('reranking', () => {
  it('puts the best first, and keeps what documents say of themselves', async () => {
    const { reranker } = connect({ topN: 3 });
    const best = await reranker.compressDocuments(documents, query);
    expect(best.map(({ pageContent, metadata }) => [pageContent, metadata['page']])).toEqual([[texts[1], 1], [texts[2], 2], [texts[3], 3]]);
    const scores = best.map(({ metadata }) => Number(metadata['relevanceScore']));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(0.9);
  });

  it('gives places and scores of texts and documents alike', async () => {
    const { reranker, gateway } = connect({}, { reply: reply.scores([0.1, 0.2, 0.9, 0.4]) });
    expect(await reranker.rerank(texts, query)).toEqual([2, 3, 1, 0].map((index) => ({ index, relevanceScore: [0.1, 0.2, 0.9, 0.4][index] })));
    expect(await reranker.rerank(documents, query, { topN: 1 })).toEqual([{ index: 2, relevanceScore: 0.9 }]);
    expect(gateway.requests.map(({ body }) => body)).toEqual([
      { model: 'dune/compass', query, documents: texts },
      { model: 'dune/compass', query, documents: texts, top_n: 1 },
    ]);
  });

  it('keeps to the policy, and tells what it cost', async () => {
    const { reranker, gateway, receipts } = connect({ provider: { dataCollection: 'deny', order: ['cohere'] } });
    await reranker.rerank(texts, query, { provider: { data_collection: 'allow' } });
    expect(gateway.requests[0]).toMatchObject({ body: { provider: { data_collection: 'deny', order: ['cohere'] } }, served: { tag: 'cohere' } });
    expect(receipts[0]?.cost.total).toBe(0.002);
    expect(receipts[0]?.overruled[0]?.field).toBe('data_collection');
  });

  it('says what leaves no provider', async () => {
    const { reranker } = connect({ provider: { zdr: true } });
    await expect(reranker.rerank(texts, query, { provider: { only: ['deepinfra'] } })).rejects.toBeInstanceOf(NoRouteError);
  });

  it('falls back to another provider, and tries again where the service was busy', async () => {
    const { reranker, gateway } = connect({ provider: { order: ['cohere', 'nebius'] } }, { gateway: [fail(503, { retryAfter: 0 }), ok()], endpoints: { cohere: fail(502) } });
    expect(await reranker.rerank(texts, query)).toHaveLength(4);
    expect(gateway.requests.map(({ attempts }) => attempts.map(({ tag, status }) => `${tag} ${status}`))).toEqual([[], ['cohere 502', 'nebius 200']]);
  });

  it('is a step of a chain', async () => {
    const { reranker } = connect({ topN: 1 });
    const retrieve = RunnableLambda.from((question: string) => ({ question, found: documents as DocumentInterface[] }));
    const chain = retrieve.pipe(({ question, found }) => reranker.compressDocuments(found, question)).pipe(([best]) => best?.pageContent);
    expect(await chain.invoke(query)).toBe(texts[1]);
    expect(await chain.batch(['city', 'high'])).toEqual([texts[0], texts[1]]);
  });
});
