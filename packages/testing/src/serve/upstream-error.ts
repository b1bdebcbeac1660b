import type { ErrorMetadata } from '@waypost/core';
import type { Failure } from './attempts.js';

/** The error of the last endpoint, as the client sees it, with those before it. */
export interface UpstreamError {
  readonly status: number;
  readonly message: string;
  readonly metadata: ErrorMetadata;
  readonly headers: Readonly<Record<string, string>>;
}

/** Real hints are longer; a client shows them and reads nothing out of them. */
const SHARED_HINT = 'Retry later, or add a provider key of your own to have a limit of your own.';
const BYOK_HINT = 'Retry later, or raise the limit of your key at the provider.';

export function upstreamError(failures: readonly Failure[], display: (slug: string) => string): UpstreamError {
  const last = failures.at(-1);
  if (last === undefined) throw new Error('A plan has at least one endpoint.');
  const { candidate, outcome, unasked } = last;
  const { status, retryAfter, errorType, source } = outcome;
  const before = failures.slice(0, -1).map((failure) => ({
    code: failure.outcome.status, message: failure.outcome.message, provider: display(failure.candidate.endpoint.provider),
  }));
  const previous = before.length === 0 ? {} : { previous_errors: before };
  if (unasked) return { status, message: outcome.message, headers: {}, metadata: { provider_name: null, ...previous } };
  const wait = retryAfter === undefined ? undefined : String(retryAfter);
  const headers = { ...(wait === undefined ? {} : { 'retry-after': wait }), ...outcome.headers };
  if (source === 'openrouter') return { status, message: outcome.message, headers, metadata: { ...outcome.metadata, ...previous } };
  const limited = status !== 429 ? {} : {
    limit_source: `upstream_provider_${candidate.byok ? 'byok' : 'shared_pool'}`,
    provider_error_code: '429',
    remedy_hint: candidate.byok ? BYOK_HINT : SHARED_HINT,
  };
  return {
    status,
    message: outcome.message,
    headers,
    metadata: {
      raw: outcome.raw ?? `${candidate.requested.model.id} answered with status ${status}`,
      provider_name: display(candidate.endpoint.provider),
      is_byok: candidate.byok,
      ...limited,
      ...(errorType === undefined ? {} : { error_type: errorType }),
      ...(wait === undefined ? {} : { retry_after_seconds: retryAfter, retry_after_seconds_raw: retryAfter, headers: { 'Retry-After': wait } }),
      ...previous,
      ...outcome.metadata,
    },
  };
}
