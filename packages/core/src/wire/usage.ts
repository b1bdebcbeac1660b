/**
 * Tokens and cost of one generation, always present in live responses. Token counts are the model's native tokenizer's.
 * Every field is optional here, since real traffic leaves out, and sets to null, any of the details.
 */
export interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
  /** USD charged to the account; with an own provider key, only OpenRouter's fee. */
  cost?: number | null;
  is_byok?: boolean;
  prompt_tokens_details?: {
    /** Part of `prompt_tokens`. */
    cached_tokens?: number | null;
    /** Only for models with explicit cache pricing. */
    cache_write_tokens?: number | null;
    audio_tokens?: number | null;
    video_tokens?: number | null;
  } | null;
  completion_tokens_details?: {
    /** Part of `completion_tokens`, though some providers report more. */
    reasoning_tokens?: number | null;
    audio_tokens?: number | null;
    image_tokens?: number | null;
    accepted_prediction_tokens?: number | null;
    rejected_prediction_tokens?: number | null;
  } | null;
  cost_details?: {
    /** USD that the upstream provider charges. */
    upstream_inference_cost?: number | null;
    upstream_inference_prompt_cost?: number | null;
    upstream_inference_completions_cost?: number | null;
    server_tool_cost?: number | null;
  } | null;
  server_tool_use_details?: ServerToolUse | null;
  /** The same under the name that OpenRouter's overview page gives it. */
  server_tool_use?: ServerToolUse | null;
  [key: string]: unknown;
}
export interface ServerToolUse {
  tool_calls_requested?: number;
  tool_calls_executed?: number;
  web_search_requests?: number;
  [key: string]: unknown;
}
