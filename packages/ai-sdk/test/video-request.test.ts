import { type Experimental_VideoModelV4CallOptions as VideoModelV4CallOptions, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { InvalidOptionsError, PolicyConflictError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import type { OpenRouterProviderSettings, OpenRouterVideoSettings } from '../src/index.js';
import { all, BASE, call, modelOf, rejection, serveVideos } from './support/video-server.js';

describe('the request of a video model', () => {
  it('has what was asked, and nothing else', async () => {
    const server = serveVideos(all, { reasoning: { effort: 'low' } });
    await modelOf(server).doGenerate(call());
    await modelOf(server, { user: 'u-1', generateAudio: true }).doGenerate(call({ prompt: undefined, aspectRatio: '16:9', resolution: '1280x720', duration: 4, seed: 7 }));
    const posts = server.seen.filter(({ method }) => method === 'POST');
    expect(posts.map(({ url }) => url)).toEqual([`${BASE}/videos`, `${BASE}/videos`]);
    expect(posts[0]?.body).toEqual({ model: 'acme/reel', prompt: 'A wave' });
    expect(posts[1]?.body).toEqual({ model: 'acme/reel', prompt: '', aspect_ratio: '16:9', size: '1280x720', duration: 4, seed: 7, generate_audio: true, user: 'u-1' });
  });

  it('lets a call say whether there is sound', async () => {
    const server = serveVideos(all);
    await modelOf(server, { generateAudio: true }).doGenerate(call({ generateAudio: false }));
    expect(server.seen[0]?.body?.['generate_audio']).toBe(false);
  });

  it('has frames and references; the first frame once', async () => {
    const first = { type: 'file' as const, mediaType: 'image/png', data: new Uint8Array([1, 2, 3]) };
    const last = { type: 'url' as const, url: 'https://example.com/last.png' };
    const part = (url: string, frame: string): object => ({ type: 'image_url', image_url: { url }, frame_type: frame });
    const data = 'data:image/png;base64,AQID';
    const sent = async (options: Partial<VideoModelV4CallOptions>): Promise<unknown> => {
      const server = serveVideos(all);
      await modelOf(server).doGenerate(call(options));
      return server.seen[0]?.body;
    };
    expect(await sent({ image: first })).toMatchObject({ frame_images: [part(data, 'first_frame')] });
    const last2 = { image: last, frameType: 'last_frame' as const };
    expect(await sent({ image: first, frameImages: [last2] })).toMatchObject({ frame_images: [part(data, 'first_frame'), part(last.url, 'last_frame')] });
    expect(await sent({ image: first, frameImages: [{ image: first, frameType: 'first_frame' }, last2] })).toEqual({
      model: 'acme/reel', prompt: 'A wave', frame_images: [part(data, 'first_frame'), part(last.url, 'last_frame')],
    });
    expect(await sent({ inputReferences: [last, { type: 'url', url: 'https://example.com/a.mp4', mediaType: 'video/mp4' }, { type: 'file', mediaType: 'audio/mpeg', data: 'AAAA' }] })).toEqual({
      model: 'acme/reel', prompt: 'A wave',
      input_references: [
        { type: 'image_url', image_url: { url: last.url } },
        { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } },
        { type: 'audio_url', audio_url: { url: 'data:audio/mpeg;base64,AAAA' } },
      ],
    });
    expect(await rejection(modelOf(serveVideos(all)).doGenerate(call({ image: { type: 'url', url: 'gs://a/b' } })))).toBeInstanceOf(UnsupportedFunctionalityError);
  });

  it('warns of what the API has no word for', async () => {
    const { warnings } = await modelOf(serveVideos(all)).doGenerate(call({ n: 2, fps: 24 }));
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'n' }, { type: 'unsupported', feature: 'fps' }]);
  });

  it('takes raw fields and the one preference that the route honours, from all layers', async () => {
    const server = serveVideos(all, { extraBody: { resolution: '480p', trace: 'outer' } });
    await modelOf(server, { extraBody: { provider: { options: { google: { a: 1 } } } } }).doGenerate(call({ headers: { 'x-own': 'yes' }, providerOptions: { openrouter: { resolution: '720p' } } }));
    expect(server.seen[0]?.body).toEqual({ model: 'acme/reel', prompt: 'A wave', resolution: '720p', trace: 'outer', provider: { options: { google: { a: 1 } } } });
    for (const { headers } of server.seen) {
      expect(headers.get('x-own')).toBe('yes');
      expect(headers.get('authorization')).toBe('Bearer sk-or-v1-test-secret');
    }
  });

  it('is never sent with a guardrail that the route does not honour, in whatever layer it is', async () => {
    const only = { provider: { only: ['google-vertex'] } };
    const places: readonly [OpenRouterProviderSettings, OpenRouterVideoSettings, Partial<VideoModelV4CallOptions>][] = [
      [only, {}, {}],
      [{ extraBody: only }, {}, {}],
      [{}, only, {}],
      [{}, { extraBody: only }, {}],
      [{}, {}, { providerOptions: { openrouter: only } }],
      [{}, { provider: { zdr: true } }, {}],
      [{}, { provider: { ignore: ['openai'] } }, {}],
      [{}, { provider: { data_collection: 'deny' } }, {}],
      [{}, { provider: { allow_fallbacks: false } }, {}],
    ];
    for (const [client, settings, options] of places) {
      for (const method of ['doGenerate', 'doStart'] as const) {
        const server = serveVideos(all, client);
        const error = await rejection(modelOf(server, settings)[method](call(options)));
        expect(error).toBeInstanceOf(PolicyConflictError);
        expect(error).toHaveProperty('message', expect.stringContaining('videos route does not honour it'));
        expect(server.seen).toEqual([]);
      }
    }
  });

  it('warns of a preference that the route does not honour', async () => {
    const server = serveVideos(all);
    const { warnings } = await modelOf(server, { provider: { sort: 'price' } }).doGenerate(call());
    expect(warnings).toEqual([{ type: 'other', message: expect.stringContaining('provider.sort') }]);
    expect(server.seen[0]?.body).toEqual({ model: 'acme/reel', prompt: 'A wave' });
  });

  it('is refused with times that are none', async () => {
    for (const settings of [{ pollIntervalMs: 0 }, { maxPollTimeMs: Number.NaN }]) {
      const server = serveVideos(all);
      expect(await rejection(modelOf(server, settings).doGenerate(call()))).toBeInstanceOf(InvalidOptionsError);
      expect(server.seen).toEqual([]);
    }
  });
});
