import { type CallOptions, type RerankResponse, type RerankResult, sendRerank } from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import type { RerankInput } from './media-request.js';
import { type MediaResult, resultOf } from './media-result.js';

/** A ranking. */
export interface RerankingResult extends MediaResult<RerankResponse> {
  /** The best first; `index` is the document's place in the request. */
  results: RerankResult[];
}

/**
 * Ranks documents by how well they fit a query. All of the policy holds.
 *
 * @throws as `chat`; an `APIError` too when the answer holds no ranking of what was sent.
 * @example
 * const { results } = await rerank(openrouter, { model: 'cohere/rerank-v3.5', query: 'harbour', documents: ['a lighthouse', 'a quay'], top_n: 1 });
 */
export async function rerank(client: OpenRouter, request: RerankInput, options?: CallOptions): Promise<RerankingResult> {
  const answer = await sendRerank(configOf(client), { body: request, options });
  return { results: answer.response.results, ...resultOf(answer) };
}
