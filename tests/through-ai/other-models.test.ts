import { fail } from '@waypost/testing';
import { embed, embedMany, rerank } from 'ai';
import { describe, expect, it } from 'vitest';
import { connect, receiptOf } from './connection.js';

describe('embeddings', () => {
  it('come in the order of the values, in one call or many', async () => {
    const { openrouter, gateway, body } = connect({}, { provider: { zdr: true } });
    const model = openrouter.embeddingModel('dune/vector');
    const values = ['tide', 'depth', 'harbour', 'mast'];
    const { embeddings, usage, providerMetadata, responses } = await embedMany({ model, values });
    const alone = await Promise.all(values.map(async (value) => (await embed({ model, value })).embedding));
    expect(embeddings).toEqual(alone);
    expect(usage.tokens).toBeGreaterThan(0);
    expect(receiptOf(providerMetadata).served?.providerSlug).toBe('nebius');
    expect(responses).toHaveLength(1);
    expect(body(0)).toMatchObject({ provider: { zdr: true }, input: values });
    expect(gateway.requests).toHaveLength(5);
  });

  it('are asked for again where a provider was busy', async () => {
    const { openrouter, gateway } = connect({ gateway: [fail(503, { retryAfter: 0 }), { kind: 'ok' }] });
    expect((await embed({ model: openrouter.textEmbeddingModel('dune/vector'), value: 'tide' })).embedding).toHaveLength(8);
    expect(gateway.requests).toHaveLength(2);
  });
});

describe('reranking', () => {
  it('puts the best first, under the policy', async () => {
    const { openrouter, body } = connect({}, { provider: { dataCollection: 'deny' } });
    const documents = ['Paris is a city', 'The tide at Otter is high', 'Otter'];
    const { ranking, rerankedDocuments, providerMetadata } = await rerank({ model: openrouter.rerankingModel('dune/compass'), query: 'tide at Otter', documents, topN: 2 });
    expect(rerankedDocuments).toEqual(['The tide at Otter is high', 'Otter']);
    expect(ranking[0]).toMatchObject({ originalIndex: 1, document: documents[1] });
    expect(body(0)).toMatchObject({ top_n: 2, provider: { data_collection: 'deny' } });
    expect(receiptOf(providerMetadata).cost?.total).toBeGreaterThan(0);
  });
});
