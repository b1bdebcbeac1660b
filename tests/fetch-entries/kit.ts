import { createOpenRouter, type OpenRouter, type OpenRouterOptions } from '@waypost/fetch';
import { createGateway, type Gateway, type GatewayOptions } from '@waypost/testing';

export const KEY = 'sk-or-v1-0123456789abcdef';
const BASE = 'http://gateway.local/api/v1';

export interface Served {
  readonly openrouter: OpenRouter;
  readonly gateway: Gateway;
  /** Milliseconds of each wait. Time passes only there. */
  readonly waits: number[];
  /** Paths that were asked for, in order. */
  readonly paths: () => string[];
}

/** A client in front of a gateway of its own. */
export function served(gatewayOptions: GatewayOptions = {}, options: OpenRouterOptions = {}): Served {
  const gateway = createGateway(gatewayOptions);
  const waits: number[] = [];
  let time = 1_790_000_000_000;
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    time += ms;
    return Promise.resolve();
  };
  const openrouter = createOpenRouter({ apiKey: KEY, baseURL: BASE, fetch: gateway.fetch, effects: { now: () => time, sleep, random: () => 0.5 }, ...options });
  return { openrouter, gateway, waits, paths: () => gateway.requests.map(({ path }) => path.replace('/api/v1', '')) };
}

/** The error that a promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
