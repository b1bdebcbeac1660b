import { OpenRouterError } from '@waypost/core';
import { receiptComment } from './receipt-comment.js';
import type { StreamSource } from './stream-source.js';
import { type ToldError, toldError } from './told-error.js';

/** How the chunks of a route are passed on. */
export interface Encoding<Chunk> {
  /** The event that tells of a break, in the shape of OpenRouter's own. */
  readonly errorEvent: (error: ToldError) => Chunk;
  /** A chunk without what is for the server's side alone: the router's account of the request, and echoes of it. */
  readonly passedOn: (chunk: Chunk) => Chunk;
}

const DONE = 'data: [DONE]\n\n';
const event = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`;

/**
 * The chunks as an event stream, encoded anew, and the receipt as a comment before its end. A break is told by a last event, as
 * OpenRouter does; an abort by the caller, and what was refused before sending, break the stream itself.
 */
export function encodeStream<Chunk extends object>(source: Pick<StreamSource<Chunk, unknown>, 'take' | 'cancel' | 'receipt'>, { errorEvent, passedOn }: Encoding<Chunk>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let broken = '';
        try {
          const packet = await source.take();
          if (packet !== undefined) return controller.enqueue(encoder.encode(packet.map((chunk) => event(passedOn(chunk))).join('')));
        } catch (error) {
          const sent = OpenRouterError.isInstance(error) && error.code !== 'invalid_options' && error.code !== 'policy_conflict';
          if (!sent) throw error;
          broken = event(errorEvent(toldError(error)));
        }
        const receipt = source.receipt();
        // the receipt comes first: readers stop at an error
        controller.enqueue(encoder.encode((receipt ? receiptComment(receipt) : '') + broken + DONE));
        controller.close();
      },
      cancel: (reason) => source.cancel(reason),
    },
    // nothing is asked for before the first read
    { highWaterMark: 0 },
  );
}

/** The same as a response for a browser. */
export function streamResponse(body: ReadableStream<Uint8Array>, init?: ResponseInit | null): Response {
  const headers = new Headers(init?.headers);
  const defaults = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  return new Response(body, { ...init, headers });
}
