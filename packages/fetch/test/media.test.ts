import type { FetchFunction } from '@waypost/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { APIError, createOpenRouter, InvalidOptionsError, type OpenRouter, type OpenRouterOptions } from '../src/index.js';
import { images, type ImagesInput, rerank, type RerankInput, speak, transcribe, type VideoResult, videos } from '../src/media/index.js';
import { fake, json, KEY, openBody, rejection } from './kit.js';

const IMAGE = { model: 'a/b', prompt: 'A harbour' };
const BASE = 'https://openrouter.ai/api/v1';

const completed = (...links: unknown[]): VideoResult => ({
  id: 'job-1', usage: undefined, receipt: undefined, warnings: [],
  // what a server says may be anything
  response: { id: 'job-1', status: 'completed', unsigned_urls: links as string[] },
});

interface Asked {
  url: string;
  headers: Record<string, string>;
}

/** A client whose server gives films, with what it was asked for. */
function films(reply: () => Response, options: OpenRouterOptions = {}): { openrouter: OpenRouter; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: FetchFunction = async (url, { headers }) => {
    asked.push({ url, headers: headers as Record<string, string> });
    return reply();
  };
  return { openrouter: createOpenRouter({ apiKey: KEY, fetch, retry: false, ...options, effects: { sleep: async () => {}, ...options.effects } }), asked };
}

const film = (): Response => new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': 'video/webm; codecs=vp9', 'content-length': '3' } });

describe('the key', () => {
  const foreign = 'https://cdn.example/film.mp4?sig=abc';
  const secrets = { headers: { 'x-secret': 'hush' }, appTitle: 'App', region: 'eu' } as const;

  it('goes with a film at OpenRouter, to the client\'s own base URL', async () => {
    for (const link of [`${BASE}/videos/job-1/content?index=0`, 'https://eu.openrouter.ai/api/v1/videos/job-1/content?index=0', '/api/v1/videos/job-1/content?index=0']) {
      const { openrouter, asked } = films(film, { baseURL: 'https://gateway.example/api/v1' });
      expect(await videos.download(openrouter, completed(link))).toEqual({ bytes: new Uint8Array([1, 2, 3]), mediaType: 'video/webm' });
      expect(asked).toMatchObject([{ url: 'https://gateway.example/api/v1/videos/job-1/content?index=0', headers: { authorization: `Bearer ${KEY}` } }]);
    }
  });

  it.each([
    [foreign],
    ['https://openrouter.ai.example/api/v1/videos/job-1/content'],
    ['https://openrouter.ai@evil.example/api/v1/videos/job-1/content'],
    [`${BASE}/videos/job-2/content`],
    [`${BASE}/models`],
  ])('does not go with a film at %s, nor does any header of the client or the call', async (link) => {
    const { openrouter, asked } = films(film, secrets);
    const options = { headers: { authorization: `Bearer ${KEY}`, 'x-mine': 'hush' } };
    expect((await videos.download(openrouter, completed(link), options)).bytes).toHaveLength(3);
    await (await videos.stream(openrouter, completed(link), options)).stream.cancel();
    const { origin, pathname, search } = new URL(link);
    expect(asked).toEqual([{ url: origin + pathname + search, headers: {} }, { url: origin + pathname + search, headers: {} }]);
  });

  it.each(['data:video/mp4;base64,AAAA', 'file:///etc/passwd', 'javascript:alert(1)', 'https://'])('and nothing else goes to %s', async (link) => {
    const { openrouter, asked } = films(film);
    expect(await rejection(videos.download(openrouter, completed(link)))).toBeInstanceOf(InvalidOptionsError);
    expect(asked).toEqual([]);
  });

  it('of links that are none, the rest counts', async () => {
    const { openrouter, asked } = films(film);
    await videos.download(openrouter, completed(5, null, foreign));
    expect(asked[0]?.url).toBe(foreign);
  });
});

