import type { PageList, PageRequest } from '../src/page/page-request.js';

/** Requests that the page holds, as the server's list does. */
const LIMIT = 500;

/** What the page knows. */
export interface Store {
  total: number;
  timed: boolean;
  /** By number, rising. */
  requests: readonly PageRequest[];
}

export function createStore(): Store {
  return { total: 0, timed: false, requests: [] };
}

export function replaceAll(store: Store, { total, timed, requests }: PageList): void {
  Object.assign(store, { total, timed, requests });
}

/** Takes in what changed; the oldest requests make room. */
export function merge(store: Store, { total, timed, requests }: PageList): void {
  const all = new Map(store.requests.map((request) => [request.number, request]));
  for (const request of requests) all.set(request.number, request);
  const sorted = [...all.values()].sort((a, b) => a.number - b.number);
  Object.assign(store, { total, timed, requests: sorted.slice(-LIMIT) });
}
