import { APICallError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { json } from './support/fake-server.js';
import { all, call, done, ID, JOB, modelOf, pending, rejection, type Replies, serveVideos } from './support/video-server.js';

describe('a film that does not come', () => {
  it.each([
    [{ status: 'failed', error: 'The prompt was refused' }, 'The prompt was refused'],
    [{ status: 'failed', error: { message: 'Out of capacity', code: 1 } }, 'Out of capacity'],
    [{ status: 'cancelled' }, 'The video job ended as cancelled'],
    [{ status: 'expired' }, 'The video job ended as expired'],
  ])('is an error with the words of the server: %j', async (state, message) => {
    const server = serveVideos({ ...all, looks: [json({ id: ID, generation_id: 'gen-vid-1', ...state })] });
    const error = await rejection(modelOf(server).doGenerate(call()));
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({
      message, statusCode: 500, isRetryable: false, data: { id: ID },
      cause: { name: 'APIError', generationId: 'gen-vid-1', receipt: { cost: { partial: true }, attempts: [{ outcome: 'error' }] } },
    });
  });

  it('in time is a timeout that names the job, and is not retryable', async () => {
    const server = serveVideos({ ...all, looks: [pending] });
    const error = await rejection(modelOf(server, { pollIntervalMs: 4000, maxPollTimeMs: 10_000 }).doGenerate(call()));
    expect(server.seen.map(({ at }) => at)).toEqual([0, 4000, 8000, 10_000]);
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({
      message: 'Video job/1 was not ready within 10000 ms', statusCode: 408, isRetryable: false,
      cause: { name: 'VideoTimeoutError', jobId: ID, receipt: { requested: ['acme/reel'] } },
    });
  });

  it('before the deadline of the call is one too', async () => {
    const server = serveVideos({ ...all, looks: [pending] });
    expect(await rejection(modelOf(server, { deadline: 3000 }).doGenerate(call()))).toMatchObject({ statusCode: 408, isRetryable: false, message: expect.stringContaining('3000 ms') });
    expect(server.now()).toBe(1_790_000_003_000);
  });

  it('at once when the caller aborts, with the reason of the signal', async () => {
    const controller = new AbortController();
    const server = serveVideos(all, { effects: { sleep: (_ms, signal) => new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      controller.abort(new Error('enough'));
    }) } });
    expect(await rejection(modelOf(server).doGenerate(call({ abortSignal: controller.signal })))).toMatchObject({ message: 'enough' });
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, Partial<Replies>, object]>([
    ['the job is gone', { looks: [json({ error: { code: 404, message: 'No such video' } }, 404)] }, { statusCode: 404 }],
    ['the download fails for good', { looks: [done()], content: [json({ error: { code: 404, message: 'No such video' } }, 404)] }, { statusCode: 404 }],
    ['the download fails again and again', { looks: [done()], content: [json({ error: { code: 429, message: 'x' } }, 429)] }, { statusCode: 429 }],
    ['the answer names no job', { create: json({ status: 'pending' }) }, {}],
    ['the answer is an error', { create: json({ error: { code: 502, message: 'x' } }) }, { statusCode: 502 }],
    ['the server breaks', { create: json({ error: { code: 500, message: 'x' } }, 500) }, { statusCode: 500 }],
  ])('is not retryable when %s', async (_, replies, expected) => {
    const server = serveVideos({ ...all, ...replies });
    const error = await rejection(modelOf(server).doGenerate(call()));
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ ...expected, isRetryable: false, cause: { isRetryable: false, receipt: { requested: ['acme/reel'] } } });
    expect(JSON.stringify(error)).not.toContain('A wave');
  });

  it('says what the film cost when only its download failed', async () => {
    const server = serveVideos({ ...all, content: [json({ error: { code: 404, message: 'No such video' } }, 404)] });
    expect(await rejection(modelOf(server).doGenerate(call()))).toMatchObject({ url: `${JOB}/content`, cause: { receipt: { id: 'gen-vid-1', cost: { total: 0.05 } } } });
  });

  it('is retryable only where no job was made', async () => {
    const server = serveVideos({ ...all, create: json({ error: { code: 429, message: 'x' } }, 429) });
    expect(await rejection(modelOf(server).doGenerate(call()))).toMatchObject({ statusCode: 429, isRetryable: true });
    expect(await rejection(modelOf(server).doStart(call()))).toMatchObject({ statusCode: 429, isRetryable: true });
    const broken = serveVideos({ ...all, create: () => Promise.reject(new TypeError('fetch failed')) });
    expect(await rejection(modelOf(broken).doStart(call()))).toMatchObject({ name: 'AI_APICallError', isRetryable: false });
  });
});
