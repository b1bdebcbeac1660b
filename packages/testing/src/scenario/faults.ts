import { type RespondOutcome, respond } from './outcome.js';

/** Failures of OpenRouter itself, not of an endpoint, as they look on the wire. */
export interface Faults {
  /** The edge's own timeout page: HTML with status 524. */
  htmlTimeout(): RespondOutcome;
  /** 402 while other requests are in flight, the one 402 that is worth a retry. Seconds; default 1. */
  inFlight(retryAfter?: number): RespondOutcome;
  /** 402: out of credits. */
  noCredits(): RespondOutcome;
  /** 429 of the free tier, with the rate-limit headers in the metadata. `resetAt` in milliseconds since the epoch. */
  freeTier(resetAt: number, window?: 'minute' | 'day'): RespondOutcome;
  /** A validation error in the shape of Zod, without `error.code`. */
  zod(path?: string): RespondOutcome;
  /** HTTP 200 whose body is `error` alone. */
  errorOnly(code?: number | string, message?: string): RespondOutcome;
  /** HTTP 200 that says it is JSON and is not. */
  notJson(): RespondOutcome;
  /** HTTP 200, JSON that begins and never ends. */
  endless(): RespondOutcome;
  /** 403: a moderation flag. */
  moderation(provider?: string, model?: string): RespondOutcome;
  /** 403: the monthly budget of a workspace is spent. */
  budget(): RespondOutcome;
  /** 500, masked. */
  internal(): RespondOutcome;
}

function error(code: number, message: string, metadata?: object, headers?: Record<string, string>): RespondOutcome {
  return respond(code, { error: { message, code, ...(metadata === undefined ? {} : { metadata }) } }, headers === undefined ? {} : { headers });
}

/** Ready-made failures of OpenRouter itself; put them under `scenario.gateway`. */
export const faults: Faults = {
  htmlTimeout: () =>
    respond(524, '<!DOCTYPE html>\n<html><head><title>openrouter.ai | 524: A timeout occurred</title></head><body><h1>A timeout occurred</h1></body></html>\n', {
      headers: { 'content-type': 'text/html; charset=UTF-8' },
    }),
  inFlight: (retryAfter = 1) =>
    error(
      402,
      'This request would exceed your available credits given your current in-flight requests. Retry after in-flight requests settle, or add credits.',
      { reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget', remedy_hint: 'Retry after in-flight requests settle.' },
      { 'retry-after': String(retryAfter) },
    ),
  noCredits: () =>
    error(402, 'Insufficient credits. Add more using https://openrouter.ai/credits', {
      reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits',
    }),
  freeTier: (resetAt, window = 'minute') => {
    const limit = window === 'minute' ? '20' : '50';
    const headers = { 'X-RateLimit-Limit': limit, 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(resetAt) };
    const message = window === 'minute'
      ? 'Rate limit exceeded: free-models-per-min. '
      : 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day';
    const source = window === 'minute' ? 'openrouter_free_tier_per_minute' : 'openrouter_free_tier_daily';
    return error(429, message, { headers, provider_name: null, limit_source: source }, headers);
  },
  zod: (path = 'temperature') =>
    respond(400, {
      success: false,
      error: { name: 'ZodError', message: JSON.stringify([{ code: 'invalid_type', path: [path], message: 'Invalid input' }], null, 2) },
    }),
  errorOnly: (code = 502, message = 'Provider returned error') => respond(200, { error: { code, message } }),
  notJson: () => respond(200, 'upstream connect error or disconnect/reset before headers', { headers: { 'content-type': 'application/json' } }),
  endless: () => respond(200, '{"id":"gen-0","choices":[', { headers: { 'content-type': 'application/json' }, wire: { endless: true } }),
  moderation: (provider = 'OpenAI', model = 'acme/atlas') =>
    error(403, 'The request was flagged by moderation.', {
      reasons: ['violence'], flagged_input: 'a flagged sentence', provider_name: provider, model_slug: model,
    }),
  budget: () =>
    error(403, 'Workspace monthly budget of $500.00 exceeded. Raise the budget or wait for the reset.', {
      limit_source: 'openrouter_workspace_budget', scope: 'workspace', limit_usd: 500, spend_usd: 500.01, resets_at: '2026-10-01T00:00:00Z',
    }),
  internal: () => error(500, 'Internal Server Error'),
};
