/** Timers that fire when a test says so, and never by themselves. */
export interface ManualTimers {
  readonly timer: (ms: number, callback: () => void) => () => void;
  /** Waits until nothing happens any more, then fires those of `ms` milliseconds that are pending. */
  fire(ms: number): Promise<void>;
  /** How many are pending. */
  readonly pending: number;
}

// Everything in process runs in microtasks and immediates: some turns of the event loop later, all of it is done.
export async function settled(turns = 30): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
}

export function manualTimers(): ManualTimers {
  const pending = new Map<() => void, number>();
  return {
    timer(ms, callback) {
      const once = (): void => callback();
      pending.set(once, ms);
      return () => void pending.delete(once);
    },
    async fire(ms) {
      await settled();
      for (const [callback, due] of pending) {
        if (due !== ms || !pending.delete(callback)) continue;
        callback();
      }
      await settled();
    },
    get pending() {
      return pending.size;
    },
  };
}
