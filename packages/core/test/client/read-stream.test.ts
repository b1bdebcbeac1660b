import { describe, expect, it } from 'vitest';
import { readStream } from '../../src/index.js';

const response = (text: string, init?: ResponseInit): Response => new Response(text, { headers: { 'content-type': 'text/event-stream' }, ...init });

describe('readStream', () => {
  it('reads a response that is there already, and tells of its comments', async () => {
    const comments: string[] = [];
    const body = ': one\n\ndata: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n:two\n\ndata: [DONE]\n\n';
    const stream = await readStream(response(body), { onComment: (comment) => void comments.push(comment) });
    for (let chunks = await stream.read(); chunks; chunks = await stream.read());
    expect(stream.accumulator.response().choices[0]?.message.content).toBe('Hi');
    expect(comments).toEqual([' one', 'two']);
    expect(stream.comments()).toBe(2);
  });

  it('rejects as any request would', async () => {
    await expect(readStream(response('{"error":{"message":"slow down"}}', { status: 429 }))).rejects.toMatchObject({ name: 'APIError', reason: 'rate-limit' });
    await expect(readStream(response(''))).rejects.toMatchObject({ name: 'StreamError', reason: 'truncated' });
    await expect(readStream(response(''), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
