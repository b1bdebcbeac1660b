import { identify, isMarked } from './openrouter-error.js';
import { TimeoutError } from './timeout-error.js';

/**
 * A film was not ready in time. Its job goes on at the server, and can be asked for by its id; making another one costs again, so
 * this is not retryable.
 */
export class VideoTimeoutError extends TimeoutError {
  declare readonly jobId: string;

  constructor(jobId: string, limitMs: number, options?: { cause?: unknown }) {
    super('deadline', limitMs, options);
    identify(this, 'VideoTimeoutError', { jobId, message: `Video ${jobId} was not ready within ${limitMs} ms` });
  }

  static override isInstance(value: unknown): value is VideoTimeoutError {
    return isMarked(value, 'VideoTimeoutError');
  }
}
