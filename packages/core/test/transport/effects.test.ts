import { afterEach, describe, expect, test, vi } from 'vitest';
import { createEffects } from '../../src/transport/effects.js';
import { countedSignal, rejection } from './kit.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the effects of the platform', () => {
  test('fetch is looked up at each call', async () => {
    const effects = createEffects();
    const fetch = vi.fn(() => Promise.resolve(new Response('later')));
    vi.stubGlobal('fetch', fetch);
    expect(await (await effects.fetch('https://a.test', {})).text()).toBe('later');
    expect(fetch).toHaveBeenCalledWith('https://a.test', {});
  });

  test('each can be replaced', () => {
    const now = (): number => 7;
    const effects = createEffects({ now });
    expect(effects.now).toBe(now);
    expect(effects.random()).toBeLessThan(1);
  });

  test('sleep leaves neither timer nor listener behind', async () => {
    vi.useFakeTimers();
    const { sleep } = createEffects();
    const { signal, controller, listeners } = countedSignal();
    const slept = sleep(1000, signal);
    expect([vi.getTimerCount(), listeners()]).toEqual([1, 1]);
    vi.advanceTimersByTime(1000);
    await slept;
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0]);

    const aborted = rejection(sleep(1000, signal));
    controller.abort('stop');
    expect(await aborted).toBe('stop');
    expect(vi.getTimerCount()).toBe(0);
    expect(await rejection(sleep(1000, signal))).toBe('stop');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a timer longer than 24 days does not fire at once', () => {
    vi.useFakeTimers();
    const callback = vi.fn();
    const month = 30 * 24 * 3600 * 1000;
    createEffects().timer?.(month, callback);
    vi.advanceTimersByTime(month - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
    const stop = createEffects().timer?.(month, callback);
    vi.advanceTimersByTime(month / 2);
    stop?.();
    expect(vi.getTimerCount()).toBe(0);
  });
});
