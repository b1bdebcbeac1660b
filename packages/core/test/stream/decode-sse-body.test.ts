import { describe, expect, it } from 'vitest';
import { decodeSse } from '../../src/stream/decode-sse-body.js';
import { EventTooLargeError } from '../../src/stream/event-too-large-error.js';
import { bytesOf } from './sse-helpers.js';

interface Probe {
  stream: ReadableStream<Uint8Array>;
  cancelled: () => boolean;
}

function streamOf(packets: readonly string[], failure?: Error): Probe {
  let cancelled = false;
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const packet = packets[next++];
      if (packet !== undefined) controller.enqueue(bytesOf(packet));
      else if (failure) controller.error(failure);
      else controller.close();
    },
    cancel() {
      cancelled = true;
    },
  });
  return { stream, cancelled: () => cancelled };
}

async function collect(events: AsyncIterable<string>): Promise<{ seen: string[]; error?: unknown }> {
  const seen: string[] = [];
  try {
    for await (const event of events) seen.push(event);
  } catch (error) {
    return { seen, error };
  }
  return { seen };
}

describe('decodeSse', () => {
  it('decodes a ReadableStream and leaves it unlocked', async () => {
    const { stream, cancelled } = streamOf(['data: a\n\nda', 'ta: b\n\n', ': ping\n\n', 'data: c']);
    expect(await collect(decodeSse(stream))).toEqual({ seen: ['a', 'b', 'c'] });
    expect(stream.locked).toBe(false);
    expect(cancelled()).toBe(false);
  });

  it('decodes any async iterable of bytes, and ends it when the consumer leaves', async () => {
    let ended = false;
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (let i = 0; ; i++) yield bytesOf(`data: ${i}\n\n`);
      } finally {
        ended = true;
      }
    }
    const seen: string[] = [];
    for await (const event of decodeSse(body())) {
      seen.push(event);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(['0', '1', '2']);
    expect(ended).toBe(true);
  });

  it('cancels the stream when the consumer leaves, in the middle of a packet too', async () => {
    const { stream, cancelled } = streamOf(['data: a\n\ndata: b\n\n', 'data: c\n\n']);
    for await (const event of decodeSse(stream)) {
      expect(event).toBe('a');
      break;
    }
    expect(cancelled()).toBe(true);
    expect(stream.locked).toBe(false);
  });

  it('passes a failure of the stream on, after the events before it', async () => {
    const failure = new Error('connection reset');
    const { stream } = streamOf(['data: a\n\ndata: b'], failure);
    expect(await collect(decodeSse(stream))).toEqual({ seen: ['a'], error: failure });
    expect(stream.locked).toBe(false);
  });

  it('throws for a huge event after the events before it, and cancels the stream', async () => {
    const { stream, cancelled } = streamOf(['data: a\n\ndata: 1234567890\n\n', 'data: c\n\n']);
    expect(await collect(decodeSse(stream, { maxEventSize: 10 }))).toEqual({ seen: ['a'], error: new EventTooLargeError(10) });
    expect(cancelled()).toBe(true);
  });
});
