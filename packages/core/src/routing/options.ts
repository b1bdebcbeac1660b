import type { Endpoint, Percentiles } from '../wire/models.js';
import type { ProviderSort } from '../wire/provider-preferences.js';

/** Values by endpoint tag, or a function, where one tag stands for endpoints of several models that differ. */
export type ByEndpoint<T> = Readonly<Record<string, T>> | ((endpoint: Endpoint) => T | undefined);

/** What a public catalogue does not tell about an endpoint. What is left out is unknown, and never guessed. */
export interface EndpointFacts {
  /** Whether the endpoint keeps no data at all. Better: give the list of `GET /endpoints/zdr` as `zdr`. */
  readonly zdr?: boolean;
  /** What the provider does with prompts. */
  readonly dataPolicy?: { readonly retains?: boolean; readonly trains?: boolean; readonly publishes?: boolean };
  /** Whether the model's author permits distillation of its output. */
  readonly distillable?: boolean;
  /** Quality of tool calls, what `exacto` sorts by; more is better, in any unit. */
  readonly exacto?: number;
  /** Default: those of the model, where the listing tells them. */
  readonly inputModalities?: readonly string[];
  /** Default: those of the model, where the listing tells them. */
  readonly outputModalities?: readonly string[];
}

/** How an endpoint is doing. */
export interface EndpointHealth {
  /** A significant outage in the last 30 seconds. Default: whether the endpoint's `status` is negative. */
  readonly outage?: boolean;
  /** Seconds to the first token. Default: those of the endpoint, see `latencyUnit`. */
  readonly latency?: Percentiles;
  /** Tokens per second. Default: those of the endpoint. */
  readonly throughput?: Percentiles;
}

/** How a provider key of the account's own is used. */
export interface ByokKey {
  /** Tried before OpenRouter's capacity, or after it. */
  readonly use: 'prioritized' | 'fallback';
  /** Never OpenRouter's capacity at that provider. */
  readonly always?: boolean;
  /** Ids of the models that it is for; `*` matches any text. Default: all. */
  readonly models?: readonly string[];
}

/** Settings of the account behind the key: they tighten what a request asks for. */
export interface AccountSettings {
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly zdr?: boolean;
  readonly data_collection?: 'allow' | 'deny';
  /** Default sort, which a request overrides. */
  readonly sort?: ProviderSort;
  /** Guardrail: ids of the models that may serve; `*` matches any text. */
  readonly allowedModels?: readonly string[];
  /** Own provider keys by slug, in the order in which prioritized ones are tried. */
  readonly byok?: Readonly<Record<string, ByokKey['use'] | ByokKey>>;
  /** Serves requests that name no model. */
  readonly defaultModel?: string;
}

/** Where the conversation was served last. */
export interface StickyEndpoint {
  readonly tag: string;
  /** Id of the model, where the conversation uses several. */
  readonly model?: string;
  /** Milliseconds since the last success there; stickiness ends after ten minutes. */
  readonly ageMs: number;
  /** Whether a cache hit was seen there, without which a request that has no `session_id` is not sticky. */
  readonly cacheHit?: boolean;
}

/** What is known beside the request and the endpoints. Every part is optional. */
export interface RouteOptions {
  /** How endpoints are doing now. */
  readonly health?: ByEndpoint<EndpointHealth>;
  readonly facts?: ByEndpoint<EndpointFacts>;
  /** Answer of `GET /endpoints/zdr`, or its `data`: what is not in it retains data. */
  readonly zdr?: readonly Endpoint[] | { readonly data: readonly Endpoint[] };
  readonly account?: AccountSettings;
  /** A source of numbers in [0, 1): one order is drawn. Left out, the likeliest order is given. */
  readonly rng?: () => number;
  /** What ids stand for that the listing does not name: an alias, a dated slug, or, as a list, what a router may choose from, best first. */
  readonly aliases?: Readonly<Record<string, string | readonly string[]>>;
  /** What becomes of endpoints about which something is unknown. Default `"keep"`: they are planned, and marked. */
  readonly unknown?: 'keep' | 'drop';
  /** Tokens of the prompt, where they are known: endpoints with too little context are left out. */
  readonly promptTokens?: number;
  /** Unit of `latency_last_30m`, which sources disagree on. Left out, `preferred_max_latency` is held against `health` alone. */
  readonly latencyUnit?: 'milliseconds' | 'seconds';
  /** Where the conversation was served last. */
  readonly sticky?: StickyEndpoint;
  /** Default `"reject"`, as live answers show. `"ignore"`: tools are dropped where no endpoint of a model takes them, as documented. */
  readonly unsupportedTools?: 'reject' | 'ignore';
  /** Output that the route itself needs. Default `"text"`. */
  readonly output?: string;
}
