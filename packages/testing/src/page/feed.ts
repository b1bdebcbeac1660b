import type { OpenRecord } from '../recorded-request.js';

/** Somebody who looks at the page. */
interface Watcher {
  /** A request came, or there is more to say of it. */
  changed(record: OpenRecord): void;
  /** All requests were forgotten. */
  reset(): void;
}

/** Tells whoever looks at the page what changes; costs nothing while nobody does. */
export interface Feed extends Watcher {
  watched(): boolean;
  /** Returns what ends it. */
  watch(watcher: Watcher): () => void;
}

export function createFeed(): Feed {
  const watchers = new Set<Watcher>();
  return {
    watched: () => watchers.size > 0,
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    changed(record) {
      for (const watcher of watchers) watcher.changed(record);
    },
    reset() {
      for (const watcher of watchers) watcher.reset();
    },
  };
}
