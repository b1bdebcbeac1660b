import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import { PolicyViolationError } from '../../src/errors/policy-violation-error.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import type { FailureReason } from '../../src/errors/reason.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { TimeoutError } from '../../src/errors/timeout-error.js';
import type { AttemptRecord } from '../../src/receipt/receipt.js';
import { failover, type FailoverOptions } from '../../src/transport/failover.js';
import { retry } from '../../src/transport/retry.js';
import type { Window } from '../../src/transport/types.js';
import { fakeClock } from './kit.js';

const windowOf = (...models: string[]): Window => ({ models, body: { messages: [], models } });
const windows = [windowOf('a', 'b', 'c'), windowOf('d', 'e'), windowOf('f')];
const apiError = (reason: FailureReason): APIError => new APIError({ message: reason, status: 400, reason, isRetryable: false });

async function run(failures: readonly unknown[], options: FailoverOptions = {}, signal?: AbortSignal) {
  const clock = fakeClock();
  const tried: string[] = [];
  const records: AttemptRecord[] = [];
  const outcome = await failover(
    windows,
    async (window, index) => {
      tried.push(window.models.join());
      await clock.advance(100);
      if (failures[index] !== undefined) throw failures[index];
      return 'done';
    },
    options,
    { effects: clock.effects, onAttempt: (record) => records.push(record), ...(signal ? { signal } : {}) },
  ).catch((error: unknown) => error);
  return { outcome, tried, records };
}

describe('failover', () => {
  test('tries the windows in order and tells of each attempt', async () => {
    const { outcome, tried, records } = await run([apiError('rate-limit')]);
    expect([outcome, tried]).toEqual(['done', ['a,b,c', 'd,e']]);
    expect(records).toEqual([
      { models: ['a', 'b', 'c'], outcome: 'error', reason: 'rate-limit', message: 'rate-limit', status: 400, durationMs: 100 },
      { models: ['d', 'e'], outcome: 'ok', durationMs: 100 },
    ]);
  });

  test('a record names the provider, but does not repeat what it said', async () => {
    const told = new APIError({ message: 'cannot handle "my private prompt"', status: 502, reason: 'server', isRetryable: true, provider: 'Acme', generationId: 'gen-1', errorType: 'provider_unavailable' });
    const record = { models: ['a', 'b', 'c'], outcome: 'error', reason: 'server', message: 'Acme answered with provider_unavailable', status: 502, provider: 'Acme', generationId: 'gen-1', durationMs: 100 };
    expect((await run([told])).records[0]).toEqual(record);
    expect((await run([new StreamError({ reason: 'provider', message: told.message, cause: told })])).records[0]).toEqual(record);
    expect((await run([new Error('my private prompt')])).records).toEqual([{ models: ['a', 'b', 'c'], outcome: 'error', reason: 'unknown', durationMs: 100 }]);
  });

  test('a retry repeats the whole chain', async () => {
    const { effects } = fakeClock();
    const tried: string[] = [];
    const attempt = (window: Window): Promise<string> => {
      tried.push(window.models.join());
      return tried.length < 5 ? Promise.reject(new NetworkError('reset')) : Promise.resolve('done');
    };
    const pass = (): Promise<string> => failover(windows, attempt, {}, { effects });
    expect(await retry(pass, {}, { effects: { ...effects, sleep: () => Promise.resolve() } })).toBe('done');
    expect(tried).toEqual(['a,b,c', 'd,e', 'f', 'a,b,c', 'd,e']);
  });

  test('the last error is thrown, with those before it', async () => {
    const errors = [apiError('no-route'), new NetworkError('reset'), apiError('server')];
    const { outcome, tried } = await run(errors);
    expect(outcome).toBe(errors[2]);
    expect(errors[2]?.previousErrors).toEqual(errors.slice(0, 2));
    expect(tried).toHaveLength(3);
  });

  const moved: readonly FailureReason[] = ['rate-limit', 'timeout', 'server', 'overloaded', 'no-route', 'model-not-found', 'context-length', 'moderation', 'permission', 'unknown'];
  const kept: readonly FailureReason[] = ['invalid-request', 'too-large', 'not-found', 'authentication', 'credits'];
  test.each([...moved.map((reason) => [reason, 2] as const), ...kept.map((reason) => [reason, 1] as const)])('%s: %i windows tried', async (reason, count) => {
    expect((await run([apiError(reason)])).tried).toHaveLength(count);
  });

  test.each([
    ['a limit of the client', new TimeoutError('first-token', 5), 2],
    ['a connection', new NetworkError('reset'), 2],
    ['an empty stream', new StreamError({ reason: 'truncated', message: 'cut', isRetryable: true }), 2],
    ['a provider inside a response', new StreamError({ reason: 'provider', message: 'x', cause: apiError('server') }), 2],
    ['the same with a reason that stays', new StreamError({ reason: 'provider', message: 'x', cause: apiError('credits') }), 1],
    ['the deadline', new TimeoutError('deadline', 5), 1],
    ['a broken policy', new PolicyViolationError({ overall: 'violated', guardrails: {} }), 1],
    ['bad options', new InvalidOptionsError([]), 1],
    ['an error of someone else', new Error('bug'), 1],
  ])('%s', async (_, error, count) => {
    const { tried, outcome } = await run([error]);
    expect([tried.length, outcome]).toEqual([count, count === 2 ? 'done' : error]);
  });

  test('`on` selects the reasons', async () => {
    expect((await run([apiError('server')], { on: ['rate-limit'] })).tried).toHaveLength(1);
    expect((await run([apiError('credits')], { on: ['credits'] })).tried).toHaveLength(2);
    expect((await run([apiError('server')], { on: [] })).tried).toHaveLength(1);
  });

  test('an abort never fails over, and is told as such', async () => {
    const { tried, records } = await run([new NetworkError('aborted')], {}, AbortSignal.abort());
    expect(tried).toHaveLength(1);
    expect(records[0]).toEqual({ models: ['a', 'b', 'c'], outcome: 'aborted', durationMs: 100 });
  });

  test('what is thrown when an attempt is told of is no failure of that attempt', async () => {
    const told: AttemptRecord[] = [];
    const thrown = apiError('server');
    const onAttempt = (record: AttemptRecord): void => {
      told.push(record);
      throw thrown;
    };
    await expect(failover(windows, () => Promise.resolve('done'), {}, { effects: fakeClock().effects, onAttempt })).rejects.toBe(thrown);
    expect(told).toEqual([{ models: ['a', 'b', 'c'], outcome: 'ok', durationMs: 0 }]);
  });

  test('no windows at all is a mistake of the caller', async () => {
    await expect(failover([], () => Promise.resolve(1), {}, { effects: fakeClock().effects })).rejects.toThrow(RangeError);
  });
});
