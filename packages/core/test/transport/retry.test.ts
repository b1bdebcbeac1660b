import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { NetworkError } from '../../src/errors/network-error.js';
import type { OpenRouterError } from '../../src/errors/openrouter-error.js';
import { PolicyViolationError } from '../../src/errors/policy-violation-error.js';
import { StreamError } from '../../src/errors/stream-error.js';
import { backoff } from '../../src/transport/backoff.js';
import { retry, type RetryContext, type RetryOptions } from '../../src/transport/retry.js';
import { countedSignal, fakeClock, rejection, settle } from './kit.js';

const apiError = (more: Partial<ConstructorParameters<typeof APIError>[0]> = {}): APIError =>
  new APIError({ message: 'no', status: 429, reason: 'rate-limit', isRetryable: true, ...more });

async function run(failures: readonly unknown[], options: RetryOptions = {}, context: Partial<RetryContext> = {}) {
  const clock = fakeClock();
  const waits: number[] = [];
  const effects = { ...clock.effects, sleep: (ms: number) => (waits.push(ms), Promise.resolve()) };
  let calls = 0;
  const result = retry(
    () => {
      const failure = failures[calls];
      calls += 1;
      return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
    },
    options,
    { effects, ...context, ...(context.deadlineAt === undefined ? {} : { deadlineAt: clock.now() + context.deadlineAt }) },
  );
  const outcome = await result.catch((error: unknown) => error);
  return { outcome, waits, calls };
}

describe('backoff', () => {
  test('is within its bounds, and uses all of them', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (n, baseDelayMs, maxDelayMs, random) => {
        const wait = backoff(n, { baseDelayMs, maxDelayMs }, random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(maxDelayMs, baseDelayMs * 2 ** n));
        expect(wait).toBeCloseTo(random * backoff(n, { baseDelayMs, maxDelayMs }, 1), 6);
      }),
    );
  });
});

describe('retry', () => {
  test('twice by default, with growing waits, then the last error', async () => {
    const errors = [apiError(), apiError(), apiError(), apiError()];
    const { outcome, waits, calls } = await run(errors);
    expect([calls, waits]).toEqual([3, [250, 500]]);
    expect(outcome).toBe(errors[2]);
  });

  test('succeeds after failures of any retryable class', async () => {
    const { outcome, calls } = await run([new NetworkError('reset'), new StreamError({ reason: 'truncated', message: 'cut', isRetryable: true })]);
    expect([outcome, calls]).toEqual(['done', 3]);
  });

  test.each([
    ['not retryable', apiError({ isRetryable: false })],
    ['a stream that broke after content', new StreamError({ reason: 'truncated', message: 'cut' })],
    ['no error of ours', new Error('abort')],
    ['no error at all', 'reason'],
  ])('%s is thrown at once', async (_, failure) => {
    const { outcome, calls, waits } = await run([failure]);
    expect([outcome, calls, waits]).toEqual([failure, 1, []]);
  });

  test('maxRetries 0 and retryOn are honoured', async () => {
    expect((await run([apiError()], { maxRetries: 0 })).calls).toBe(1);
    const asked: OpenRouterError[] = [];
    const error = apiError({ isRetryable: false });
    const { outcome } = await run([error], { retryOn: (given) => asked.push(given) > 0 });
    expect([outcome, asked]).toEqual(['done', [error]]);
  });

  test("the server's word comes first, even where it is the cause of another error", async () => {
    const asked = apiError({ retryAfterMs: 1234 });
    const stream = new StreamError({ reason: 'provider', message: 'x', isRetryable: true, cause: apiError({ retryAfterMs: 50_000 }) });
    expect((await run([asked, stream])).waits).toEqual([1234, 50_000]);
  });

  test('a wait that is too long is not begun', async () => {
    expect((await run([apiError({ retryAfterMs: 60_001 })])).waits).toEqual([]);
    expect((await run([apiError({ retryAfterMs: 60_001 })], { maxRetryAfterMs: 100_000 })).waits).toEqual([60_001]);
    const { outcome, waits } = await run([apiError({ retryAfterMs: 1000 })], {}, { deadlineAt: 1000 });
    expect([APIError.isInstance(outcome), waits]).toEqual([true, []]);
    expect((await run([apiError({ retryAfterMs: 999 })], {}, { deadlineAt: 1000 })).waits).toEqual([999]);
  });

  test('waits are told before they begin', async () => {
    const told: number[] = [];
    await run([apiError({ retryAfterMs: 10 }), apiError({ retryAfterMs: 20 })], {}, { onWait: (ms) => told.push(ms) });
    expect(told).toEqual([10, 20]);
  });

  test('abort during a wait rejects with the reason, and nothing more is sent', async () => {
    for (const heeds of [true, false]) {
      const clock = fakeClock();
      const { signal, controller } = countedSignal();
      const effects = heeds ? clock.effects : { ...clock.effects, sleep: (ms: number) => clock.effects.sleep(ms) };
      let calls = 0;
      const pending = rejection(
        retry(() => Promise.reject(apiError({ retryAfterMs: (calls += 1000) })), {}, { effects, signal }),
      );
      await settle();
      controller.abort('stop');
      await clock.advance(1000);
      expect(await pending).toBe('stop');
      expect(calls).toBe(1000);
    }
  });

  test('an attempt that fails because of an abort is not repeated', async () => {
    const { signal, controller } = countedSignal();
    controller.abort('stop');
    const error = apiError();
    expect(await run([error], {}, { signal })).toMatchObject({ outcome: error, calls: 1 });
  });

  describe('a pass over several windows', () => {
    const passOf = (last: OpenRouterError, ...before: OpenRouterError[]): OpenRouterError => Object.assign(last, { previousErrors: before });
    const forGood = (): APIError => apiError({ isRetryable: false, reason: 'no-route', status: 404 });

    test('is repeated where a window before the last may serve later', async () => {
      expect((await run([passOf(forGood(), apiError())])).outcome).toBe('done');
      expect((await run([passOf(forGood(), forGood())])).calls).toBe(1);
    });

    test('waits until the first of them may serve', async () => {
      expect((await run([passOf(apiError({ retryAfterMs: 9000 }), apiError({ retryAfterMs: 3000 }), forGood())])).waits).toEqual([3000]);
      expect((await run([passOf(apiError({ retryAfterMs: 9000 }), apiError())])).waits).toEqual([250]);
    });

    test('leaves out those that ask for too long a wait', async () => {
      expect((await run([passOf(apiError({ retryAfterMs: 90_000 }), apiError({ retryAfterMs: 3000 }))])).waits).toEqual([3000]);
      expect((await run([passOf(apiError({ retryAfterMs: 90_000 }), forGood())])).calls).toBe(1);
    });

    test('is not repeated where its last error is none of an attempt', async () => {
      const violation = new PolicyViolationError({ overall: 'violated', guardrails: {} });
      expect((await run([passOf(violation, apiError())])).calls).toBe(1);
    });
  });
});
