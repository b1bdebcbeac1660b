import { APIError, OpenRouterError, StreamError } from '@waypost/core';
import type { StreamSource } from './stream-source.js';

const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;

/** What is passed on of an error. */
// an alias, which may stand where the wire's types are open for unknown fields
export type ToldError = { code: number; message: string };

/** Only what the server said is passed on: other messages may name hosts of the network that this runs in. */
function toldOf(error: OpenRouterError): ToldError {
  const told = StreamError.isInstance(error) ? error.cause : error;
  return APIError.isInstance(told) ? { code: told.status, message: told.message } : { code: 502, message: `The stream broke (${error.code})` };
}

/**
 * The chunks as an event stream, encoded anew. A break is told by a last event, as OpenRouter does; an abort by the caller, and
 * what was refused before sending, break the stream itself. `errorEvent` makes the event that tells of a break, in the shape of
 * OpenRouter's own.
 */
export function encodeStream(source: Pick<StreamSource<object, unknown>, 'take' | 'cancel'>, errorEvent: (error: ToldError) => object): ReadableStream<Uint8Array> {
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
          controller.enqueue(encoder.encode(event(errorEvent(toldOf(error)))));
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
