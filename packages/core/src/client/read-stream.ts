import type { PartialResponse } from '../errors/stream-error.js';
import { createEffects } from '../transport/effects.js';
import { openStream, type OpenStreamOptions } from '../transport/open-stream.js';
import type { Effects, OpenStream } from '../transport/types.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';
import { CHAT_SHAPE } from './chat-shape.js';

/** How a response that is there already is read. */
export interface ReadStreamOptions extends Pick<OpenStreamOptions<ChatChunk, ChatResponse>, 'signal' | 'limits' | 'sizes' | 'onComment' | 'ending'> {
  readonly effects?: Partial<Effects> | undefined;
}

/** A chat stream of somebody else's request, its first content known to be good. */
export interface ReadStream extends OpenStream<ChatChunk, ChatResponse> {
  /** What has arrived so far, as an error carries it. */
  partial(): PartialResponse;
}

/**
 * Reads a response as a chat stream: that of somebody else's request, such as one to a server of one's own. Everything that goes for a
 * stream of OpenRouter goes for it. For adapters.
 *
 * @throws as `openStream`.
 * @example
 * const stream = await readStream(await fetch('/chat', init));
 */
export async function readStream(response: Response, { effects, ...options }: ReadStreamOptions = {}): Promise<ReadStream> {
  const stream = await openStream({
    ...options,
    effects: createEffects({ ...effects, fetch: () => Promise.resolve(response) }),
    url: response.url,
    headers: {},
    shape: CHAT_SHAPE,
  });
  return { ...stream, partial: () => CHAT_SHAPE.partialOf(stream.accumulator.response(), undefined) };
}
