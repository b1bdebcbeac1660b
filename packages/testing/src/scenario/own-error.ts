import { fail, type FailOutcome } from './outcome.js';

/** An error of OpenRouter itself, before it is put into a response. */
export interface OwnError {
  readonly status: number;
  readonly message: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Tokens that an answer may have, and those that the account can pay for. */
export interface Affordable {
  readonly requested: number;
  readonly affordable: number;
}

/** What of a limit is left: nothing. */
interface Exceeded {
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
  /** Seconds; left out of the answer where it is not given. */
  readonly retryAfter?: number;
}

export type FreeWindow = 'minute' | 'day' | 'day-high-balance';

const FREE: Readonly<Record<FreeWindow, { readonly message: string; readonly source: string; readonly hint: string }>> = {
  minute: {
    message: 'Rate limit exceeded: free-models-per-min. ', source: 'openrouter_free_tier_per_minute', hint: 'Wait until the minute is over, or use a paid model.',
  },
  day: {
    message: 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
    source: 'openrouter_free_tier_daily', hint: 'Add credits, or use a paid model.',
  },
  'day-high-balance': {
    message: 'Rate limit exceeded: free-models-per-day-high-balance. ', source: 'openrouter_free_tier_daily', hint: 'Wait until the day is over, or use a paid model.',
  },
};

function rateHeaders({ limit, resetAt }: Exceeded): Record<string, string> {
  return { 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(resetAt) };
}

/** 429, with the headers in the metadata too, since a browser cannot read them. Source: OpenRouter API, limits; error bodies. */
function limited(message: string, exceeded: Exceeded, metadata: object): OwnError {
  const headers = rateHeaders(exceeded);
  const wait: Record<string, string> = exceeded.retryAfter === undefined ? {} : { 'Retry-After': String(exceeded.retryAfter) };
  return { status: 429, message, metadata: { headers: { ...headers, ...wait }, provider_name: null, ...metadata }, headers: { ...headers, ...wait } };
}

/** The errors of OpenRouter itself that scenarios bring about. Words are those of real answers where they are known. */
export const ownErrors = {
  rateLimit: (exceeded: Exceeded): OwnError => limited('Rate limit exceeded', exceeded, {}),
  freeTier(window: FreeWindow, exceeded: Exceeded): OwnError {
    const { message, source, hint } = FREE[window];
    return limited(message, exceeded, { limit_source: source, remedy_hint: hint });
  },
  moreCredits: ({ requested, affordable }: Affordable): OwnError => ({
    status: 402,
    message: `This request requires more credits, or fewer max_tokens. You requested up to ${requested} tokens, but can only afford ${affordable}. `
      + 'To increase, visit https://openrouter.ai/settings/credits and add more credits',
    metadata: { provider_name: null, reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits' },
  }),
  noCredits: (): OwnError => ({
    status: 402,
    message: 'Insufficient credits. Add more using https://openrouter.ai/credits',
    metadata: { reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits' },
  }),
  inFlight: (retryAfter: number): OwnError => ({
    status: 402,
    message: 'This request would exceed your available credits given your current in-flight requests. Retry after in-flight requests settle, or add credits.',
    metadata: {
      reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget', remedy_hint: 'Retry after in-flight requests settle.',
    },
    headers: { 'retry-after': String(retryAfter) },
  }),
  moderation: (reasons: readonly string[], flagged: string, provider: string, model: string): OwnError => ({
    status: 403,
    message: 'The request was flagged by moderation.',
    metadata: { reasons, flagged_input: flagged, provider_name: provider, model_slug: model },
  }),
} as const;

/** The same as an outcome of an attempt, after which the next model may serve. */
export function asFailure({ status, ...rest }: OwnError): FailOutcome {
  return fail(status, { ...rest, source: 'openrouter' });
}
