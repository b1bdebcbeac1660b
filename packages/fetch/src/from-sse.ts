import {
  APIError, type ChatChunk, type ChatResponse, type Effects, InvalidOptionsError, NetworkError, OpenRouterError, readStream, type Receipt, type SizeLimits, StreamError, type TimeLimits, TimeoutError,
} from '@waypost/core';
import { CHAT, type ChatStream } from './chat-stream.js';
import { receiptIn } from './receipt-comment.js';
import { createStream } from './result-stream.js';
import type { ReadCall } from './stream-source.js';
import type { BreakMark } from './told-error.js';

/** How a stream is read; times in milliseconds, none by default. */
export interface FromSSEOptions extends Pick<TimeLimits, 'firstTokenTimeout' | 'idleTimeout' | 'deadline'> {
  signal?: AbortSignal | undefined;
  /** Bounds on what a server may send. */
  sizes?: Partial<SizeLimits> | undefined;
  /** Clock and timers; for tests. */
  effects?: Partial<Effects> | undefined;
}

const isMark = (value: unknown): value is BreakMark => typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';

/** The error that broke the stream on the other side, as far as it is told. */
function asThrown(error: unknown): unknown {
  const told = StreamError.isInstance(error) ? error.cause : error;
  if (!APIError.isInstance(told)) return error;
  const mark: unknown = told.metadata?.['waypost'];
  if (!isMark(mark)) return error;
  const { message } = told;
  const partial: ChatResponse | undefined = StreamError.isInstance(error) ? error.partial : undefined;
  const { code, reason, kind, limitMs } = mark;
  if (code === 'stream_error' && typeof reason === 'string') return new StreamError({ reason, message, isRetryable: !partial, cause: told, ...(partial && { partial }) });
  if (code === 'timeout' && typeof kind === 'string' && typeof limitMs === 'number') return new TimeoutError(kind, limitMs, { cause: told });
  return code === 'network_error' ? new NetworkError(message, { cause: told }) : new OpenRouterError(code, message, { cause: told });
}

/** @throws {APIError} for a good answer that is neither an event stream nor what `readStream` takes or refuses by itself. */
function checkType({ ok, status, headers }: Response): void {
  const type = headers.get('content-type') ?? 'no content type';
  if (!ok || /\b(event-stream|json|html)\b/i.test(type)) return;
  throw new APIError({ message: `The server answered with ${type} instead of an event stream`, status, reason: 'unknown', isRetryable: false });
}

/** Reads `response`; `leave` closes it where nobody does. */
async function open(response: Response, { firstTokenTimeout, idleTimeout, deadline, sizes, effects }: FromSSEOptions, signal: AbortSignal): Promise<ReadCall<ChatChunk, ChatResponse>> {
  checkType(response);
  let receipt: Receipt | undefined;
  const broke = (given: unknown): unknown => {
    const error = asThrown(given);
    if (receipt && OpenRouterError.isInstance(error)) error.receipt ??= receipt;
    return error;
  };
  try {
    const stream = await readStream(response, {
      signal, limits: { firstTokenTimeout, idleTimeout, deadline }, sizes: sizes ?? {}, effects,
      ending: () => ({ done() {}, broke, closed() {} }),
      onComment(comment) {
        receipt = receiptIn(comment) ?? receipt;
      },
    });
    return { ...stream, warnings: [], receipt: () => receipt };
  } catch (error) {
    throw broke(error);
  }
}

/**
 * Reads, in a browser or anywhere, what `stream.toResponse()` sent at the other end: the same stream, with the same errors and the
 * receipt. Any other event stream of chat completions will do too; it has no receipt then.
 *
 * Nothing is read before the first read or `await`. What is no such stream rejects it: an `APIError` with the status of an answer that is not
 * 200, or for one that is no event stream; a `StreamError` with `partial` for one that breaks.
 *
 * @throws {InvalidOptionsError} at once, for what is no response, or one that is being read already.
 * @example
 * import { fromSSE } from '@waypost/fetch/from-sse';
 *
 * const stream = fromSSE(await fetch('/chat', { method: 'POST', body: question }));
 * for await (const text of stream.textStream) page.append(text);
 * console.log(stream.receipt?.cost.total);
 */
export function fromSSE(response: Response, given?: FromSSEOptions): ChatStream {
  const options = given ?? {};
  const fail = (path: string, message: string, suggestion: string): never => {
    throw new InvalidOptionsError([{ path, message, suggestion }]);
  };
  if (typeof response?.headers?.get !== 'function') fail('response', 'is not a Response', 'await fetch(…)');
  if (response.bodyUsed || response.body?.locked) fail('response', 'is being read already', 'give a clone() to one of the readers');
  for (const name of ['firstTokenTimeout', 'idleTimeout', 'deadline'] as const) {
    if (options[name] !== undefined && !(options[name] > 0)) fail(name, 'expected milliseconds, more than 0', 'leave it out for no limit');
  }
  const leave = (reason: unknown): void => {
    // a body that somebody reads is theirs to close
    if (!response.body?.locked) response.body?.cancel(reason).catch(() => {});
  };
  return createStream(
    {
      async open(signal) {
        try {
          return await open(response, options, signal);
        } catch (error) {
          leave(error);
          throw error;
        }
      },
      leave,
    },
    options.signal,
    CHAT,
  );
}

export type { ChatStream, OpenChatStream } from './chat-stream.js';
export type { ChatResult, ChatToolCall } from './convert-response.js';
