import type { ErrorDetail } from '../wire/error-body.js';
import type { HeaderRecord } from './types.js';

/** A number at or above zero, of a header or a field; `undefined` for anything else. */
function amount(value: unknown): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** Seconds, or an HTTP date. */
function delay(value: unknown, now: number): number | undefined {
  const seconds = amount(value);
  if (seconds !== undefined) return seconds * 1000;
  const date = typeof value === 'string' && /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function lowerCased(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
}

/**
 * How long the server asks to wait, in milliseconds, never negative: header `retry-after-ms` or `Retry-After` (seconds or a date),
 * else `metadata.retry_after_seconds`, `metadata.headers["Retry-After"]`, `availability.retry_after`, else the time to
 * `X-RateLimit-Reset` (milliseconds since the epoch), from the headers or `metadata.headers`. Browsers show the body's only. The
 * caller decides how long is too long. Source: OpenRouter API, errors and limits.
 */
export function retryAfterMs(headers: HeaderRecord, detail: ErrorDetail, now: number): number | undefined {
  const metadata = detail.metadata ?? {};
  const inBody = lowerCased(metadata.headers);
  const reset = amount(headers['x-ratelimit-reset']) ?? amount(inBody['x-ratelimit-reset']);
  const seconds = amount(metadata.retry_after_seconds);
  return (
    amount(headers['retry-after-ms']) ??
    delay(headers['retry-after'], now) ??
    (seconds === undefined ? undefined : seconds * 1000) ??
    delay(inBody['retry-after'], now) ??
    delay(detail.availability?.retry_after, now) ??
    (reset === undefined ? undefined : Math.max(0, reset - now))
  );
}
