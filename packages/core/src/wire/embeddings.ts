import type { ContentPart } from './message.js';
import type { Open } from './open.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { Usage } from './usage.js';

/** The body of `POST /embeddings`. Source: OpenRouter API, embeddings. */
export interface EmbeddingsRequest {
  model: string;
  input:
    | string
    | readonly string[]
    | readonly number[]
    | readonly (readonly number[])[]
    | readonly { content: readonly ContentPart[] }[];
  dimensions?: number;
  encoding_format?: 'float' | 'base64';
  input_type?: string;
  provider?: ProviderPreferences;
  user?: string;
  session_id?: string;
  trace?: { readonly [key: string]: unknown };
}

/** Order the rows by `index`, where it is given. */
export interface EmbeddingsResponse {
  object?: Open<'list'>;
  id?: string;
  model?: string;
  provider?: string;
  data: { object?: Open<'embedding'>; embedding: number[] | string; index?: number }[];
  usage?: Usage;
  [key: string]: unknown;
}
