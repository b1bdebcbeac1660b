import type { Open } from './open.js';
import type { Quantization } from './provider-preferences.js';

/** Prices as decimal strings in USD per single token (or per request, image …), not per million. */
export interface Pricing {
  prompt?: string;
  completion?: string;
  request?: string;
  image?: string;
  image_token?: string;
  image_output?: string;
  audio?: string;
  audio_output?: string;
  input_audio_cache?: string;
  input_cache_read?: string;
  input_cache_write?: string;
  input_cache_write_1h?: string;
  internal_reasoning?: string;
  web_search?: string;
  discount?: number;
  /** Prices that hold under conditions, in place of those above. */
  overrides?: PricingOverride[];
  [component: string]: unknown;
}

/** Prices for long prompts or times of day. Source: OpenRouter API, list models. */
export interface PricingOverride {
  min_prompt_tokens?: number;
  /** Hours and minutes in UTC as one number: 1630 is half past four. */
  utc_start?: number;
  /** As `utc_start`; an end before the start is on the next day. */
  utc_end?: number;
  utc_days?: Open<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'>[];
  [component: string]: unknown;
}

/** What others measured of a model. Higher is better, but for `rank`. Source: OpenRouter API, list models. */
export interface Benchmarks {
  artificial_analysis?: { intelligence_index?: number | null; coding_index?: number | null; agentic_index?: number | null; [index: string]: unknown } | null;
  design_arena?: { arena?: string; category?: string; elo?: number; rank?: number; win_rate?: number }[] | null;
  [source: string]: unknown;
}

/** A row of `GET /models`. Source: OpenRouter API, list models. */
export interface Model {
  id: string;
  canonical_slug?: string;
  name: string;
  created?: number;
  description?: string;
  hugging_face_id?: string | null;
  context_length?: number | null;
  architecture?: {
    modality?: string | null;
    input_modalities?: Open<'text' | 'image' | 'file' | 'audio' | 'video'>[];
    output_modalities?: Open<'text' | 'image' | 'embeddings' | 'audio' | 'video' | 'rerank' | 'speech' | 'transcription'>[];
    tokenizer?: string;
    instruct_type?: string | null;
  };
  pricing?: Pricing;
  top_provider?: { context_length?: number | null; max_completion_tokens?: number | null; is_moderated?: boolean };
  per_request_limits?: { prompt_tokens?: number; completion_tokens?: number } | null;
  supported_parameters?: string[];
  default_parameters?: { [parameter: string]: number | null } | null;
  supported_voices?: string[] | null;
  links?: { details?: string };
  reasoning?: {
    mandatory?: boolean;
    default_enabled?: boolean;
    default_effort?: string | null;
    supported_efforts?: string[] | null;
    supports_max_tokens?: boolean;
  };
  knowledge_cutoff?: string | null;
  expiration_date?: string | null;
  alias_target?: { slug: string; name: string };
  benchmarks?: Benchmarks | null;
  [key: string]: unknown;
}

/** Response of `GET /models`. */
export interface ModelList {
  data: Model[];
  total_count?: number;
  links?: { next?: string | null };
}

/** Response of `GET /model/{author}/{slug}`, which resolves aliases and variants. */
export interface ModelDetails {
  data: Model;
}

/** Response of `GET /models/count`. */
export interface ModelCount {
  data: { count: number };
}

export interface Percentiles {
  p50?: number | null;
  p75?: number | null;
  p90?: number | null;
  p99?: number | null;
}

/** One provider's offer of one model. Source: OpenRouter API, list endpoints of a model. */
export interface Endpoint {
  name?: string;
  model_id?: string;
  model_name?: string;
  context_length?: number;
  pricing?: Pricing;
  /** Display name. */
  provider_name: string;
  /** The routing slug, variant, region or tier included: `deepinfra/fp4`, `openai/priority`. */
  tag: string;
  quantization?: Quantization | null;
  max_completion_tokens?: number | null;
  max_prompt_tokens?: number | null;
  supported_parameters?: string[];
  /** 0 means well; negative values are degrees of trouble. */
  status?: number;
  uptime_last_5m?: number | null;
  uptime_last_30m?: number | null;
  uptime_last_1d?: number | null;
  supports_implicit_caching?: boolean;
  latency_last_30m?: Percentiles | null;
  throughput_last_30m?: Percentiles | null;
  [key: string]: unknown;
}

/** Response of `GET /models/{author}/{slug}/endpoints`. */
export interface ModelEndpoints {
  data: {
    id: string;
    name?: string;
    created?: number;
    description?: string;
    architecture?: Model['architecture'];
    endpoints: Endpoint[];
  };
}

/** Response of `GET /endpoints/zdr`. */
export interface EndpointList {
  data: Endpoint[];
}

/** A row of `GET /providers`. */
export interface Provider {
  name: string;
  slug: string;
  privacy_policy_url?: string | null;
  terms_of_service_url?: string | null;
  status_page_url?: string | null;
  headquarters?: string | null;
  datacenters?: string[] | null;
  [key: string]: unknown;
}
export interface ProviderList {
  data: Provider[];
}
