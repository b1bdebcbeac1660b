import { type ClientConfig, type Endpoint, type EndpointList, InvalidOptionsError, type JsonCall, type Model, type ModelEndpoints, type ModelList, parseModelId } from '@waypost/core';
import { dataOf } from './data-of.js';
import type { RouteOptions } from './options.js';

/** Filters and sorting of the model list, as query parameters of `GET /models`; others pass through. */
export interface ModelQuery {
  /** Default 0. Without `offset` and `limit` all models come. */
  offset?: number;
  /** 1 to 1000. */
  limit?: number;
  /** Search text. */
  q?: string;
  category?: string;
  /** Separated by commas. */
  supported_parameters?: string;
  /** Default `text`; `all` for every kind. */
  output_modalities?: string;
  input_modalities?: string;
  /** Such as `pricing-low-to-high`, `throughput-high-to-low`, `newest`. */
  sort?: string;
  /** At least that many tokens of context. */
  context?: number;
  /** USD per million prompt tokens. */
  min_price?: number;
  /** USD per million prompt tokens. */
  max_price?: number;
  providers?: string;
  zdr?: boolean;
  [parameter: string]: string | number | boolean | undefined;
}

/** The catalogue. It needs no key; one is sent where there is one. */
export interface Models {
  list(query?: ModelQuery, options?: RouteOptions): Promise<Model[]>;
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
  const get = <Data>(path: string, options: RouteOptions | undefined, query?: JsonCall['query']): Promise<Data> =>
    dataOf<Data>(config, { path, keyed: false, options, ...(query && { query }) });
  return {
    list: (query, options) => get<ModelList['data']>('/models', options, query),
    // the route of one model is singular, unlike the others
    get: async (id, options) => get<Model>(`/model${pathOf(id)}`, options),
    endpoints: async (id, options) => get<ModelEndpoints['data']>(`/models${pathOf(id)}/endpoints`, options),
    zdr: (options) => get<EndpointList['data']>('/endpoints/zdr', options),
  };
}
