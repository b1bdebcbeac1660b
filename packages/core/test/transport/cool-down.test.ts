import { describe, expect, test } from 'vitest';
import { APIError } from '../../src/errors/api-error.js';
import { createCoolDown } from '../../src/transport/cool-down.js';
import type { Window } from '../../src/transport/types.js';

const windowOf = (...models: string[]): Window => ({ models, body: { messages: [], models } });
const limited = (retryAfterMs?: number, status = 429): APIError =>
  new APIError({ message: 'slow', status, reason: 'rate-limit', isRetryable: true, ...(retryAfterMs !== undefined && { retryAfterMs }) });

describe('a cool-down', () => {
  test('holds for the models that were turned away, until the time that the server told', () => {
    const cool = createCoolDown();
    cool.note(windowOf('a', 'b'), limited(2000), 1000, 60_000);
    expect([cool.until(windowOf('a'), 1000), cool.until(windowOf('b'), 2500), cool.until(windowOf('a'), 3000)]).toEqual([3000, 3000, 0]);
    expect(cool.until(windowOf('c'), 1000)).toBe(0);
  });

  test('a request has to wait only where each of its models cools down, and until the first is free', () => {
    const cool = createCoolDown();
    cool.note(windowOf('a'), limited(2000), 0, 60_000);
    expect(cool.until(windowOf('a', 'c'), 0)).toBe(0);
    cool.note(windowOf('c'), limited(500), 0, 60_000);
    expect(cool.until(windowOf('a', 'c'), 0)).toBe(500);
  });

  test('a later word never shortens it', () => {
    const cool = createCoolDown();
    cool.note(windowOf('a'), limited(5000), 0, 60_000);
    cool.note(windowOf('a'), limited(100), 1000, 60_000);
    expect(cool.until(windowOf('a'), 1000)).toBe(5000);
  });

  test('a clock that goes back leaves nobody waiting for it', () => {
    const cool = createCoolDown();
    cool.note(windowOf('a'), limited(2000), 3_600_000, 60_000);
    expect(cool.until(windowOf('a'), 0)).toBe(0);
    cool.note(windowOf('a'), limited(1000), 0, 60_000);
    expect(cool.until(windowOf('a'), 0)).toBe(1000);
  });

  test.each([
    ['another status', limited(1000, 503)],
    ['no delay', limited()],
    ['a delay longer than one would wait', limited(60_001)],
    ['no error of a server', new Error('429')],
    ['none at all', undefined],
  ])('%s starts none', (_, error) => {
    const cool = createCoolDown();
    cool.note(windowOf('a'), error, 0, 60_000);
    expect(cool.until(windowOf('a'), 0)).toBe(0);
  });

  test('the same model under other preferences may be asked', () => {
    const cool = createCoolDown();
    cool.note({ models: ['a'], body: { messages: [], provider: { only: ['azure'] } } }, limited(1000), 0, 60_000);
    expect(cool.until({ models: ['a'], body: { messages: [], provider: { only: ['azure'] } } }, 0)).toBe(1000);
    expect(cool.until(windowOf('a'), 0)).toBe(0);
  });

  test('a request that names no model is one of its own', () => {
    const cool = createCoolDown();
    expect(cool.until(windowOf(), 0)).toBe(0);
    cool.note(windowOf(), limited(1000), 0, 60_000);
    expect([cool.until(windowOf(), 0), cool.until(windowOf('a'), 0)]).toEqual([1000, 0]);
  });
});
