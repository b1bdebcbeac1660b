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

const REASON_OF_STATUS: { readonly [status: number]: FailureReason } = {
  401: 'authentication', 402: 'credits', 403: 'permission', 404: 'not-found', 408: 'timeout', 410: 'not-found', 413: 'too-large',
  429: 'rate-limit', 503: 'overloaded', 504: 'timeout', 524: 'timeout', 529: 'overloaded',
};

/** What error types and messages say of reasons that a status does not tell apart. */
const WORDS: readonly (readonly [FailureReason, RegExp])[] = [
  ['model-not-found', /not a valid model|no such model|model .{0,120}(not found|does not exist)|alpha period/i],
  ['no-route', /no (allowed providers|endpoints|models match)|providers have been ignored|endpoints out of|unavailable for free/i],
  ['context-length', /context.?(length|window)|maximum context|prompt is too long|too many (input )?tokens|input is too long|^(max_tokens|token_limit|string_too)/i],
  ['moderation', /moderation|flagged|content.?(policy|filter)|violates|safety (system|check)|prompt injection|^refusal/i],
  ['credits', /budget|credits|(key|spend\w*) limit/i],
];

const told = (text: string, among: readonly FailureReason[]): FailureReason | undefined =>
  WORDS.find(([reason, words]) => among.includes(reason) && words.test(text))?.[0];

/** What a message may make of a status; of any other error of the request, `OF_REQUEST`. */
const OF_STATUS: { readonly [status: number]: readonly FailureReason[] } = { 403: ['moderation', 'credits'], 404: ['model-not-found', 'no-route'], 503: ['no-route'] };
const OF_REQUEST: readonly FailureReason[] = ['model-not-found', 'no-route', 'context-length', 'moderation'];

/**
 * The reason of a failure that the server reported. Total: what it does not know is told by its class of status, and what has
 * none is `unknown`.
 */
export function reasonOfFailure({ status: stated, errorType = '', message = '', metadata, availability }: FailureEvidence): FailureReason {
  const code = String(availability?.code);
  if (/^model_(not_found|deprecated)/.test(code)) return 'model-not-found';
  if (/^(no_endpoints|model_unavailable|privacy|constraint|free_variant)/.test(code)) return 'no-route';
  const ofType = told(errorType, ['context-length', 'moderation']);
  if (ofType) return ofType;
  const status = stated ?? statusOfType(errorType) ?? 0;
  if (status === 403) {
    if (metadata?.reasons ?? metadata?.['flagged_input'] ?? metadata?.['patterns']) return 'moderation';
    if (typeof metadata?.limit_source === 'string') return 'credits';
  }
  const plain = REASON_OF_STATUS[status];
  const possible = OF_STATUS[status] ?? (plain || status < 400 || status >= 500 ? [] : OF_REQUEST);
  const reason = told(message, possible);
  if (reason !== 'model-not-found' && metadata?.failed_routing_step && possible.includes('no-route')) return 'no-route';
  return reason ?? plain ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid-request' : 'unknown');
}

const RETRYABLE = [408, 429, 500, 502, 503, 504, 524, 529];

/**
 * Whether the same request may succeed later. The server's own word counts first; a 402 only where requests still in flight
 * have reserved the credits.
 */
export function isRetryableFailure({ status, errorType, metadata, availability }: FailureEvidence): boolean {
  if (typeof availability?.retryable === 'boolean') return availability.retryable;
  if (status === 402) {
    return metadata?.limit_source === 'openrouter_in_flight_budget' || metadata?.reason === 'in_flight_budget_exhausted';
  }
  return RETRYABLE.includes(status ?? statusOfType(errorType) ?? 0);
}
