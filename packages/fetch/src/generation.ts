import { APIError, type ClientConfig, type Generation, InvalidOptionsError } from '@waypost/core';
import { dataOf } from './data-of.js';
import type { RouteOptions } from './options.js';

export interface GenerationOptions extends RouteOptions {
  /** Milliseconds to go on asking while the record is not there yet; 0 asks once. Default 30,000. It may take minutes. */
  waitMs?: number | undefined;
}

const DEFAULT_WAIT = 30_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/** Whether the server may have it later: not so where the route itself is missing, or something else than the API answers. */
const isComing = (error: unknown): boolean => APIError.isInstance(error) && error.status === 404 && typeof error.responseBody === 'object' && error.message !== 'Not Found';

/** The settled record of a generation. Asked again, at growing intervals, for `waitMs` while the server does not have it yet. */
export async function fetchGeneration(config: ClientConfig, id: string, given?: GenerationOptions): Promise<Generation['data']> {
  const { waitMs = DEFAULT_WAIT, deadline = config.limits.deadline ?? Infinity, signal } = given ?? {};
  if (typeof id !== 'string' || id === '') throw new InvalidOptionsError([{ path: 'id', message: 'is not the id of a generation', suggestion: 'result.response.id, or receipt.id' }]);
  if (!(waitMs >= 0)) throw new InvalidOptionsError([{ path: 'waitMs', message: 'expected milliseconds, 0 or more' }]);
  const { now, sleep } = config.effects;
  const begunAt = now();
  let options: RouteOptions | undefined = given;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await dataOf<Generation['data']>(config, { path: '/generation', query: { id }, options });
    } catch (error) {
      const gone = now() - begunAt;
      const rest = waitMs - gone;
      const wait = Math.min(pause, rest);
      // no use waiting for what there would be no time to ask for
      if (!isComing(error) || rest <= 0 || gone + wait >= deadline) throw error;
      await sleep(wait, signal);
      signal?.throwIfAborted();
      const left = deadline - (now() - begunAt);
      // a timer may be late
      if (left <= 0) throw error;
      options = deadline < Infinity ? { ...given, deadline: left } : given;
    }
  }
}
