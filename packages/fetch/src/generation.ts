import { APIError, type ClientConfig, type Generation, InvalidOptionsError } from '@waypost/core';
import { dataOf } from './data-of.js';
import type { RouteOptions } from './options.js';

export interface GenerationOptions extends RouteOptions {
  /** Milliseconds to go on asking while the record is not there yet. Default 0. It may take minutes. */
  waitMs?: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/** The settled record of a generation. Asked again, at growing intervals, for `waitMs` while the server does not have it yet. */
export async function fetchGeneration(config: ClientConfig, id: string, { waitMs = 0, ...options }: GenerationOptions = {}): Promise<Generation['data']> {
  if (typeof id !== 'string' || id === '') throw new InvalidOptionsError([{ path: 'id', message: 'is not the id of a generation', suggestion: 'result.response.id, or receipt.id' }]);
  if (!(waitMs >= 0)) throw new InvalidOptionsError([{ path: 'waitMs', message: 'expected milliseconds, 0 or more' }]);
  const { now, sleep } = config.effects;
  const until = now() + waitMs;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await dataOf<Generation['data']>(config, { path: '/generation', query: { id }, options });
    } catch (error) {
      const rest = until - now();
      if (!APIError.isInstance(error) || error.status !== 404 || rest <= 0) throw error;
      await sleep(Math.min(pause, rest), options.signal);
      options.signal?.throwIfAborted();
    }
  }
}
