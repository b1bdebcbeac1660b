import type { ChatChunk, ChatResponse } from '@waypost/core';
import { type ChatResult, convertResponse } from './convert-response.js';
import type { OpenResultStream, StreamKind } from './result-stream.js';
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

/** What is special about the stream of a chat route. */
export const CHAT: StreamKind<ChatChunk, ChatResponse, ChatResult> = {
  textsOf: () => textsOf,
  toResult: (call) => convertResponse(call.accumulator.response(), call.receipt(), call.warnings),
  errorEvent: (error) => ({ choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }], error }),
  // hot: all but the last chunk have neither
  passedOn: (chunk) => (chunk.openrouter_metadata === undefined && chunk.debug === undefined ? chunk : { ...chunk, openrouter_metadata: undefined, debug: undefined }),
};
