import type { ErrorDetail } from '../wire/error-body.js';
import type { HeaderRecord } from './types.js';

/** A number at or above zero, of a header or a field; `NaN` for anything else. */
function amount(value: unknown): number {
  const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
  return number >= 0 ? number : Number.NaN;
}

/** Milliseconds from seconds, or from an HTTP date. */
function delay(value: unknown, now: number): number {
  const isDate = typeof value === 'string' && /[a-z]/i.test(value);
  return isDate ? Math.max(0, Date.parse(value) - now) : amount(value) * 1000;
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
export function retryAfterMs(headers: HeaderRecord, { metadata, availability }: ErrorDetail, now: number): number | undefined {
  const inBody = lowerCased(metadata?.headers);
  const waits = [
    amount(headers['retry-after-ms']),
    delay(headers['retry-after'], now),
    amount(metadata?.retry_after_seconds) * 1000,
    delay(inBody['retry-after'], now),
    delay(availability?.retry_after, now),
    Math.max(0, amount(headers['x-ratelimit-reset']) - now),
    Math.max(0, amount(inBody['x-ratelimit-reset']) - now),
  ];
  return waits.find(Number.isFinite);
}
