import type { ChatResponse } from '../wire/chat.js';
import type { ResponsesOutputItem } from '../wire/responses-items.js';
import { identify, isMarked, OpenRouterError } from './openrouter-error.js';

/**
 * How it broke: the connection ended early; something that is not JSON; an error that the provider reported; nothing new for
 * too long; more than the size limit; the deadline of the whole call.
 */
export type StreamErrorReason = 'truncated' | 'malformed' | 'provider' | 'idle' | 'too-large' | 'deadline';

/**
 * What had arrived of an answer that broke, in the shape of a chat response. Of `/responses` it also has the items as they came, in
 * `output`.
 */
export interface PartialResponse extends ChatResponse {
  output?: ResponsesOutputItem[];
}

/** What a {@link StreamError} is made of; see its fields. */
export interface StreamErrorOptions {
  reason: StreamErrorReason;
  message: string;
  partial?: PartialResponse | undefined;
  generationId?: string;
  /** Default `false`. */
  isRetryable?: boolean;
  cause?: unknown;
}

/**
 * A response that broke while it arrived. What had arrived is in `partial`, and is not complete: a tool call in it may lack half
 * of its arguments. It does not cover an abort by the caller, nor an error before any content (`APIError`, `TimeoutError`).
 *
 * @example
 * if (StreamError.isInstance(error)) save(error.partial?.choices[0]?.message.content);
 */
export class StreamError extends OpenRouterError {
  declare readonly reason: StreamErrorReason;
  declare readonly generationId: string | undefined;
  /** `true` only while nothing has been handed out. */
  declare readonly isRetryable: boolean;
  /** What had arrived; `undefined` where nothing had. Not enumerable, so that no log prints it by itself. */
  declare readonly partial: PartialResponse | undefined;

  constructor(options: StreamErrorOptions) {
    super('stream_error', options.message, options);
    const { reason, partial, generationId = partial?.id, isRetryable = false } = options;
    identify(this, 'StreamError', { reason, generationId, isRetryable }, { partial });
  }

  static override isInstance(value: unknown): value is StreamError {
    return isMarked(value, 'StreamError');
  }
}
