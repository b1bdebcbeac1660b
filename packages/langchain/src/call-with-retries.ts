import type { AsyncCaller } from '@langchain/core/utils/async_caller';
import { InvalidOptionsError, PolicyConflictError } from '@waypost/core';
import { convertError } from './convert-error.js';

/** What LangChain's caller heeds of a call's options. */
export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  readonly maxRetries?: number | undefined;
}

/**
 * Runs a request under LangChain's retries. What was refused before anything was sent leaves the retries by the front door, so that
 * not even an `onFailedAttempt` of the user's own repeats it.
 */
export async function callWithRetries<Result>(caller: AsyncCaller, options: RetryOptions, request: () => Promise<Result>): Promise<Result> {
  const { signal, maxRetries } = options;
  const outcome = await caller.callWithOptions({ ...(signal && { signal }), ...(maxRetries !== undefined && { maxRetries }) }, async () => {
    try {
      return { result: await request() };
    } catch (error) {
      if (InvalidOptionsError.isInstance(error) || PolicyConflictError.isInstance(error)) return { refused: error };
      throw convertError(error);
    }
  });
  if ('refused' in outcome) throw convertError(outcome.refused);
  return outcome.result;
}
