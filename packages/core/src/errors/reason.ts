import type { ErrorAvailability, ErrorMetadata } from '../wire/error-body.js';

/**
 * Why an attempt failed, in one word that failover and logs can switch on:
 *
 * - `rate-limit` (429), `timeout` (408, 504, 524, or a limit of the client), `server` (500, 502), `overloaded` (503, 529),
 *   `network` (no response at all), `stream` (a response that broke off or made no sense);
 * - `no-route`: no endpoint fits the preferences; `model-not-found`: no such model, or no longer;
 * - `context-length`, `moderation`, `too-large`, `invalid-request`: what was asked cannot be done;
 * - `credits`, `authentication`, `permission`: the account;
 * - `not-found`: no such resource; `unknown`: anything else.
 */
export type FailureReason =
  | 'rate-limit' | 'timeout' | 'server' | 'overloaded' | 'network' | 'stream'
  | 'no-route' | 'model-not-found'
  | 'context-length' | 'moderation' | 'too-large' | 'invalid-request'
  | 'credits' | 'authentication' | 'permission'
  | 'not-found' | 'unknown';

/** What a failure can be told by. `message` is the provider's own text and OpenRouter's, both. */
export interface FailureEvidence {
  status: number | undefined;
  errorType?: string | undefined;
  message?: string | undefined;
  metadata?: ErrorMetadata | null | undefined;
  availability?: ErrorAvailability | undefined;
}

/** Status by error type: OpenRouter's own, then the Messages and Responses APIs'. Source: OpenRouter API, errors. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  context_length_exceeded: 400, max_tokens_exceeded: 400, token_limit_exceeded: 400, string_too_long: 400,
  invalid_request: 400, invalid_prompt: 400, content_policy_violation: 400, refusal: 400,
  invalid_image: 400, image_too_large: 400, image_too_small: 400, unsupported_image_format: 400, image_download_failed: 400,
  authentication: 401, payment_required: 402, permission_denied: 403, not_found: 404, image_not_found: 404,
  precondition_failed: 412, payload_too_large: 413, unprocessable: 422, rate_limit_exceeded: 429,
  server: 500, unmapped: 500, provider_unavailable: 502, provider_overloaded: 503, timeout: 504,
  invalid_request_error: 400, authentication_error: 401, billing_error: 402, permission_error: 403, not_found_error: 404,
  rate_limit_error: 429, api_error: 500, timeout_error: 504, overloaded_error: 529,
  image_content_policy_violation: 400, server_error: 500,
};

/** The HTTP status that an error type, or a textual error code, stands for. */
export const statusOfType = (type: unknown): number | undefined =>
  typeof type === 'string' && Object.hasOwn(STATUS_OF_TYPE, type) ? STATUS_OF_TYPE[type] : undefined;

const LENGTH = /context.?(length|window)|maximum context|prompt is too long|too many (input )?tokens|input is too long/i;
const MODERATION = /moderation|flagged|content.?(policy|filter)|violates|safety (system|check)|prompt injection/i;
const MODEL = /not a valid model|no such model|model .{0,120}(not found|does not exist)|alpha period/i;
const ROUTE = /no (allowed providers|endpoints|models match)|providers have been ignored|endpoints out of|unavailable for free/i;
const MONEY = /budget|credits|(key|spend\w*) limit/i;

/**
 * The reason of a failure that the server reported. Total: what it does not know is told by its class of status, and what has
 * none is `unknown`.
 */
export function reasonOfFailure(evidence: FailureEvidence): FailureReason {
  const { message = '', metadata, availability } = evidence;
  switch (availability?.code) {
    case 'model_not_found': case 'model_deprecated': return 'model-not-found';
    case 'no_endpoints': case 'model_unavailable_upstream': case 'privacy_restricted': case 'constraint_filtered': case 'free_variant_ended':
      return 'no-route';
    default:
  }
  switch (evidence.errorType) {
    case 'context_length_exceeded': case 'max_tokens_exceeded': case 'token_limit_exceeded': case 'string_too_long': return 'context-length';
    case 'content_policy_violation': case 'refusal': case 'image_content_policy_violation': return 'moderation';
    default:
  }
  const unrouted = Boolean(metadata?.failed_routing_step) || ROUTE.test(message);
  const status = evidence.status ?? statusOfType(evidence.errorType);
  switch (status) {
    case undefined: return 'unknown';
    case 401: return 'authentication';
    case 402: return 'credits';
    case 403:
      if (metadata?.reasons ?? metadata?.['flagged_input'] ?? metadata?.['patterns']) return 'moderation';
      if (typeof metadata?.limit_source === 'string') return 'credits';
      return MODERATION.test(message) ? 'moderation' : MONEY.test(message) ? 'credits' : 'permission';
    case 404:
      return MODEL.test(message) ? 'model-not-found' : unrouted ? 'no-route' : 'not-found';
    case 408: case 504: case 524: return 'timeout';
    case 410: return 'not-found';
    case 413: return 'too-large';
    case 429: return 'rate-limit';
    case 503: return unrouted ? 'no-route' : 'overloaded';
    case 529: return 'overloaded';
    default:
  }
  if (status >= 500) return 'server';
  if (status < 400) return 'unknown';
  if (MODEL.test(message)) return 'model-not-found';
  if (unrouted) return 'no-route';
  return LENGTH.test(message) ? 'context-length' : MODERATION.test(message) ? 'moderation' : 'invalid-request';
}

const RETRYABLE: ReadonlySet<number | undefined> = new Set([408, 429, 500, 502, 503, 504, 524, 529]);

/**
 * Whether the same request may succeed later. The server's own word counts first; a 402 only where requests still in flight
 * have reserved the credits.
 */
export function isRetryableFailure({ status, errorType, metadata, availability }: FailureEvidence): boolean {
  if (typeof availability?.retryable === 'boolean') return availability.retryable;
  if (status === 402) {
    return metadata?.limit_source === 'openrouter_in_flight_budget' || metadata?.reason === 'in_flight_budget_exhausted';
  }
  return RETRYABLE.has(status ?? statusOfType(errorType));
}
