import type { ErrorDetail } from './error-body.js';
import type { CacheControl, Message, ResponseMessage } from './message.js';
import type { JsonObject, Open } from './open.js';
import type { Plugin } from './plugins.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { ReasoningEffort, ReasoningOptions } from './reasoning.js';
import type { RouterMetadata } from './router-metadata.js';
import type { Tool, ToolChoice } from './tools.js';
import type { Usage } from './usage.js';

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; json_schema: { name: string; description?: string; schema?: JsonObject; strict?: boolean | null } }
  | { type: 'grammar'; grammar: string }
  | { type: 'python' };

export type StopServerToolsWhen =
  | { type: 'step_count_is'; step_count: number }
  | { type: 'has_tool_call'; tool_name: string }
  | { type: 'max_tokens_used'; max_tokens: number }
  | { type: 'max_cost'; max_cost_in_dollars: number }
  | { type: 'finish_reason_is'; reason: string }
  | { type: string & {}; [key: string]: unknown };

/**
 * The body of `POST /chat/completions`. Fields that this version does not know pass through unchanged.
 *
 * Source: OpenRouter API, chat completions.
 */
export interface ChatRequest {
  messages: readonly Message[];
  /** `author/slug`, with variants and preset; left out, the account's default model serves. */
  model?: string;
  /** Fallback models in order; the server takes at most three, `model` not counted among them when it is given too. */
  models?: readonly string[];
  provider?: ProviderPreferences;
  stream?: boolean;
  max_completion_tokens?: number | null;
  max_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  top_k?: number | null;
  min_p?: number | null;
  top_a?: number | null;
  frequency_penalty?: number | null;
  presence_penalty?: number | null;
  repetition_penalty?: number | null;
  seed?: number | null;
  stop?: string | readonly string[] | null;
  logit_bias?: { readonly [token: string]: number } | null;
  logprobs?: boolean | null;
  top_logprobs?: number | null;
  tools?: readonly Tool[];
  tool_choice?: ToolChoice;
  parallel_tool_calls?: boolean | null;
  response_format?: ResponseFormat;
  prediction?: { type: 'content'; content: string | readonly { type: 'text'; text: string }[] } | null;
  modalities?: readonly Open<'text' | 'image' | 'audio'>[];
  metadata?: { readonly [key: string]: string };
  /** Id of the end user, for isolating abuse; hashed before it reaches a provider. */
  user?: string;
  service_tier?: Open<'auto' | 'default' | 'fast' | 'flex' | 'priority' | 'scale'> | null;
  reasoning?: ReasoningOptions | null;
  reasoning_effort?: ReasoningEffort | null;
  plugins?: readonly Plugin[];
  preset?: string;
  /** At most 256 characters: sticky routing and grouping. */
  session_id?: string;
  trace?: { readonly [key: string]: unknown };
  cache_control?: CacheControl;
  prompt_cache_key?: string | null;
  image_config?: { readonly [key: string]: unknown };
  audio?: { voice?: string; format?: string };
  verbosity?: Open<'low' | 'medium' | 'high' | 'xhigh' | 'max'>;
  web_search_options?: { search_context_size?: Open<'low' | 'medium' | 'high'>; [key: string]: unknown };
  max_tool_calls?: number;
  stop_server_tools_when?: readonly StopServerToolsWhen[];
  debug?: { echo_upstream_body?: boolean };
  [key: string]: unknown;
}

/** Why generation ended. `error` comes with `choices[].error` or a top-level `error`, or alone. */
export type FinishReason = Open<'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error'>;

export interface ChatChoice {
  index?: number;
  message: ResponseMessage;
  finish_reason: FinishReason | null;
  /** The provider's own word. */
  native_finish_reason?: string | null;
  logprobs?: unknown;
  error?: ErrorDetail;
  [key: string]: unknown;
}

/** The body of a response without streaming. Source: OpenRouter API, chat completions. */
export interface ChatResponse {
  id?: string;
  object?: Open<'chat.completion'>;
  /** Seconds since the epoch. */
  created?: number;
  /** The model that served, which may differ from the one asked for. */
  model?: string;
  /** Display name of the provider that served. */
  provider?: string;
  choices: ChatChoice[];
  usage?: Usage;
  system_fingerprint?: string | null;
  service_tier?: string | null;
  openrouter_metadata?: RouterMetadata;
  [key: string]: unknown;
}
