import { APICallError } from '@ai-sdk/provider';
import { InvalidOptionsError } from '@waypost/core';
import { experimental_generateVideo as generateVideo, experimental_getVideoStatus as getVideoStatus, experimental_startVideo as startVideo } from 'ai';
import { describe, expect, it } from 'vitest';
import { json, type Reply } from './support/fake-server.js';
import { all, BASE, call, CONTENT, done, film, ID, JOB, modelOf, pending, rejection, serveVideos } from './support/video-server.js';

describe('a film in one call', () => {
  it('is asked for, waited for at our own base URL, and downloaded with the key', async () => {
    const server = serveVideos(all);
    const result = await modelOf(server).doGenerate(call());
    expect(server.seen.map(({ method, url, at }) => [method, url, at])).toEqual([
      ['POST', `${BASE}/videos`, 0], ['GET', JOB, 2000], ['GET', JOB, 4000], ['GET', CONTENT, 4000],
    ]);
    expect(result.videos).toEqual([{ type: 'binary', data: new Uint8Array([1, 2, 3]), mediaType: 'video/webm' }]);
    expect(result.response).toEqual({ timestamp: new Date(server.now()), modelId: 'acme/reel', headers: expect.objectContaining({ 'x-request': 'created' }) });
  });

  it('has one receipt, with the final cost', async () => {
    const receipts: unknown[] = [];
    const server = serveVideos(all, { hooks: { onReceipt: (receipt) => void receipts.push(receipt) } });
    const { providerMetadata } = await modelOf(server).doGenerate(call());
    const metadata = providerMetadata?.['openrouter'];
    expect(metadata).toMatchObject({
      generationId: 'gen-vid-1', cost: 0.05, usage: { cost: 0.05 },
      receipt: { id: 'gen-vid-1', requested: ['acme/reel'], cost: { total: 0.05, isByok: false, partial: false }, timing: { totalMs: 4000 }, attempts: [{ outcome: 'ok', durationMs: 4000 }] },
    });
    expect(receipts).toEqual([metadata?.['receipt']]);
  });

  it('says null where the server does not tell generation or cost', async () => {
    const { providerMetadata } = await modelOf(serveVideos({ ...all, looks: [json({ id: ID, status: 'completed', unsigned_urls: [] })] })).doGenerate(call());
    expect(providerMetadata?.['openrouter']).toMatchObject({ generationId: null, cost: null, receipt: { cost: { partial: true } } });
  });

  it('goes on waiting while the status is one that this version does not know', async () => {
    const queued = json({ id: ID, status: 'queued_upstream' });
    expect((await modelOf(serveVideos({ ...all, looks: [queued, done()] })).doGenerate(call())).videos).toHaveLength(1);
  });

  it('never sends the key to another host', async () => {
    const links = ['https://cdn.example/a.mp4', `https://evil.example/api/v1/videos/job%2F1/content?index=0`, `https://openrouter.ai.evil.example/api/v1/videos/job%2F1/content`, `${BASE}/key`, 'nonsense://x'];
    const server = serveVideos({ ...all, looks: [done({ unsigned_urls: links })] });
    const { videos } = await modelOf(server).doGenerate(call());
    expect(videos).toEqual(links.map((url) => ({ type: 'url', url, mediaType: 'video/mp4' })));
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it.each([null, 'https://cdn.example/a.mp4', [null, 7]])('is none where the server names it as %j', async (links) => {
    const { videos } = await modelOf(serveVideos({ ...all, looks: [done({ unsigned_urls: links, generation_id: null })] })).doGenerate(call());
    expect(videos).toEqual([]);
  });

  it('downloads from its own base URL what OpenRouter names by another', async () => {
    const server = serveVideos(all, { baseURL: 'https://proxy.example/or' });
    await modelOf(server).doGenerate(call());
    expect(server.seen.map(({ url }) => url)).toEqual(['', '/job%2F1', '/job%2F1', '/job%2F1/content?index=0'].map((path) => `https://proxy.example/or/videos${path}`));
  });

  it('stays in its region all the way', async () => {
    const server = serveVideos(all);
    await modelOf(server).doGenerate(call({ providerOptions: { openrouter: { region: 'eu' } } }));
    expect(new Set(server.seen.map(({ url }) => new URL(url).host))).toEqual(new Set(['eu.openrouter.ai']));
  });

  it('keeps looking when a look fails in passing, and waits as long as the server asks', async () => {
    const busy = json({ error: { code: 429, message: 'Slow down' } }, 429, { 'retry-after': '30' });
    const broken: Reply = () => Promise.reject(new TypeError('fetch failed'));
    const server = serveVideos({ ...all, looks: [json({ error: { code: 502, message: 'x' } }, 502), busy, broken, () => new Response('<html>Sign in</html>'), done()] });
    expect((await modelOf(server).doGenerate(call())).videos).toHaveLength(1);
    expect(server.seen.map(({ at }) => at)).toEqual([0, 2000, 4000, 34_000, 36_000, 38_000, 38_000]);
  });

  it('repeats a download that fails in passing', async () => {
    const server = serveVideos({ ...all, content: [json({ error: { code: 503, message: 'x' } }, 503), film] });
    expect((await modelOf(server).doGenerate(call())).videos).toHaveLength(1);
  });
});

describe('a film begun and asked for', () => {
  it('is an operation in JSON that any model can ask for', async () => {
    const server = serveVideos(all);
    const started = await modelOf(server).doStart(call({ fps: 24, providerOptions: { openrouter: { region: 'eu' } } }));
    expect(started.warnings).toMatchObject([{ feature: 'fps' }]);
    expect(started.providerMetadata?.['openrouter']).toMatchObject({ generationId: null, cost: null, receipt: { cost: { partial: true } } });
    const operation = JSON.parse(JSON.stringify(started.operation));
    expect(JSON.stringify(operation)).not.toMatch(/A wave|sk-or/);
    const other = modelOf(server);
    const first = await other.doStatus({ operation });
    expect(first).toEqual({ status: 'pending', response: expect.objectContaining({ modelId: 'acme/reel' }) });
    const second = await other.doStatus({ operation, headers: { 'x-own': 'yes' } });
    expect(second).toMatchObject({
      status: 'completed', warnings: [], videos: [{ type: 'binary', mediaType: 'video/webm' }],
      providerMetadata: { openrouter: { generationId: 'gen-vid-1', cost: 0.05, receipt: { id: 'gen-vid-1', requested: ['acme/reel'], cost: { total: 0.05, partial: false }, rawUsage: { cost: 0.05 } } } },
    });
    expect(server.seen.map(({ url }) => url.replace('https://eu.openrouter.ai/api/v1', ''))).toEqual(['/videos', '/videos/job%2F1', '/videos/job%2F1', '/videos/job%2F1/content?index=0']);
    expect(server.seen.at(-1)?.headers.get('x-own')).toBe('yes');
  });

  it('takes the bare id of a job, and nothing that is none', async () => {
    const server = serveVideos({ ...all, looks: [done()] });
    expect(await modelOf(server).doStatus({ operation: ID })).toMatchObject({ status: 'completed', providerMetadata: { openrouter: { cost: 0.05 } } });
    for (const operation of [null, 7, '', {}, { id: 3 }, []]) expect(await rejection(modelOf(server).doStatus({ operation }))).toBeInstanceOf(InvalidOptionsError);
  });

  it('tells a failed job as such, and a failed look as an error that may be repeated', async () => {
    const server = serveVideos({ ...all, looks: [json({ id: ID, status: 'failed', error: 'No' }), json({ error: { code: 503, message: 'x' } }, 503)] });
    expect(await modelOf(server).doStatus({ operation: ID })).toMatchObject({ status: 'error', error: 'No' });
    expect(await rejection(modelOf(server).doStatus({ operation: ID }))).toMatchObject({ statusCode: 503, isRetryable: true, url: JOB });
  });
});

describe('the AI SDK', () => {
  it('makes a film in one call', async () => {
    const server = serveVideos(all);
    const { video, providerMetadata, responses } = await generateVideo({ model: server.openrouter.videoModel('acme/reel'), prompt: { image: new Uint8Array([1, 2, 3]), text: 'A wave' }, duration: 4 });
    expect(server.seen[0]?.body).toEqual({ model: 'acme/reel', prompt: 'A wave', duration: 4, frame_images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' }, frame_type: 'first_frame' }] });
    expect([...video.uint8Array]).toEqual([1, 2, 3]);
    expect(video.mediaType).toBe('video/webm');
    expect(providerMetadata['openrouter']).toMatchObject({ cost: 0.05, receipt: { cost: { total: 0.05 } } });
    expect(responses).toHaveLength(1);
  });

  it('makes one call for each film', async () => {
    const server = serveVideos({ ...all, looks: [done()] });
    const { videos } = await generateVideo({ model: server.openrouter.videoModel('acme/reel'), prompt: 'A wave', n: 2 });
    expect(videos).toHaveLength(2);
  });

  it('never repeats what may have made a job', async () => {
    const server = serveVideos({ ...all, create: json({ error: { code: 502, message: 'x', metadata: { retry_after_seconds: 0.001 } } }, 502) });
    expect(await rejection(generateVideo({ model: server.openrouter.videoModel('acme/reel'), prompt: 'A wave' }))).toBeInstanceOf(APICallError);
    expect(server.seen).toHaveLength(1);
    const slow = serveVideos({ ...all, looks: [pending] });
    await rejection(generateVideo({ model: slow.openrouter.videoModel('acme/reel'), prompt: 'A wave' }));
    expect(slow.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('polls by itself where it is asked to', async () => {
    const server = serveVideos(all);
    const { video, providerMetadata } = await generateVideo({ model: server.openrouter.videoModel('acme/reel'), prompt: 'A wave', poll: { intervalMs: 1, delay: () => Promise.resolve() } });
    expect([...video.uint8Array]).toEqual([1, 2, 3]);
    expect(providerMetadata['openrouter']).toMatchObject({ generationId: 'gen-vid-1', cost: 0.05, receipt: { cost: { total: 0.05, partial: false } } });
    expect(server.seen[0]?.headers.get('idempotency-key')).toMatch(/^aisdk_vid_/);
  });

  it('starts now and asks later', async () => {
    const server = serveVideos(all);
    const model = server.openrouter.videoModel('acme/reel');
    const { operation } = await startVideo({ model, prompt: 'A wave' });
    expect(await getVideoStatus(model, { operation })).toMatchObject({ status: 'pending' });
    expect(await getVideoStatus(model, { operation })).toMatchObject({ status: 'completed', videos: [{ type: 'binary' }] });
  });
});
