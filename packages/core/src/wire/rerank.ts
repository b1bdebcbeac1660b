import type { ProviderPreferences } from './provider-preferences.js';
import type { Usage } from './usage.js';

/** A document to rank: a text, or a picture by its URL. */
export type RerankDocument = string | { text?: string; image?: string };

/** The body of `POST /rerank`. Source: OpenRouter API, rerank. */
export interface RerankRequest {
  model: string;
  query: string;
  documents: readonly RerankDocument[];
  /** How many of the best to give. Default: all. */
  top_n?: number;
  provider?: ProviderPreferences;
  user?: string;
  session_id?: string;
}

/** A document's place in the request, and how well it fits; higher is better. */
export interface RerankResult {
  index: number;
  relevance_score: number;
  document?: { text?: string; image?: string; [key: string]: unknown } | string | null;
}

/** Results come best first. */
export interface RerankResponse {
  id?: string;
  model?: string;
  provider?: string;
  results: RerankResult[];
  usage?: Usage & { search_units?: number };
  [key: string]: unknown;
}
