/** Response of `GET /key`: limits and spending of the key in use, in USD. */
export interface KeyInfo {
  data: {
    label?: string;
    limit?: number | null;
    limit_remaining?: number | null;
    limit_reset?: string | null;
    usage?: number;
    usage_daily?: number;
    usage_weekly?: number;
    usage_monthly?: number;
    byok_usage?: number;
    include_byok_in_limit?: boolean;
    is_free_tier?: boolean;
    is_management_key?: boolean;
    expires_at?: string | null;
    free_model_daily_requests?: { limit?: number; used?: number; remaining?: number };
    [key: string]: unknown;
  };
}

/** Response of `GET /credits`, in USD. */
export interface Credits {
  data: { total_credits: number; total_usage: number; [key: string]: unknown };
}

/** Response of `GET /generation?id=`: the settled record, which may take minutes to appear. */
export interface Generation {
  data: {
    id: string;
    upstream_id?: string | null;
    model?: string;
    provider_name?: string | null;
    created_at?: string;
    /** USD. */
    total_cost?: number;
    usage?: number;
    upstream_inference_cost?: number | null;
    cache_discount?: number | null;
    tokens_prompt?: number | null;
    tokens_completion?: number | null;
    native_tokens_prompt?: number | null;
    native_tokens_completion?: number | null;
    native_tokens_reasoning?: number | null;
    native_tokens_cached?: number | null;
    /** Milliseconds. */
    latency?: number | null;
    /** Milliseconds. */
    generation_time?: number | null;
    streamed?: boolean | null;
    cancelled?: boolean | null;
    finish_reason?: string | null;
    native_finish_reason?: string | null;
    is_byok?: boolean;
    provider_responses?: { provider_name?: string; status?: number | null; latency?: number | null; [key: string]: unknown }[] | null;
    [key: string]: unknown;
  };
}
