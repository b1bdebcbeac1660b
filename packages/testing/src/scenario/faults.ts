import { type Affordable, type FreeWindow, type OwnError, ownErrors } from './own-error.js';
import { type RespondOutcome, respond } from './outcome.js';

/** Failures of OpenRouter itself, not of an endpoint, as they look on the wire. */
export interface Faults {
  /** The edge's own timeout page: HTML with status 524. */
  htmlTimeout(): RespondOutcome;
  /** 402 while other requests are in flight, the one 402 that is worth a retry. Seconds; default 1. */
  inFlight(retryAfter?: number): RespondOutcome;
  /** 402: out of credits. */
  noCredits(): RespondOutcome;
  /** 402: the answer could cost more than there are credits. Default: 4,096 tokens requested, 100 affordable. */
  moreCredits(tokens?: Affordable): RespondOutcome;
  /** 402: the limit of the key is used up. */
  keyLimit(): RespondOutcome;
  /** 429 of the free tier, with the rate-limit headers in the metadata. `resetAt` in milliseconds since the epoch. */
  freeTier(resetAt: number, window?: FreeWindow): RespondOutcome;
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
  /** 403: the prompt looks like an injection. */
  injection(patterns?: readonly string[]): RespondOutcome;
  /** 403: a free model that only agents may use. */
  agentsOnly(model?: string): RespondOutcome;
  /** 404: no endpoint takes `cache_control`. */
  noCacheControl(): RespondOutcome;
  /** 403: the monthly budget of a workspace is spent. */
  budget(): RespondOutcome;
  /** 500, masked. */
  internal(): RespondOutcome;
}

function error(code: number, message: string, metadata?: object, headers?: Readonly<Record<string, string>>): RespondOutcome {
  return respond(code, { error: { message, code, ...(metadata === undefined ? {} : { metadata }) } }, headers === undefined ? {} : { headers });
}

function own({ status, message, metadata, headers }: OwnError): RespondOutcome {
  return error(status, message, metadata, headers);
}

/** Ready-made failures of OpenRouter itself; put them under `scenario.gateway`. */
export const faults: Faults = {
  htmlTimeout: () =>
    respond(524, '<!DOCTYPE html>\n<html><head><title>openrouter.ai | 524: A timeout occurred</title></head><body><h1>A timeout occurred</h1></body></html>\n', {
      headers: { 'content-type': 'text/html; charset=UTF-8' },
    }),
  inFlight: (retryAfter = 1) => own(ownErrors.inFlight(retryAfter)),
  noCredits: () => own(ownErrors.noCredits()),
  moreCredits: (tokens = { requested: 4096, affordable: 100 }) => own(ownErrors.moreCredits(tokens)),
  keyLimit: () => own({ ...ownErrors.noCredits(), metadata: { reason: 'weight_exceeds_budget', limit_source: 'openrouter_key_limit' } }),
  freeTier: (resetAt, window = 'minute') => own(ownErrors.freeTier(window, { resetAt, limit: { minute: 20, day: 50, 'day-high-balance': 1000 }[window] })),
  zod: (path = 'temperature') =>
    respond(400, {
      success: false,
      error: { name: 'ZodError', message: JSON.stringify([{ code: 'invalid_type', path: [path], message: 'Invalid input' }], null, 2) },
    }),
  errorOnly: (code = 502, message = 'Provider returned error') => respond(200, { error: { code, message } }),
  notJson: () => respond(200, 'upstream connect error or disconnect/reset before headers', { headers: { 'content-type': 'application/json' } }),
  endless: () => respond(200, '{"id":"gen-0","choices":[', { headers: { 'content-type': 'application/json' }, wire: { endless: true } }),
  moderation: (provider = 'OpenAI', model = 'acme/atlas') => own(ownErrors.moderation(['violence'], 'a flagged sentence', provider, model)),
  injection: (patterns = ['ignore previous instructions']) => error(403, 'Request blocked: prompt injection patterns detected', { patterns }),
  agentsOnly: (model = 'acme/atlas-mini:free') =>
    error(403, `${model} is only available on agentic harnesses. Use the paid version instead.`, { failed_routing_step: 'Gate Free Endpoints by Agentic Harness' }),
  noCacheControl: () => error(404, 'No endpoints found that support cache control'),
  budget: () =>
    error(403, 'Workspace monthly budget of $500.00 exceeded. Raise the budget or wait for the reset.', {
      limit_source: 'openrouter_workspace_budget', scope: 'workspace', limit_usd: 500, spend_usd: 500.01, resets_at: '2026-10-01T00:00:00Z',
    }),
  internal: () => error(500, 'Internal Server Error'),
};
