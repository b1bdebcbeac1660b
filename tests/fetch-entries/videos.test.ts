import { APIError, InvalidOptionsError } from '@waypost/fetch';
import { videos, VideoTimeoutError } from '@waypost/fetch/media';
import { fail, hang, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { rejection, served } from './kit.js';

const VIDEO = { model: 'cinder/reel', prompt: 'A calm wave', duration: 2 };
const FILM = new Uint8Array([1, 2, 3, 4, 5]);

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<number[]> {
  return [...new Uint8Array(await new Response(stream).arrayBuffer())];
}

describe('videos', () => {
  it('are asked for, waited for and fetched', async () => {
    const { openrouter, waits, paths } = served({ scenario: { reply: reply.video({ pendingReads: 2, bytes: FILM, count: 2 }) } });
    const started = await videos.create(openrouter, VIDEO);
    expect(started).toMatchObject({ id: expect.any(String), response: { status: 'pending' }, receipt: { cost: { partial: true } } });
    const film = await videos.wait(openrouter, started, { pollIntervalMs: 500 });
    expect(film).toMatchObject({ id: started.id, response: { status: 'completed' }, receipt: { requested: ['cinder/reel'], cost: { total: 0.16, partial: false } } });
    expect(waits).toEqual([500, 500, 500]);
    expect(await videos.download(openrouter, film, { index: 1 })).toEqual({ bytes: FILM, mediaType: 'video/mp4' });
    const { stream, mediaType } = await videos.stream(openrouter, film);
    expect([await bytesOf(stream), mediaType]).toEqual([[...FILM], 'video/mp4']);
    const job = `/videos/${started.id}`;
    expect(paths()).toEqual(['/videos', job, job, job, `${job}/content`, `${job}/content`]);
  });

  it('are known by their id, to another process', async () => {
    const { openrouter } = served({ videoPendingReads: 0, scenario: { reply: reply.video({ bytes: FILM }) } });
    const { id } = await videos.create(openrouter, VIDEO);
    expect(await videos.wait(openrouter, id)).toMatchObject({ id, response: { status: 'completed' }, receipt: undefined });
    expect((await videos.download(openrouter, id)).bytes).toEqual(FILM);
  });

  it('that fail say why', async () => {
    const { openrouter } = served({ scenario: { reply: reply.video({ error: 'The model saw a whale.' }) } });
    const started = await videos.create(openrouter, VIDEO);
    const error = await rejection(videos.wait(openrouter, started));
    expect(error).toBeInstanceOf(APIError);
    expect(await rejection(videos.download(openrouter, started.id))).toMatchObject({ message: expect.stringContaining('is failed (The model saw a whale.)') });
    expect(error).toMatchObject({ status: 500, message: 'The model saw a whale.', isRetryable: false, receipt: { requested: ['cinder/reel'] } });
  });

  it('that take too long name their job', async () => {
    const { openrouter, waits } = served({ scenario: { reply: reply.video({ pendingReads: 1000 }) } });
    const started = await videos.create(openrouter, VIDEO);
    const error = await rejection(videos.wait(openrouter, started, { maxPollTimeMs: 5000 }));
    expect(error).toBeInstanceOf(VideoTimeoutError);
    expect(error).toMatchObject({ jobId: started.id, limitMs: 5000, receipt: { requested: ['cinder/reel'] } });
    expect(waits).toEqual([2000, 2000, 1000]);
    expect(await rejection(videos.wait(openrouter, started, { deadline: 3000 }))).toMatchObject({ name: 'VideoTimeoutError', limitMs: 3000 });
  });

  it('are waited for though looks fail in passing', async () => {
    const { openrouter, gateway } = served({ scenario: { reply: reply.video({ pendingReads: 0, reads: [fail(503), fail(429), ok()] }) } }, { retry: false });
    expect((await videos.wait(openrouter, await videos.create(openrouter, VIDEO))).response.status).toBe('completed');
    expect(gateway.requests).toHaveLength(4);
  });

  it('stop being waited for when aborted', async () => {
    const { openrouter, gateway } = served({ scenario: { reply: reply.video({ reads: [hang()] }) } });
    const started = await videos.create(openrouter, VIDEO);
    const controller = new AbortController();
    const error = rejection(videos.wait(openrouter, started, { signal: controller.signal }));
    while (gateway.requests.length < 2) await new Promise((resolve) => setTimeout(resolve));
    controller.abort(new Error('enough'));
    expect(await error).toMatchObject({ message: 'enough' });
  });

  it('download again where the first time breaks', async () => {
    const { openrouter, gateway } = served({ videoPendingReads: 0, scenario: { reply: reply.video({ bytes: FILM, downloads: [fail(503), ok()] }) } });
    const { id } = await videos.create(openrouter, VIDEO);
    expect((await videos.download(openrouter, await videos.wait(openrouter, id))).bytes).toEqual(FILM);
    expect(gateway.requests.map(({ status }) => status)).toEqual([202, 200, 503, 200]);
  });

  it('are asked for again as the call says', async () => {
    const { openrouter, gateway } = served({ videoPendingReads: 0, scenario: { reply: reply.video({ bytes: FILM, reads: [fail(503), ok(), ok()], downloads: [fail(503), fail(503), ok()] }) } });
    const { id } = await videos.create(openrouter, VIDEO);
    expect(await rejection(videos.download(openrouter, id, { retry: false }))).toMatchObject({ status: 503 });
    expect(await rejection(videos.download(openrouter, id, { retry: false }))).toMatchObject({ status: 503 });
    expect((await videos.download(openrouter, id, { retry: { maxRetries: 1 } })).bytes).toEqual(FILM);
    expect(gateway.requests.map(({ status }) => status)).toEqual([202, 503, 200, 503, 200, 503, 200]);
  });

  it('that are not there, or not yet, are refused', async () => {
    const { openrouter, gateway } = served();
    const started = await videos.create(openrouter, VIDEO);
    expect(await rejection(videos.download(openrouter, started))).toMatchObject({ code: 'invalid_options', message: expect.stringContaining(`${started.id} is pending (wait`) });
    const film = await videos.wait(openrouter, started);
    expect(await rejection(videos.stream(openrouter, film, { index: 1 }))).toMatchObject({ code: 'invalid_options', message: expect.stringContaining('has 1 film, and none at 1') });
    expect(await rejection(videos.wait(openrouter, 'no-such-job'))).toMatchObject({ name: 'APIError', status: 404 });
    const requests = gateway.requests.length;
    // What plain JavaScript may give.
    for (const wrong of [undefined, '', {}, { response: 5 }, 5]) expect(await rejection(videos.wait(openrouter, wrong as never))).toBeInstanceOf(InvalidOptionsError);
    for (const wrong of [{ pollIntervalMs: 0 }, { maxPollTimeMs: -1 }, { deadline: -1 }, { headers: { 'x-a': 'b\nc: d' } }]) expect(await rejection(videos.wait(openrouter, film, wrong))).toBeInstanceOf(InvalidOptionsError);
    expect(gateway.requests).toHaveLength(requests);
  });
});
