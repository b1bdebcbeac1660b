import { vi } from 'vitest';

/** Makes LangChain's waits between attempts pass at once. */
export async function hurry<Result>(start: () => Promise<Result>): Promise<Result> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const state = { running: true };
    const pending = start().finally(() => (state.running = false));
    // seen by whoever awaits it
    pending.catch(() => undefined);
    while (state.running) await vi.advanceTimersByTimeAsync(500);
    return await pending;
  } finally {
    vi.useRealTimers();
  }
}
