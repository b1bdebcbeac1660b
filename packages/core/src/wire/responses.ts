import type { StopServerToolsWhen } from './chat.js';
import type { ErrorType } from './error-body.js';
import type { CacheControl } from './message.js';
import type { JsonObject, Open } from './open.js';
import type { Plugin } from './plugins.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { ReasoningOptions } from './reasoning.js';
import type { ResponsesInputItem, ResponsesOutputItem, ResponsesStatus } from './responses-items.js';
import type { RouterMetadata } from './router-metadata.js';
import type { ServerTool } from './tools.js';

/** A function that the caller runs. Other than on chat, its fields are not nested. */
export interface ResponsesFunctionTool {
  type: 'function';
  name: string;
  description?: string | null;
  /** A JSON Schema. */
  parameters?: JsonObject | null;
  strict?: boolean | null;
}

export type ResponsesTool = ResponsesFunctionTool | ServerTool;

export type ResponsesToolChoice = 'none' | 'auto' | 'required' | { type: 'function'; name: string } | { type: string & {}; [key: string]: unknown };

/** The form of the text; `json_schema` has its fields beside `type`, other than on chat. */
export type ResponsesTextFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; name: string; schema: JsonObject; description?: string; strict?: boolean | null };

/**
 * The body of `POST /responses`. The route keeps nothing: send the whole history each time. Fields that this version does not know
 * pass through unchanged.
 *
 * Source: OpenRouter API, responses.
 */
export interface ResponsesRequest {
  input: string | readonly ResponsesInputItem[];
  model?: string;
  /** Fallback models in order; the server takes at most three. */
  models?: readonly string[];
  provider?: ProviderPreferences;
  instructions?: string | null;
  stream?: boolean;
  max_output_tokens?: number | null;
  /** Calls of server tools; default and most 30. */
  max_tool_calls?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  top_k?: number | null;
  frequency_penalty?: number | null;
  presence_penalty?: number | null;
  top_logprobs?: number | null;
  reasoning?: ReasoningOptions | null;
  text?: { format?: ResponsesTextFormat; verbosity?: Open<'low' | 'medium' | 'high' | 'xhigh' | 'max'> | null };
  tools?: readonly ResponsesTool[];
  tool_choice?: ResponsesToolChoice;
  parallel_tool_calls?: boolean | null;
  include?: readonly Open<'reasoning.encrypted_content' | 'message.output_text.logprobs'>[] | null;
  truncation?: Open<'auto' | 'disabled'> | null;
  metadata?: { readonly [key: string]: string } | null;
  modalities?: readonly Open<'text' | 'image'>[];
  image_config?: { readonly [key: string]: unknown };
  plugins?: readonly Plugin[];
  /** At most 256 characters: sticky routing and grouping. */
  session_id?: string;
  /** Id of the end user, at most 256 characters. */
  user?: string;
  safety_identifier?: string | null;
  service_tier?: Open<'auto' | 'default' | 'fast' | 'flex' | 'priority' | 'scale'> | null;
  prompt_cache_key?: string | null;
  prompt_cache_options?: { mode: 'explicit'; ttl?: string } | null;
  cache_control?: CacheControl;
  trace?: { readonly [key: string]: unknown };
  stop_server_tools_when?: readonly StopServerToolsWhen[];
  /** Only `false` is accepted. */
  store?: false;
  [key: string]: unknown;
}

/** Tokens and cost of a response, in the words of this route. Any field may be left out. */
export interface ResponsesUsage {
  input_tokens?: number;
  input_tokens_details?: { cached_tokens?: number | null; cache_write_tokens?: number | null } | null;
  output_tokens?: number;
  output_tokens_details?: { reasoning_tokens?: number | null } | null;
  total_tokens?: number;
  /** USD charged to the account. */
  cost?: number | null;
  is_byok?: boolean;
  cost_details?: {
    upstream_inference_cost?: number | null;
    upstream_inference_input_cost?: number | null;
    upstream_inference_output_cost?: number | null;
  } | null;
  [key: string]: unknown;
}

/** Why a response failed. Many kinds of errors share a code here; `error_type` beside it is precise. */
export interface ResponsesError {
  code?: Open<'invalid_prompt' | 'rate_limit_exceeded' | 'image_content_policy_violation' | 'server_error'> | number | null;
  message?: string;
  [key: string]: unknown;
}

/**
 * The body of an answer, and what events carry as `response`. Older answers have no `status`, and `output_text` may be empty where
 * there is text: read `output`. Source: OpenRouter API, responses.
 */
export interface ResponsesResponse {
  id?: string;
  object?: Open<'response'>;
  /** Seconds since the epoch. */
  created_at?: number;
  /** The model that served, which may differ from the one asked for. */
  model?: string;
  status?: ResponsesStatus;
  output: ResponsesOutputItem[];
  error?: ResponsesError | null;
  error_type?: ErrorType | null;
  /** Why `status` is `incomplete`. */
  incomplete_details?: { reason?: Open<'max_output_tokens' | 'content_filter'> } | null;
  usage?: ResponsesUsage | null;
  service_tier?: string | null;
  openrouter_metadata?: RouterMetadata;
  [key: string]: unknown;
}
