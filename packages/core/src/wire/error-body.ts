import type { Open } from './open.js';
import type { RouterMetadata } from './router-metadata.js';

/** What an error is about, where the server says so. Source: OpenRouter API, errors. */
export type ErrorType = Open<
  | 'context_length_exceeded' | 'max_tokens_exceeded' | 'token_limit_exceeded' | 'string_too_long'
  | 'authentication' | 'permission_denied' | 'payment_required' | 'rate_limit_exceeded'
  | 'provider_overloaded' | 'provider_unavailable' | 'invalid_request' | 'invalid_prompt'
  | 'precondition_failed' | 'payload_too_large' | 'unprocessable' | 'content_policy_violation' | 'refusal'
  | 'invalid_image' | 'image_too_large' | 'image_too_small' | 'unsupported_image_format' | 'image_download_failed'
  | 'image_not_found' | 'server' | 'timeout' | 'unmapped' | 'not_found'
>;

/** One step of the routing funnel that a 404 carries. */
export interface RoutingFunnelStep {
  step: string;
  endpoint_count: number;
}

/** `error.metadata`: every field is optional and of many sources. */
export interface ErrorMetadata {
  error_type?: ErrorType;
  provider_name?: string | null;
  provider_code?: string | number;
  provider_error_code?: string | number;
  /** What the provider said: text, JSON in a string, or an object. */
  raw?: unknown;
  is_byok?: boolean;
  headers?: { [name: string]: string };
  retry_after_seconds?: number;
  limit_source?: string;
  reason?: string;
  reasons?: string[];
  previous_errors?: { code?: number | string; message?: string; provider?: string; [key: string]: unknown }[];
  routing_funnel?: RoutingFunnelStep[];
  failed_routing_step?: string;
  available_providers?: string[];
  requested_providers?: string[];
  [key: string]: unknown;
}

/** `error.availability`: documented, rarely seen. Parsed where present, never required. */
export interface ErrorAvailability {
  code?: string;
  retryable?: boolean;
  retry_after?: number;
  excluded_by?: string[];
  constraint?: { field?: string; detail?: string };
  [key: string]: unknown;
}

export interface ErrorDetail {
  /** Usually the HTTP status; older streams carry a string, some validation errors nothing. */
  code?: number | string | null;
  message?: string;
  metadata?: ErrorMetadata | null;
  availability?: ErrorAvailability;
  [key: string]: unknown;
}

/** The error envelope; it can also come with HTTP 200, and inside a stream. */
export interface ErrorBody {
  error: ErrorDetail;
  user_id?: string | null;
  openrouter_metadata?: RouterMetadata;
}
