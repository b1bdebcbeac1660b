import { APIError, type ChatChunk, OpenRouterError, StreamError } from '@waypost/core';
import type { ChatSource } from './chat-source.js';

const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;

/**
 * The chunk that tells of a break, in the shape of OpenRouter's own. Only what the server said is passed on: other messages
 * may name hosts of the network that this runs in.
 */
function errorChunk(error: OpenRouterError): ChatChunk {
  const told = StreamError.isInstance(error) ? error.cause : error;
  const detail = APIError.isInstance(told) ? { code: told.status, message: told.message } : { code: 502, message: `The stream broke (${error.code})` };
  return { choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }], error: detail };
}

/**
 * The chunks as an event stream, encoded anew. A break is told by a last event, as OpenRouter does; an abort by the caller, and
 * what was refused before sending, break the stream itself.
 */
export function encodeStream(source: ChatSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const packet = await source.take();
          if (packet !== undefined) return controller.enqueue(encoder.encode(packet.map(event).join('')));
        } catch (error) {
          const sent = OpenRouterError.isInstance(error) && error.code !== 'invalid_options' && error.code !== 'policy_conflict';
          if (!sent) throw error;
          controller.enqueue(encoder.encode(event(errorChunk(error))));
        }
        controller.enqueue(encoder.encode('data: [DONE]\n\n'));
        controller.close();
      },
      cancel: (reason) => source.cancel(reason),
    },
    // nothing is asked for before the first read
    { highWaterMark: 0 },
  );
}

/** The same as a response for a browser. */
export function streamResponse(body: ReadableStream<Uint8Array>, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  const defaults = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  return new Response(body, { ...init, headers });
}
