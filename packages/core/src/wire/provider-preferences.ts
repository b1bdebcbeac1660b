import type { JsonObject, Open } from './open.js';

/** Weights format of an endpoint. `fp4` also matches `mxfp4` and `nvfp4`, `fp8` also matches `mxfp8`. */
export type Quantization = Open<
  'int4' | 'int8' | 'fp4' | 'mxfp4' | 'nvfp4' | 'fp6' | 'fp8' | 'mxfp8' | 'fp16' | 'bf16' | 'fp32' | 'unknown'
>;

/** What endpoints are sorted by. There is no `"quality"`. */
export type ProviderSort = 'price' | 'throughput' | 'latency' | 'exacto';

/** `sort` in its long form: `partition: "none"` ranks the endpoints of all requested models in one list. */
export interface ProviderSortConfig {
  by?: ProviderSort | null;
  /** Default `"model"`: all endpoints of the first model before those of the second. */
  partition?: 'model' | 'none' | null;
}

/** A threshold per percentile of a rolling five-minute window. */
export interface PercentileThresholds {
  p50?: number | null;
  p75?: number | null;
  p90?: number | null;
  p99?: number | null;
}

/** Upper price bounds. An endpoint dearer than any given component is excluded. */
export interface MaxPrice {
  /** USD per million prompt tokens. */
  prompt?: number;
  /** USD per million completion tokens. */
  completion?: number;
  /** USD per request. */
  request?: number;
  /** USD per image. */
  image?: number;
  /** USD per unit of audio. */
  audio?: number;
}

/**
 * The `provider` object of a request, as it is sent: which endpoints may serve it, and in which order they are tried.
 *
 * Source: OpenRouter API, provider routing.
 */
export interface ProviderPreferences {
  /** Provider slugs to try first, in this order. Disables load balancing and sticky routing. */
  order?: readonly string[];
  /** Allow-list of provider slugs. A base slug matches its variants, but not its service-tier endpoints. */
  only?: readonly string[];
  /** Deny-list of provider slugs. */
  ignore?: readonly string[];
  /** Default `true`. `false` without `order`: only the top-ranked endpoint; with `order`: the listed providers and no others. */
  allow_fallbacks?: boolean;
  /** Default `false`. `true`: only endpoints that support every parameter of the request. */
  require_parameters?: boolean;
  /** Default `"allow"`. `"deny"`: no endpoint that stores prompts or trains on them. Excludes `:free` endpoints. */
  data_collection?: 'allow' | 'deny';
  /** `true`: only endpoints with zero data retention. */
  zdr?: boolean;
  /** `true`: only models whose author permits distillation of their output. */
  enforce_distillable_text?: boolean;
  /** Quantizations to accept. */
  quantizations?: readonly Quantization[];
  /** Sort key; disables load balancing. */
  sort?: ProviderSort | ProviderSortConfig;
  /** Tokens per second; slower endpoints go last, they are never excluded. A bare number means the median. */
  preferred_min_throughput?: number | PercentileThresholds;
  /** Seconds to the first token; slower endpoints go last, they are never excluded. A bare number means the median. */
  preferred_max_latency?: number | PercentileThresholds;
  /** Price bounds: USD per million tokens for `prompt` and `completion`, USD per unit for the others. */
  max_price?: MaxPrice;
  /** Raw options by provider slug, passed through to that provider. */
  options?: { readonly [slug: string]: JsonObject };
}
