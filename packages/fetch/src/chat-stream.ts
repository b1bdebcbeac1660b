import type { ChatChunk, ChatResponse, ChatStreamCall } from '@waypost/core';
import { type ChatResult, convertResponse } from './convert-response.js';
import { createStream, type OpenResultStream, type StreamKind } from './result-stream.js';
import { textsOf } from './texts-of.js';

/** A chat stream: see {@link OpenResultStream}. */
export interface OpenChatStream extends OpenResultStream<ChatChunk, ChatResult> {}

/**
 * A stream that the first read starts. Awaiting it starts it too, and gives the same stream once its first content has
 * arrived, or throws what kept it from coming.
 *
 * @example
 * for await (const text of openrouter.stream(request).textStream) process.stdout.write(text);
 * @example
 * const stream = await openrouter.stream(request); // throws here if no provider could serve
 * return stream.toResponse();
 */
export interface ChatStream extends OpenChatStream, PromiseLike<OpenChatStream> {}

const CHAT: StreamKind<ChatChunk, ChatResponse, ChatResult> = {
  textsOf: () => textsOf,
  toResult: (call) => convertResponse(call.accumulator.response(), call.receipt(), call.warnings),
  errorEvent: (error) => ({ choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }], error }),
};

/** Makes a stream out of what opens it. */
export function createChatStream(start: (signal: AbortSignal) => Promise<ChatStreamCall>, signal: AbortSignal | undefined): ChatStream {
  return createStream(start, signal, CHAT);
}
