import { createSseDecoder, type SseDecoderOptions } from './decode-sse.js';

async function* packets(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  // Not every runtime can iterate a ReadableStream, but each has readers.
  const reader = stream.getReader();
  let open = true;
  try {
    for (;;) {
      open = false; // a read that rejects leaves nothing to cancel
      const { done, value } = await reader.read();
      if (done) return;
      open = true;
      yield value;
    }
  } finally {
    if (open) await reader.cancel();
    reader.releaseLock();
  }
}

/**
 * Decodes the body of an event stream into the `data` of its events. Leaving the loop cancels the body. Throws
 * `EventTooLargeError` for an event larger than `maxEventSize`, after all events before it.
 *
 * @example
 * const response = await fetch(url, init);
 * for await (const data of decodeSse(response.body)) if (data !== '[DONE]') console.log(JSON.parse(data));
 */
export async function* decodeSse(
  body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  options?: SseDecoderOptions,
): AsyncGenerator<string, void, undefined> {
  let events: string[] = [];
  const decoder = createSseDecoder((data) => events.push(data), options);
  const source = 'getReader' in body ? packets(body) : body;
  for await (const bytes of source) {
    let failure: { error: unknown } | undefined;
    try {
      decoder.push(bytes);
    } catch (error) {
      failure = { error };
    }
    const complete = events;
    events = [];
    yield* complete;
    if (failure) throw failure.error;
  }
  decoder.end();
  yield* events;
}
