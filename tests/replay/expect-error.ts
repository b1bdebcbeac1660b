import { amount, object, parse, text } from './loose.js';

export interface ExpectedError {
  /** Class of the error; where something had arrived, that of the `cause` of the `StreamError`. */
  readonly name: string;
  readonly reason: string;
  readonly retryable: boolean;
  readonly status: number | undefined;
  /** What the message must say, where the server said something. */
  readonly says?: string;
  /** The wait that the server asks for, but for a date to wait until. */
  readonly waitMs?: number | undefined;
  /** Set where it must come as a `StreamError`, and how that says it broke. */
  readonly broken?: string;
}

interface Evidence {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly detail?: unknown;
  /** A body that is not JSON. */
  readonly text?: string;
}

/** Words of error types and of codes, with the status they stand for. */
const STATUS_OF_WORD: Readonly<Record<string, number>> = {
  server_error: 500, server: 500, unmapped: 500, timeout: 504, provider_unavailable: 502, provider_overloaded: 503, rate_limit_exceeded: 429,
  context_length_exceeded: 400, content_policy_violation: 400, refusal: 400,
};

/** What the words of an error point to, the first that fits. Statuses as a list; none for all. */
const RULES: readonly (readonly [reason: string, statuses: readonly number[], words: RegExp])[] = [
  ['model-not-found', [400, 404], /is not a valid model ID|alpha period|"code":"model_(not_found|deprecated)"/],
  ['no-route', [400, 403, 404, 429, 503], /"code":"(no_endpoints|model_unavailable_upstream|privacy_restricted|constraint_filtered|free_variant_ended)"/],
  ['no-route', [400, 404, 503], /No endpoints|No allowed providers|All providers have been ignored|endpoints out of|No models match|unavailable for free|failed_routing_step/],
  ['context-length', [400], /maximum context length|context_length_exceeded|max_tokens_exceeded|token_limit_exceeded|string_too_long/],
  ['moderation', [400], /content_policy_violation|"error_type":"refusal"/],
  ['moderation', [403], /flagged_input|prompt injection|Content violates|"patterns"/],
  ['credits', [403], /budget|"limit_source"/],
];

const REASON_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid-request', 401: 'authentication', 402: 'credits', 403: 'permission', 404: 'not-found', 408: 'timeout', 409: 'invalid-request',
  410: 'not-found', 412: 'invalid-request', 413: 'too-large', 422: 'invalid-request', 429: 'rate-limit', 500: 'server', 502: 'server',
  503: 'overloaded', 504: 'timeout', 524: 'timeout', 529: 'overloaded',
};

const RETRYABLE = [408, 429, 500, 502, 503, 504, 524, 529];

/** The words of a provider before those of OpenRouter; the first of them is enough to look for. */
function wordsOf(detail: unknown): string {
  const { message, metadata } = object(detail);
  const raw = object(metadata)['raw'];
  const inside = typeof raw === 'string' ? parse(raw) : raw;
  const { error, message: said, msg } = object(inside);
  const own = text(object(error)['message']) || text(error) || text(said) || text(msg) || (inside === undefined ? text(raw) : '');
  const words = own || text(message);
  return /^\s*[[{]/.test(words) ? '' : words.trim().slice(0, 40);
}

/** Milliseconds, from wherever the server says how long. */
function waitOf(headers: Readonly<Record<string, string>>, detail: unknown): number | undefined {
  const { metadata, availability } = object(detail);
  const places = [headers['retry-after'], object(metadata)['retry_after_seconds'], object(object(metadata)['headers'])['Retry-After'], object(availability)['retry_after']];
  const seconds = places.map((place) => (place === undefined ? Number.NaN : Number(place))).find(Number.isFinite);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** The typed error that a failure must come out as, told by a table. */
export function expectError({ status: httpStatus, headers, detail, text: page }: Evidence): ExpectedError {
  // Half a JSON answer is a failed provider's; text that is no JSON at all says nothing.
  if (httpStatus < 400 && page !== undefined) {
    const begun = page.trim() === '' || /^\s*[[{]/.test(page);
    return { name: 'APIError', reason: begun ? 'server' : 'unknown', retryable: begun, status: httpStatus };
  }
  const { code, metadata, availability } = object(detail);
  const word = text(object(metadata)['error_type']) || text(code);
  const status = httpStatus >= 400 ? httpStatus : (amount(code) ?? STATUS_OF_WORD[word] ?? Number.parseInt(text(code), 10));
  const words = JSON.stringify(detail ?? page ?? '').replaceAll('\\', '');
  const rule = RULES.find(([, statuses, pattern]) => statuses.includes(status) && pattern.test(words));
  const reason = rule?.[0] ?? REASON_OF_STATUS[status] ?? 'unknown';
  const told = object(availability)['retryable'];
  const inFlight = /in_flight_budget/.test(words);
  const retryable = typeof told === 'boolean' ? told : status === 402 ? inFlight : RETRYABLE.includes(status);
  return {
    name: reason === 'no-route' ? 'NoRouteError' : 'APIError', reason, retryable,
    status: Number.isNaN(status) ? httpStatus : status, says: wordsOf(detail), waitMs: waitOf(headers, detail),
  };
}

