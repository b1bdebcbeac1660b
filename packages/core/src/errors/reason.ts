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

/**
 * Status by error type: OpenRouter's own, the Messages and the Responses API's. By what the names have in common, so that new ones
 * of a known kind are told too; the first match counts. Source: OpenRouter API, errors.
 */
const STATUS_OF_TYPE: readonly (readonly [RegExp, number])[] = [
  [/^authentication/, 401], [/^(payment|billing)/, 402], [/^permission/, 403], [/not_found/, 404],
  [/^precondition/, 412], [/^payload/, 413], [/^unprocessable/, 422], [/^rate_limit/, 429],
  [/^(server|unmapped|api_error)/, 500], [/unavailable/, 502], [/_overloaded/, 503], [/timeout/, 504], [/^overloaded/, 529],
  [/exceeded|too_long|invalid|policy|refusal|image/, 400],
];

/** The HTTP status that an error type, or a textual error code, stands for. */
export const statusOfType = (type: unknown): number | undefined =>
  typeof type === 'string' ? STATUS_OF_TYPE.find(([kind]) => kind.test(type))?.[1] : undefined;

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
  const code = String(availability?.code);
  if (/^model_(not_found|deprecated)/.test(code)) return 'model-not-found';
  if (/^(no_endpoints|model_unavailable|privacy|constraint|free_variant)/.test(code)) return 'no-route';
  const type = evidence.errorType ?? '';
  if (/^(context_length|max_tokens|token_limit|string_too)/.test(type)) return 'context-length';
  if (/content_policy|^refusal/.test(type)) return 'moderation';
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
