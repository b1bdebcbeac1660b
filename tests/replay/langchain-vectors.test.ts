import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Exchange, exchangeNames, readExchange } from '@waypost-tests/fixtures';
import type { Receipt } from '@waypost/core';
import { OpenRouterEmbeddings, OpenRouterRerank } from '@waypost/langchain';
import { describe, expect, it } from 'vitest';
import { API_KEY } from './adapters/adapter.js';
import { list, object, text } from './loose.js';
import { replay, type Split } from './player.js';

/** Real traffic, kept beside the checkout where it is kept at all; it is never copied into the project. */
const folder = fileURLToPath(new URL('../../../shared/cassettes', import.meta.url));
const required = Boolean(process.env['WAYPOST_REQUIRE_CASSETTES']);
const absent = !existsSync(folder);

const exchanges = (kind: string): readonly Exchange[] => exchangeNames(folder, kind).map((name) => readExchange(folder, kind, name));
const embeddings = exchanges('embeddings');
const reranks = exchanges('rerank');

const SPLITS: readonly Split[] = ['recorded', 1, 2];

const bodyOf = ({ response }: Exchange): ReturnType<typeof object> => object(response.body);
const costOf = (exchange: Exchange): unknown => object(bodyOf(exchange)['usage'])['cost'];

/** What is sent to an exchange, and what is told about it. */
function player(exchange: Exchange, split: Split): { fields: { model: string; apiKey: string; fetch: typeof fetch; hooks: object }; sent: unknown[]; receipts: Receipt[] } {
  const sent: unknown[] = [];
  const receipts: Receipt[] = [];
  const answer = replay(exchange, split);
  return {
    sent,
    receipts,
    fields: {
      model: text(exchange.model),
      apiKey: API_KEY,
      fetch: (url, init) => {
        sent.push(JSON.parse(text(init?.body)));
        return answer(url, init);
      },
      hooks: { onReceipt: (receipt: Receipt) => receipts.push(receipt) },
    },
  };
}

describe('recordings of embeddings and rankings', () => {
  it.skipIf(absent && !required)('lie beside this checkout', () => {
    expect(embeddings.length).toBeGreaterThan(0);
    expect(reranks.length).toBeGreaterThan(0);
  });
});

describe.runIf(embeddings.length > 0)('embeddings through LangChain', () => {
  it.each(embeddings)('$source', async (exchange) => {
    const rows = list(bodyOf(exchange)['data']).map((row) => object(row)['embedding']);
    expect(rows.length).toBeGreaterThan(0);
    const { input = rows.length === 1 ? 'a' : rows.map(() => 'a'), dimensions } = object(exchange.request.body);
    for (const split of SPLITS) {
      const { fields, sent, receipts } = player(exchange, split);
      const model = new OpenRouterEmbeddings({ ...fields, ...(typeof dimensions === 'number' && { dimensions }) });
      const vectors = typeof input === 'string' ? [await model.embedQuery(input)] : await model.embedDocuments(list(input).map(text));
      expect(vectors).toEqual(rows);
      expect(sent).toEqual([{ model: exchange.model, input, ...(dimensions !== undefined && { dimensions }) }]);
      expect(receipts).toEqual([expect.objectContaining({ cost: expect.objectContaining({ total: costOf(exchange), partial: false }) })]);
    }
  });
});

describe.runIf(reranks.length > 0)('rankings through LangChain', () => {
  it.each(reranks)('$source', async (exchange) => {
    const { query, documents } = object(exchange.request.body);
    const { results, provider, id } = bodyOf(exchange);
    for (const split of SPLITS) {
      const { fields, sent, receipts } = player(exchange, split);
      const ranking = await new OpenRouterRerank(fields).rerank(list(documents).map(text), text(query));
      expect(ranking).toEqual(list(results).map(object).map(({ index, relevance_score: relevanceScore }) => ({ index, relevanceScore })));
      expect(sent).toEqual([exchange.request.body]);
      expect(receipts).toEqual([expect.objectContaining({ id, served: expect.objectContaining({ provider }), cost: expect.objectContaining({ total: costOf(exchange) }) })]);
    }
  });
});
