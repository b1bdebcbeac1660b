import type { OpenRecord } from '../recorded-request.js';
import type { SharedState } from '../state.js';
import type { PageList } from './page-request.js';
import { PAGE_LIMIT, toPageList, toPageRequest } from './view.js';

/** Milliseconds over which changes are gathered: many requests become one event. */
const GATHER = 100;
/** Milliseconds between signs of life. */
const HEARTBEAT = 15_000;

function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') timer.unref();
}

/** A request that was under way at a reset is told no more. */
function changesOf(changed: ReadonlySet<OpenRecord>, state: SharedState): PageList {
  const { requests, timed } = state;
  // those before the first have been forgotten; numbers have no gaps
  const first = requests[0]?.number ?? 0;
  const known = [...changed].filter((record) => requests[record.number - first] === record);
  return { total: requests.length, timed, requests: known.map((record) => toPageRequest(record, state)) };
}

/**
 * The requests as server-sent events: one `snapshot`, then `changes`, each a `PageList`. Holds at most one event and the list of what
 * changed since, however slow the reader is; ends when any of the signals aborts or the reader leaves.
 */
export function pageEvents(state: SharedState, signals: readonly AbortSignal[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  /** What changed since the last event; `all`: too much to tell one by one. */
  let changed: Set<OpenRecord> | 'all' = 'all';
  let gathering: ReturnType<typeof setTimeout> | undefined;
  /** The reader had no room when there was something to tell. */
  let behind = false;
  let flush = (): void => {};
  let stop = (): void => {};

  return new ReadableStream<Uint8Array>({
    start(controller) {
      flush = () => {
        gathering = undefined;
        behind = (controller.desiredSize ?? 0) <= 0;
        if (behind) return;
        const event = changed === 'all' ? 'snapshot' : 'changes';
        const list = changed === 'all' ? toPageList(state) : changesOf(changed, state);
        changed = new Set();
        controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(list)}\n\n`));
      };
      const soon = (): void => {
        if (gathering !== undefined || behind) return;
        gathering = setTimeout(flush, GATHER);
        unref(gathering);
      };
      const unwatch = state.feed.watch({
        changed(record) {
          if (changed !== 'all' && changed.add(record).size > PAGE_LIMIT) changed = 'all';
          soon();
        },
        reset() {
          changed = 'all';
          soon();
        },
      });
      const heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': alive\n\n'));
      }, HEARTBEAT);
      unref(heartbeat);
      const end = (): void => {
        stop();
        controller.close();
      };
      stop = () => {
        unwatch();
        clearTimeout(gathering);
        clearInterval(heartbeat);
        for (const signal of signals) signal.removeEventListener('abort', end);
      };
      for (const signal of signals) signal.addEventListener('abort', end, { once: true });
      if (signals.some((signal) => signal.aborted)) return end();
      flush();
    },
    pull() {
      if (behind) flush();
    },
    cancel: () => stop(),
  });
}
