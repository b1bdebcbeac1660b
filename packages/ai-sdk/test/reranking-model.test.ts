import { APICallError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { json, serve } from './support/fake-server.js';

const ANSWER = {
  id: 'gen-rerank-1', model: 'rank-1', provider: 'VoyageAI by MongoDB',
  results: [
    { index: 1, relevance_score: 0.8, document: { text: 'b' } },
    { index: 0, relevance_score: 0.3, document: { text: 'a' } },
  ],
  usage: { total_tokens: 17, cost: 3.4e-7 },
};
const texts = { type: 'text' as const, values: ['a', 'b'] };

describe('a reranking model', () => {
  it('sends the query and the documents, and gives the ranking', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { provider: { dataCollection: 'deny' } });
    const result = await openrouter.rerankingModel('acme/rank').doRerank({ query: 'q', documents: texts, topN: 2 });
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/rerank');
    expect(sent[0]?.body).toEqual({ model: 'acme/rank', query: 'q', documents: ['a', 'b'], top_n: 2, provider: { data_collection: 'deny' } });
    expect(result.ranking).toEqual([{ index: 1, relevanceScore: 0.8 }, { index: 0, relevanceScore: 0.3 }]);
    expect(result.warnings).toEqual([]);
    expect(result.response).toMatchObject({ id: 'gen-rerank-1', modelId: 'rank-1', body: ANSWER });
    expect(result.providerMetadata?.['openrouter']).toMatchObject({
      provider: 'VoyageAI by MongoDB', usage: { totalTokens: 17, cost: 3.4e-7 }, receipt: { cost: { total: 3.4e-7, partial: false } },
    });
  });

  it('sends objects of the wire as they are, and others as their JSON with a warning', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    const model = openrouter.rerankingModel('acme/rank');
    const own = [{ text: 'a' }, { image: 'https://example.com/b.png' }];
    expect((await model.doRerank({ query: 'q', documents: { type: 'object', values: own } })).warnings).toEqual([]);
    expect(sent[0]?.body['documents']).toEqual(own);
    const other = await model.doRerank({ query: 'q', documents: { type: 'object', values: [{ title: 'a' }, { text: 'b' }] } });
    expect(sent[1]?.body['documents']).toEqual(['{"title":"a"}', '{"text":"b"}']);
    expect(other.warnings).toEqual([{ type: 'compatibility', feature: 'object documents', details: expect.any(String) }]);
  });

  it.each([
    ['ranks what was not sent', { ...ANSWER, results: [{ index: 7, relevance_score: 1 }] }],
    ['has no results', { id: 'gen-rerank-1' }],
  ])('fails when the answer %s', async (_, answer) => {
    const { openrouter } = serve(json(answer));
    await expect(openrouter.rerankingModel('acme/rank').doRerank({ query: 'q', documents: texts })).rejects.toBeInstanceOf(APICallError);
  });
});
