import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { errorFromUnknown } from '../../src/errors/from-unknown.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { NoRouteError } from '../../src/errors/no-route-error.js';
import { OpenRouterError } from '../../src/errors/openrouter-error.js';
import { PolicyViolationError } from '../../src/errors/policy-violation-error.js';
import { reasonOf } from '../../src/errors/reason-of.js';
import { redact, safeUrl, secretsOf } from '../../src/errors/redact.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { TimeoutError } from '../../src/errors/timeout-error.js';

const api = { message: 'm', status: 502, reason: 'server', isRetryable: true } as const;
const partial = { choices: [{ finish_reason: null, message: { role: 'assistant' as const, content: 'private answer' } }], id: 'gen-1' };
const all: readonly (readonly [string, string, OpenRouterError])[] = [
  ['APIError', 'api_error', new APIError({ ...api, cause: 1 })],
  ['NoRouteError', 'no_route', new NoRouteError({ ...api, preference: 'zdr' })],
  ['NetworkError', 'network_error', new NetworkError('m', { errno: 'ECONNRESET' })],
  ['TimeoutError', 'timeout', new TimeoutError('idle', 5)],
  ['StreamError', 'stream_error', new StreamError({ reason: 'idle', message: 'm', partial })],
  ['PolicyViolationError', 'policy_violation', new PolicyViolationError({ overall: 'violated', guardrails: { only: { verdict: 'violated', detail: 'served by x' }, zdr: { verdict: 'unverifiable' } } })],
];
const classes = { APIError, NoRouteError, NetworkError, TimeoutError, StreamError, PolicyViolationError };

describe.each(all)('%s', (name, code, error) => {
  test('has its name and code, and prints no content', () => {
    expect([error.name, error.code]).toEqual([name, code]);
    expect(String(error)).toContain(name);
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({ name, code, message: error.message });
    expect(JSON.stringify([json, Object.assign({}, error)])).not.toContain('private');
  });

  test('is recognised as what it is, and nothing else', () => {
    const kinds = Object.entries(classes).filter(([, type]) => type.isInstance(error)).map(([kind]) => kind);
    expect(kinds).toEqual(name === 'NoRouteError' ? ['APIError', 'NoRouteError'] : [name]);
    expect(OpenRouterError.isInstance(error)).toBe(true);
  });

  test('is recognised across copies of the package', () => {
    const copy = new Error('from elsewhere');
    for (const mark of Object.getOwnPropertySymbols(error)) Object.defineProperty(copy, mark, { value: true });
    expect(classes[name as keyof typeof classes].isInstance(copy)).toBe(true);
  });
});

test('nothing else is recognised', () => {
  for (const type of [...Object.values(classes), OpenRouterError]) for (const value of [null, undefined, 'x', {}, new Error('x')]) expect(type.isInstance(value)).toBe(false);
});

test('details', () => {
  expect(new APIError({ ...api, cause: undefined })).toHaveProperty('cause', undefined);
  expect('cause' in new APIError(api)).toBe(false);
  expect(new StreamError({ reason: 'idle', message: 'm', partial }).generationId).toBe('gen-1');
  expect(all[5]?.[2].message).toBe('Policy violated: only: served by x');
  expect([new TimeoutError('deadline', 5).isRetryable, new TimeoutError('response', 5).message]).toEqual([false, 'No response headers within 5 ms']);
});

test('reasonOf', () => {
  const stream = (cause?: unknown): StreamError => new StreamError({ reason: 'provider', message: 'm', ...(cause ? { cause } : {}) });
  expect([new APIError(api), new NetworkError('m'), new TimeoutError('idle', 1), stream(), stream(new APIError(api)), new Error('x'), 'x'].map(reasonOf)).toEqual([
    'server', 'network', 'timeout', 'stream', 'server', 'unknown', 'unknown',
  ]);
});

describe('redact', () => {
  test.each([
    ['key sk-or-v1-abcdef012345 here', 'key [redacted] here'],
    ['key_sk-or-v1-abcdef012345', 'key_[redacted]'],
    ['sk-proj-abc_DEF-123456', '[redacted]'],
    ['authorization: Bearer abcdefghij.klm', 'authorization: Bearer [redacted]'],
    ['https://user:p@ss@host/path', 'https://host/path'],
    ['a risk-assessment of task-management', 'a risk-assessment of task-management'],
    ['https://host/a@b mail me@host', 'https://host/a@b mail me@host'],
  ])('%s', (given, expected) => {
    expect(redact(given)).toBe(expected);
  });

  test('given secrets, unless they are too short to be any', () => {
    expect(redact('my secret-1 and key', ['secret-1', 'key', ''])).toBe('my [redacted] and key');
  });

  test('secrets are the headers that authorize', () => {
    expect(secretsOf({ Authorization: 'Bearer abc123', 'x-api-key': 'k-1', accept: 'x', cookie: 'a=b' })).toEqual(['Bearer abc123', 'abc123', 'k-1', 'k-1', 'a=b', 'a=b']);
  });

  test('safeUrl', () => {
    expect([safeUrl('https://u:p@h.test:1/a?b#c'), safeUrl('nope')]).toEqual(['https://h.test:1/a', undefined]);
  });
});

describe('errorFromUnknown', () => {
  test('an error of ours passes as it is', () => {
    const error = new NetworkError('m');
    expect(errorFromUnknown(error)).toBe(error);
  });

  test.each([
    ['a code one cause down', new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) }), 'Request failed (ECONNRESET): fetch failed: read ECONNRESET', true],
    ['a code in a list', new TypeError('fetch failed', { cause: Object.assign(new Error(''), { errors: [Object.assign(new Error('x'), { code: 'ECONNREFUSED' })] }) }), 'Request failed (ECONNREFUSED): fetch failed', true],
    ['a certificate', new TypeError('fetch failed', { cause: Object.assign(new Error('c'), { code: 'CERT_HAS_EXPIRED' }) }), 'Request failed (CERT_HAS_EXPIRED): fetch failed: c', false],
    ['a URL', new TypeError('Failed to parse URL from nope'), 'Request failed: Failed to parse URL from nope', false],
    ['text', 'boom', 'Request failed: boom', true],
    ['nothing', undefined, 'Request failed', true],
    ['an object', { a: 1 }, 'Request failed', true],
  ])('%s', (_, thrown, message, retryable) => {
    const error = errorFromUnknown(thrown, { url: 'https://h.test/x' });
    if (!NetworkError.isInstance(error)) throw error;
    expect([error.message, error.isRetryable, error.cause, error.url]).toEqual([message, retryable, thrown, 'https://h.test/x']);
  });

  test('a cause that holds the key is replaced by one that does not', () => {
    const thrown = new TypeError('bad header "secret-key-1"', { cause: new Error('deep secret-key-1') });
    const error = errorFromUnknown(thrown, { secrets: ['secret-key-1'] });
    const { cause } = error;
    if (!(cause instanceof Error) || !(cause.cause instanceof Error)) throw new Error('no causes');
    expect([cause.name, cause.message, cause.cause.message]).toEqual(['TypeError', 'bad header "[redacted]"', 'deep [redacted]']);
    expect(`${error.stack}${cause.stack}${cause.cause.stack}`).not.toContain('secret-key');
  });

  test('causes that go in a circle end', () => {
    const circle = new Error('a');
    circle.cause = circle;
    expect(errorFromUnknown(circle).message).toBe('Request failed: a: a');
  });
});
