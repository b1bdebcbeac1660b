import type { Endpoint, EndpointList, Model, ModelEndpoints, ModelList, Percentiles, Provider, ProviderList } from '@waypost/core';
import { defineEndpoint } from './endpoint.js';
import { model } from './model.js';
import type { Catalogue, GatewayEndpoint, GatewayModel } from './types.js';

/** Answers of the real API, as they came or their `data`. */
export interface CatalogueSources {
  /** `GET /models`. */
  readonly models: ModelList | readonly Model[];
  /** `GET /models/{author}/{slug}/endpoints`, of the models for which it is known. */
  readonly endpoints?: readonly (ModelEndpoints | ModelEndpoints['data'])[];
  /** `GET /endpoints/zdr`: these endpoints keep no data. They serve models too for which `endpoints` has no answer. */
  readonly zdr?: EndpointList | readonly Endpoint[];
  /** `GET /providers`. Default: the providers of the endpoints. */
  readonly providers?: ProviderList | readonly Provider[];
  readonly presets?: Catalogue['presets'];
}

/** Sources disagree on the unit; no first token takes a minute and a half, and none comes within a tenth of a second. */
const MOST_SECONDS = 90;

function dataOf<T>(source: { readonly data: readonly T[] } | readonly T[] | undefined): readonly T[] {
  if (source === undefined) return [];
  return 'data' in source ? source.data : source;
}

function seconds(latency: Percentiles): Percentiles {
  const isMilliseconds = Object.values(latency).some((value: number | null | undefined) => (value ?? 0) > MOST_SECONDS);
  return isMilliseconds ? Object.fromEntries(Object.entries(latency).map(([key, value]: [string, number | null | undefined]) => [key, value == null ? null : value / 1000])) : latency;
}

function toEndpoint(row: Endpoint, isFree: boolean, zdr: boolean): GatewayEndpoint {
  return defineEndpoint({
    tag: row.tag,
    pricing: row.pricing ?? {},
    zdr,
    dataPolicy: { retains: isFree, trains: isFree, publishes: false },
    quantization: row.quantization ?? null,
    contextLength: row.context_length || 128_000,
    maxCompletionTokens: row.max_completion_tokens ?? null,
    stable: (row.status ?? 0) >= 0,
    ...(row.supported_parameters && { supportedParameters: row.supported_parameters }),
    ...(row.latency_last_30m && { latency: seconds(row.latency_last_30m) }),
    ...(row.throughput_last_30m && { throughput: row.throughput_last_30m }),
  });
}

/** Where no listing tells the endpoints of a model: one at a provider named for its author, at the price of the model. */
function standIn({ id, pricing, top_provider: top, supported_parameters: parameters }: Model): Endpoint {
  const author = id.replace(/\/.*$/, '');
  return {
    tag: author, provider_name: author,
    pricing: pricing ?? {},
    max_completion_tokens: top?.max_completion_tokens ?? null,
    ...(top?.context_length != null && { context_length: top.context_length }),
    ...(parameters && { supported_parameters: parameters }),
  };
}

function toModel(row: Model, endpoints: readonly GatewayEndpoint[]): GatewayModel {
  const { id, name, architecture, reasoning } = row;
  return model(id, name, {
    endpoints,
    canonicalSlug: row.canonical_slug ?? id,
    ...(row.description !== undefined && { description: row.description }),
    ...(row.created !== undefined && { created: row.created }),
    ...(row.context_length && { contextLength: row.context_length }),
    ...(architecture?.input_modalities && { inputModalities: architecture.input_modalities }),
    ...(architecture?.output_modalities && { outputModalities: architecture.output_modalities }),
    ...(architecture?.tokenizer !== undefined && { tokenizer: architecture.tokenizer }),
    ...(reasoning && { reasoning: { format: 'unknown', mandatory: reasoning.mandatory ?? false } }),
  });
}

/**
 * A catalogue from real listings, so that requests are routed over real endpoints at real prices. What no listing tells is assumed:
 * `:free` endpoints store prompts and train on them, others do not; every author permits distillation; a model without a listing of
 * endpoints has one, at a provider named for its author. Rows of router models are left out, since the gateway has its own.
 *
 * @example
 * const catalogue = loadCatalogue({ models: JSON.parse(await readFile('models.json', 'utf8')) });
 * const gateway = createGateway({ catalogue });
 */
export function loadCatalogue(sources: CatalogueSources): Catalogue {
  const listings = new Map((sources.endpoints ?? []).map((answer) => ('endpoints' in answer ? answer : answer.data)).map(({ id, endpoints }) => [id, endpoints]));
  const zdr = dataOf(sources.zdr);
  const retained = new Set(zdr.map(({ model_id: id, tag }) => `${id} ${tag}`));
  const providers = new Map(dataOf(sources.providers).map((provider) => [provider.slug, provider]));
  const aliases: Record<string, string> = {};
  const models: GatewayModel[] = [];
  for (const row of dataOf(sources.models)) {
    const { id, alias_target: target } = row;
    if (target !== undefined) aliases[id] = target.slug;
    if (target !== undefined || id.startsWith('openrouter/')) continue;
    const known = listings.get(id) ?? zdr.filter((endpoint) => endpoint.model_id === id);
    const rows = known.length > 0 ? known : [standIn(row)];
    const endpoints = rows.map((endpoint) => toEndpoint(endpoint, id.endsWith(':free'), retained.has(`${id} ${endpoint.tag}`)));
    models.push(toModel(row, endpoints));
    endpoints.forEach(({ provider: slug }, i) => {
      if (!providers.has(slug)) providers.set(slug, { slug, name: rows[i]?.provider_name ?? slug });
    });
  }
  return { models, aliases, providers: [...providers.values()], presets: sources.presets ?? {} };
}
