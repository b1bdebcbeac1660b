import type { StreamSource } from './stream-source.js';

/**
 * An iterator over what `pick` finds in each packet. Written by hand, since an async generator costs several turns of the
 * microtask queue per item. Calls of `next` that do not wait for one another are served in order.
 */
export function iterate<Chunk extends object, Item extends object | string>(source: Pick<StreamSource<Chunk, unknown>, 'take' | 'cancel'>, pick: (packet: readonly Chunk[]) => readonly Item[]): AsyncIterableIterator<Item, undefined> {
  let items: readonly Item[] = [];
  let at = 0;
  let over = false;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const step = async (): Promise<IteratorResult<Item, undefined>> => {
    try {
      for (;;) {
        const value = at < items.length ? items[at] : undefined;
        if (value !== undefined) {
          at += 1;
          return { done: false, value };
        }
        const packet = over ? undefined : await source.take();
        if (packet === undefined) {
          over = true;
          return { done: true, value: undefined };
        }
        items = pick(packet);
        at = 0;
      }
    } catch (error) {
      over = true;
      throw error;
    } finally {
      waiting -= 1;
    }
  };

  return {
    // hot: once per chunk; what has arrived is handed out without waiting for the network
    next() {
      if (waiting === 0) {
        const value = at < items.length ? items[at] : undefined;
        if (value !== undefined) {
          at += 1;
          return Promise.resolve({ done: false, value });
        }
        waiting = 1;
        const result = step();
        last = result;
        return result;
      }
      waiting += 1;
      const result = last.then(step, step);
      last = result;
      return result;
    },
    async return() {
      over = true;
      items = [];
      await source.cancel();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
