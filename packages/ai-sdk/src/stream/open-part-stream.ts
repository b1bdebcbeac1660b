import type { LanguageModelV4StreamPart, SharedV4Warning } from '@ai-sdk/provider';
import { type ChatStreamCall, PolicyViolationError } from '@waypost/core';
import { convertError, type ErrorContext } from '../call/convert-error.js';
import { createStreamConverter, type StreamContext, type StreamConverter } from './convert-stream.js';

export interface PartStreamOptions extends Omit<StreamContext, 'accumulator' | 'receipt'> {
  readonly warnings: SharedV4Warning[];
  readonly errors: ErrorContext;
  readonly signal: AbortSignal | undefined;
}

/** One stream of parts: each pull reads one packet, converts its chunks and enqueues their parts. */
export function openPartStream(call: ChatStreamCall, options: PartStreamOptions): ReadableStream<LanguageModelV4StreamPart> {
  const { warnings, errors, signal, ...context } = options;
  let converter: StreamConverter | undefined;
  let cancelled = false;
  let comments = call.comments();
  return new ReadableStream<LanguageModelV4StreamPart>({
    start(controller) {
      controller.enqueue({ type: 'stream-start', warnings });
      converter = createStreamConverter((part) => controller.enqueue(part), {
        ...context,
        accumulator: call.accumulator,
        receipt: () => call.receipt(),
      });
    },
    async pull(controller) {
      try {
        // hot: once per packet. A pull that enqueues nothing is not called again, so it reads on.
        for (let emitted = 0; emitted === 0; ) {
          const chunks = await call.read();
          if (cancelled || !converter) return;
          if (chunks === undefined) {
            converter.end();
            controller.close();
            return;
          }
          if (chunks.length > 0) emitted = converter.packet(chunks);
          else if (call.comments() > comments) {
            comments = call.comments();
            emitted = converter.ping();
          }
        }
      } catch (error) {
        if (cancelled || !converter) return;
        // of no effect on a stream that broke by itself
        await call.cancel(error);
        // An abort is no failure of the stream, and a violated policy none that a retry may follow: the AI SDK retries `error` parts.
        if (signal?.aborted || PolicyViolationError.isInstance(error)) return controller.error(error);
        converter.fail(convertError(error, errors));
        controller.close();
      }
    },
    cancel(reason) {
      cancelled = true;
      return call.cancel(reason);
    },
  });
}
