import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/transport/retry-after.js';
import type { ErrorDetail } from '../../src/wire/error-body.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');

test.each([
  ['seconds', { 'retry-after': '3' }, {}, 3000],
  ['fractions', { 'retry-after': '0.5' }, {}, 500],
  ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, {}, 7000],
  ['a date that has passed', { 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, {}, 0],
  ['milliseconds before seconds', { 'retry-after-ms': '250', 'retry-after': '9' }, {}, 250],
  ['the header before the body', { 'retry-after': '1' }, { metadata: { retry_after_seconds: 2 } }, 1000],
  ['the body', {}, { metadata: { retry_after_seconds: 2, headers: { 'Retry-After': '5' } } }, 2000],
  ['headers inside the body, in any case', {}, { metadata: { headers: { 'RETRY-after': '5' } } }, 5000],
  ['availability', {}, { availability: { retry_after: 4 } }, 4000],
  ['the reset of the rate limit', { 'x-ratelimit-reset': String(NOW + 1500) }, {}, 1500],
  ['the reset inside the body', {}, { metadata: { headers: { 'X-RateLimit-Reset': String(NOW + 60_000) } } }, 60_000],
  ['a reset that has passed', { 'x-ratelimit-reset': '1' }, {}, 0],
  ['a delay before the reset', {}, { metadata: { retry_after_seconds: 1, headers: { 'X-RateLimit-Reset': String(NOW + 60_000) } } }, 1000],
  ['nonsense, passed over', { 'retry-after': 'soon' }, { metadata: { retry_after_seconds: 2 } }, 2000],
  ['a negative number, passed over', { 'retry-after': '-3' }, {}, undefined],
  ['emptiness', { 'retry-after': '' }, { metadata: null }, undefined],
  ['nothing', {}, {}, undefined],
])('%s', (_, headers, detail, expected) => {
  expect(retryAfterMs(headers, detail, NOW)).toBe(expected);
});

test('odd values of the body are passed over', () => {
  const odd: ErrorDetail = JSON.parse('{"metadata":{"retry_after_seconds":"x","headers":"none"},"availability":{"retry_after":null}}');
  expect(retryAfterMs({}, odd, NOW)).toBeUndefined();
});
