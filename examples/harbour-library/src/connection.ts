import { ChatOpenRouter, OpenRouterEmbeddings, OpenRouterRerank } from '@waypost/langchain';
import type { Gateway } from '@waypost/testing';
import { createBill, type Bill } from './bill.js';

/** Stated once, for all three: nobody may keep what is asked, and nothing may be dear. Prices in USD per million tokens, and per request. */
const policy = {
  provider: { dataCollection: 'deny', maxPrice: { prompt: 3, completion: 15, request: 0.01 } },
  allowedModels: ['openai/*', 'cohere/*', 'acme/*', 'borealis/*', 'dune/*'],
} as const;

/** What a library is made of. */
export interface Models {
  readonly embeddings: OpenRouterEmbeddings;
  readonly reranker: OpenRouterRerank;
  readonly chat: ChatOpenRouter;
  /** What all of them have cost. */
  readonly bill: Bill;
}

/** Models of the real API, with the key of the environment. */
export function realModels(): Models {
  const bill = createBill();
  const options = { ...policy, hooks: { onReceipt: bill.add }, appTitle: 'Waypost example: harbour library' };
  return {
    embeddings: new OpenRouterEmbeddings('openai/text-embedding-3-small', options),
    reranker: new OpenRouterRerank('cohere/rerank-v3.5', { ...options, topN: 3 }),
    chat: new ChatOpenRouter('openai/gpt-4.1-mini', { ...options, temperature: 0 }),
    bill,
  };
}

/** Models of a gateway in this process. */
export function localModels(gateway: Gateway): Models {
  const bill = createBill();
  const options = { ...policy, hooks: { onReceipt: bill.add }, apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch };
  return {
    embeddings: new OpenRouterEmbeddings('dune/vector', options),
    reranker: new OpenRouterRerank('dune/compass', { ...options, topN: 3 }),
    chat: new ChatOpenRouter('acme/atlas', { ...options, models: ['borealis/aurora'], temperature: 0 }),
    bill,
  };
}
