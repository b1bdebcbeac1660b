import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, reply } from '../../src/index.js';
import { post } from '../helpers.js';

interface Ranking {
  readonly id: string;
  readonly results: readonly { readonly index: number; readonly relevance_score: number; readonly document: unknown }[];
  readonly usage: unknown;
}

const DOCUMENTS = ['Paris is the capital of France', 'Ruby is a programming language', 'Rubies are red'];

async function rank(body: object, gateway: Gateway = createGateway()): Promise<Ranking> {
  return (await (await post(gateway, '/rerank', { model: 'dune/compass', query: 'a programming language', documents: DOCUMENTS, ...body })).json()) as Ranking;
}

describe('POST /rerank', () => {
  it('puts the document with the words of the query first', async () => {
    const { id, results, ...rest } = await rank({ provider: { only: ['deepinfra'] } });
    expect(results).toEqual([
      { index: 1, relevance_score: 0.95, document: { text: 'Ruby is a programming language' } },
      { index: 0, relevance_score: 0.05, document: { text: 'Paris is the capital of France' } },
      { index: 2, relevance_score: 0.05, document: { text: 'Rubies are red' } },
    ]);
    expect(rest).toEqual({ model: 'dune/compass', provider: 'DeepInfra', usage: { total_tokens: 26, cost: 0.000_000_52 } });
    expect(id).toMatch(/^gen-rerank-1790000000-\w{20}$/);
  });

  it('keeps to top_n, and gives documents back as they came', async () => {
    const { results } = await rank({ documents: ['x', { text: 'a language', image: 'data:,' }], top_n: 1 });
    expect(results).toEqual([{ index: 1, relevance_score: 0.65, document: { text: 'a language', image: 'data:,' } }]);
  });

  it('counts searches where an endpoint is paid by them', async () => {
    expect((await rank({ provider: { only: ['cohere'] } })).usage).toEqual({ total_tokens: 26, search_units: 1, cost: 0.002 });
    const dear = await post(createGateway(), '/rerank', {
      model: 'dune/compass', query: 'a', documents: ['a'], provider: { only: ['cohere'], max_price: { request: 0.001 } },
    });
    expect(dear.status).toBe(404);
  });

  it('scores as scripted', async () => {
    const { results } = await rank({}, createGateway({ scenario: { reply: reply.scores([0.3, 0.1]) } }));
    expect(results.map(({ index, relevance_score }) => [index, relevance_score])).toEqual([[0, 0.3], [1, 0.1], [2, 0.05]]);
  });

  it.each([
    ['query', { query: '' }], ['query', { query: 1 }], ['documents', { documents: [] }], ['documents', { documents: 'a' }], ['documents', { documents: [1] }, 0],
    ['top_n', { top_n: 0 }], ['top_n', { top_n: 1.5 }],
  ])('refuses a wrong %s', async (field, body, ...deeper) => {
    const response = await post(createGateway(), '/rerank', { model: 'dune/compass', query: 'a', documents: ['a'], ...body });
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, JSON.parse(error.message)]).toMatchObject([400, [{ path: [field, ...deeper] }]]);
  });
});