describe('a film as a stream', () => {
  const LINK = `${BASE}/videos/job-1/content?index=0`;

  it('comes as it is read, and says its size', async () => {
    const { openrouter } = films(film);
    const { stream, mediaType, size } = await videos.stream(openrouter, completed(LINK));
    expect([mediaType, size]).toEqual(['video/webm', 3]);
    expect([...new Uint8Array(await new Response(stream).arrayBuffer())]).toEqual([1, 2, 3]);
  });

  it('closes the connection when it is left', async () => {
    const body = openBody('video/mp4');
    const { openrouter } = films(() => body.response);
    const { stream } = await videos.stream(openrouter, completed(LINK));
    body.raw('abc');
    const reader = stream.getReader();
    expect((await reader.read()).value).toHaveLength(3);
    await reader.cancel();
    expect(body.cancelled()).toBe(true);
  });

  it('rejects its reader when it is aborted, breaks, or is silent for too long', async () => {
    const controller = new AbortController();
    const aborted = openBody('video/mp4');
    const one = await videos.stream(films(() => aborted.response).openrouter, completed(LINK), { signal: controller.signal });
    const read = one.stream.getReader().read();
    controller.abort(new Error('enough'));
    expect(await rejection(read)).toMatchObject({ message: 'enough' });
    expect(aborted.cancelled()).toBe(true);

    const broken = openBody('video/mp4');
    const two = await videos.stream(films(() => broken.response).openrouter, completed(LINK));
    broken.fail(new TypeError('terminated'));
    expect(await rejection(two.stream.getReader().read())).toMatchObject({ name: 'NetworkError' });

    const silent = openBody('video/mp4');
    const timer = (_: number, callback: () => void): (() => void) => {
      queueMicrotask(callback);
      return () => {};
    };
    let time = 0;
    const three = await videos.stream(films(() => silent.response, { idleTimeout: 50, effects: { timer, now: () => (time += 10) } }).openrouter, completed(LINK));
    expect(await rejection(three.stream.getReader().read())).toMatchObject({ name: 'TimeoutError', kind: 'idle', limitMs: 50 });
    expect(silent.cancelled()).toBe(true);
  });

  it('is no film where the answer is JSON or a page', async () => {
    for (const reply of [json({ error: { code: 404, message: 'gone' } }), json({ ok: true }), new Response('<html>', { headers: { 'content-type': 'text/html' } })]) {
      expect(await rejection(videos.stream(films(() => reply.clone()).openrouter, completed(LINK)))).toBeInstanceOf(APIError);
    }
  });
});

describe('odd answers', () => {
  it.each([{ data: [] }, { data: [{ url: 'https://example.com' }] }, { data: [{ b64_json: '?' }] }, { data: [{ b64_json: '' }] }, {}])('%j is an error that has the receipt and is not worth another try', async (answer) => {
    const error = await rejection(images(fake([json(answer)]).openrouter, IMAGE));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 200, isRetryable: false, receipt: { requested: ['a/b'] } });
  });

  it('pictures say what they are where the server does', async () => {
    const { openrouter } = fake([json({ data: [{ b64_json: 'AQI=', media_type: 'image/webp', revised_prompt: 'x' }, { b64_json: 'Aw==' }] })]);
    expect((await images(openrouter, IMAGE)).images).toEqual([
      { bytes: new Uint8Array([1, 2]), mediaType: 'image/webp', revisedPrompt: 'x' },
      { bytes: new Uint8Array([3]), mediaType: undefined, revisedPrompt: undefined },
    ]);
  });

  it.each([[2, 0], [0, 0], [-1, 0], [0.5, 0]])('a ranking of %j is none', async (...places) => {
    const results = places.map((index) => ({ index, relevance_score: 1 }));
    expect(await rejection(rerank(fake([json({ results })]).openrouter, { model: 'a/b', query: 'q', documents: ['x', 'y'] }))).toBeInstanceOf(APIError);
  });
});

describe('what plain JavaScript may give', () => {
  it('never makes a stream of pictures, which would be paid for and could not be read', async () => {
    const { openrouter, requests } = fake([json({ data: [{ b64_json: 'AQI=' }] })]);
    await images(openrouter, { ...IMAGE, stream: true } as never);
    expect(requests[0]?.body).toEqual(IMAGE);
  });

  it('is refused before anything is sent', async () => {
    const { openrouter, requests } = fake([json({})]);
    const wrong: unknown[] = [undefined, null, 'x', 5];
    for (const request of wrong) {
      for (const call of [images, rerank, speak, transcribe, videos.create]) expect(await rejection(call(openrouter, request as never))).toBeInstanceOf(InvalidOptionsError);
    }
    for (const data of [undefined, null, 5, {}, []]) {
      expect(await rejection(transcribe(openrouter, { model: 'a/b', input_audio: { data: data as never, format: 'wav' } }))).toMatchObject({ message: expect.stringContaining('input_audio.data') });
    }
    for (const data of ['', new Uint8Array(), new ArrayBuffer(0), new Blob([])]) {
      expect(await rejection(transcribe(openrouter, { model: 'a/b', input_audio: { data, format: 'wav' } }))).toMatchObject({ message: expect.stringContaining('input_audio.data: is empty') });
    }
    for (const id of ['', '.', '..']) expect(await rejection(videos.wait(openrouter, id))).toMatchObject({ issues: [{ path: 'video' }] });
    expect(await rejection(speak(openrouter, { model: 'a/b', input: 'x' }, { timeout: -1 }))).toBeInstanceOf(InvalidOptionsError);
    expect(await rejection(images({} as never, IMAGE))).toMatchObject({ message: expect.stringContaining('client') });
    expect(requests).toHaveLength(0);
  });
});

it('types are those of the wire, and open', () => {
  expectTypeOf<RerankInput['documents']>().toExtend<readonly unknown[]>();
  expectTypeOf<{ model: 'a/b'; query: 'q'; documents: ['x']; tomorrow: 1 }>().toExtend<RerankInput>();
  // @ts-expect-error the route does not honour it
  const unkept: ImagesInput = { ...IMAGE, provider: { zdr: true } };
  // @ts-expect-error pictures come whole
  const streamed: ImagesInput = { ...IMAGE, stream: true };
  expectTypeOf([unkept, streamed]).toEqualTypeOf<ImagesInput[]>();
});
