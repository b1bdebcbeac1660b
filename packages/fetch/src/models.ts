import { type ClientConfig, type Endpoint, type EndpointList, InvalidOptionsError, type JsonCall, type Model, type ModelCount, type ModelEndpoints, type Open, parseModelId } from '@waypost/core';
import { answerOf, dataOf, lacking } from './data-of.js';
import type { RouteOptions } from './options.js';
import { listPages, type PageQuery, type Pages } from './pages.js';

type List<Value extends string> = Open<Value> | readonly Open<Value>[];

/** What a model gives. */
type OutputModality = 'text' | 'image' | 'embeddings' | 'audio' | 'video' | 'rerank' | 'decisions' | 'speech' | 'transcription' | 'all';

/**
 * Filters and sorting of the model list, as query parameters of `GET /models`; others pass through. A list may be an array, or text
 * with commas. Without `offset` and `limit` all models come. Source: OpenRouter API, list models.
 */
export interface ModelQuery extends PageQuery {
  /** Search text. */
  q?: string | undefined;
  category?: string | undefined;
  /** Parameters that a model is to support, such as `tools`. */
  supported_parameters?: List<string> | undefined;
  /** Default `text`; `all` for every kind. */
  output_modalities?: List<OutputModality> | undefined;
  input_modalities?: List<'text' | 'image' | 'file' | 'audio' | 'video'> | undefined;
  sort?:
    | Open<
        | 'pricing-low-to-high' | 'pricing-high-to-low' | 'context-high-to-low' | 'throughput-high-to-low' | 'latency-low-to-high' | 'most-popular' | 'top-weekly'
        | 'newest' | 'intelligence-high-to-low' | 'coding-high-to-low' | 'agentic-high-to-low' | 'design-arena-elo-high-to-low'
      >
    | undefined;
  /** At least that many tokens of context. */
  context?: number | undefined;
  /** USD per million prompt tokens. */
  min_price?: number | undefined;
  /** USD per million prompt tokens. */
  max_price?: number | undefined;
  /** USD per million completion tokens. */
  min_output_price?: number | undefined;
  /** USD per million completion tokens. */
  max_output_price?: number | undefined;
  arch?: string | undefined;
  /** Authors: the first part of a model's id. */
  model_authors?: List<string> | undefined;
  /** Slugs of providers. */
  providers?: List<string> | undefined;
  /** `true`: only models whose authors permit distillation. */
  distillable?: boolean | undefined;
  /** `true`: only models with an endpoint that retains nothing. */
  zdr?: boolean | undefined;
  region?: Open<'eu' | 'us'> | undefined;
  min_age_days?: number | undefined;
  max_age_days?: number | undefined;
  min_intelligence_index?: number | undefined;
  max_intelligence_index?: number | undefined;
  min_coding_index?: number | undefined;
  max_coding_index?: number | undefined;
  min_agentic_index?: number | undefined;
  max_agentic_index?: number | undefined;
  min_tool_success_rate?: number | undefined;
  max_tool_success_rate?: number | undefined;
  [parameter: string]: string | number | boolean | readonly string[] | undefined;
}

/** Filters of the models that the key may use. Source: OpenRouter API, list models for a user. */
export type UserModelQuery = Pick<ModelQuery, 'offset' | 'limit' | 'output_modalities'> & { [parameter: string]: ModelQuery[string] };

/** Filters of the count. Source: OpenRouter API, count models. */
export type ModelCountQuery = Pick<ModelQuery, 'output_modalities'> & { [parameter: string]: ModelQuery[string] };

/** The catalogue. But for `user` it needs no key; one is sent where there is one. */
export interface Models {
  /**
   * The models that pass the filters, as a promise of a list and page by page; see {@link Pages}.
   *
   * @throws {InvalidOptionsError} for an `offset` or `limit` that is none.
   * @example
   * const cheap = await openrouter.models.list({ supported_parameters: ['tools'], max_price: 1, sort: 'newest' });
   */
  list(query?: ModelQuery, options?: RouteOptions): Pages<Model>;
  /** The models that the account's own settings allow: providers, privacy, guardrails. Needs the key. */
  user(query?: UserModelQuery, options?: RouteOptions): Pages<Model>;
  /** How many models there are. Default: with text output. */
  count(query?: ModelCountQuery, options?: RouteOptions): Promise<number>;
  /** One model, aliases and variants resolved. */
  get(id: string, options?: RouteOptions): Promise<Model>;
  /** A model and its endpoints: who serves it, at what price, how well. */
  endpoints(id: string, options?: RouteOptions): Promise<ModelEndpoints['data']>;
  /** All endpoints with zero data retention. */
  zdr(options?: RouteOptions): Promise<Endpoint[]>;
}

/** The model's part of a path. */
function pathOf(id: string): string {
  const { alias, author, slug, preset } = parseModelId(id, 'id');
  if (author === undefined || slug === undefined || preset !== undefined) {
    throw new InvalidOptionsError([{ path: 'id', message: `${JSON.stringify(id.slice(0, 100))} names no model of the catalogue`, suggestion: 'write "author/slug"' }]);
  }
  const rest = id.slice((alias ? 1 : 0) + author.length + 1);
  // `~` and `:` belong to the id, and may stand in a path as they are
  return `/${alias ? '~' : ''}${encodeURIComponent(author)}/${encodeURIComponent(rest).replaceAll('%3A', ':')}`;
}

export function createModels(config: ClientConfig): Models {
  const call = (path: string, options: RouteOptions | undefined, query?: ModelQuery, keyed = false): JsonCall => ({ path, keyed, options, query });
  const get = <Data>(path: string, options: RouteOptions | undefined): Promise<Data> => dataOf<Data>(config, call(path, options));
  return {
    list: (query, options) => listPages<Model>(config, call('/models', options, query), query),
    user: (query, options) => listPages<Model>(config, call('/models/user', options, query, true), query),
    async count(query, options) {
      const counted = call('/models/count', options, query);
      const answer = await answerOf<ModelCount>(config, counted);
      const count: unknown = answer.body.data?.count;
      if (typeof count !== 'number') throw lacking(counted, answer, 'count');
      return count;
    },
    // the route of one model is singular, unlike the others
    get: async (id, options) => get<Model>(`/model${pathOf(id)}`, options),
    endpoints: async (id, options) => get<ModelEndpoints['data']>(`/models${pathOf(id)}/endpoints`, options),
    zdr: (options) => get<EndpointList['data']>('/endpoints/zdr', options),
  };
}
