import { APICallError } from '@ai-sdk/provider';
import { createOpenRouter, type OpenRouterProvider, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import { createGateway, disconnect, fail, faults, type Gateway, type GatewayOptions, ok, reply } from '@waypost/testing';
import { experimental_generateVideo as generateVideo, generateImage } from 'ai';
import { describe, expect, it } from 'vitest';

const KEY = 'sk-or-v1-media';

/** A provider of a gateway; waits take no time. */
function open(options: GatewayOptions = {}, settings: OpenRouterProviderSettings = {}): { gateway: Gateway; openrouter: OpenRouterProvider } {
  const gateway = createGateway({ apiKeys: [KEY], ...options });
  let now = 1_790_000_000_000;
  const sleep = async (ms: number): Promise<void> => {
    now += ms;
  };
  return { gateway, openrouter: createOpenRouter({ apiKey: KEY, baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, effects: { now: () => now, sleep }, ...settings }) };
}

const rejection = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => expect.unreachable(), (error: unknown) => error);
const posts = ({ requests }: Gateway): number => requests.filter(({ method }) => method === 'POST').length;

describe('pictures', () => {
  it('are made where the policy allows, and say what they cost', async () => {
    const { gateway, openrouter } = open({}, { provider: { only: ['google-vertex'] } });
    const { images, calls, usage, providerMetadata } = await generateImage({
      model: openrouter.imageModel('cinder/kiln'), prompt: 'A lighthouse', n: 2, providerOptions: { openrouter: { quality: 'high' } },
    });
    const [request] = gateway.requests;
    expect(request?.served?.tag).toBe('google-vertex');
    expect(request?.body).toEqual({ model: 'cinder/kiln', prompt: 'A lighthouse', n: 2, quality: 'high', provider: { only: ['google-vertex'] } });
    expect(images.map(({ mediaType }) => mediaType)).toEqual(['image/png', 'image/png']);
    const cost = Number(request?.cost);
    expect(cost).toBeCloseTo(0.06, 4);
    expect(usage.outputTokens).toBe(2240);
    expect(calls[0]?.providerMetadata?.['openrouter']).toMatchObject({
      generationId: request?.served?.generationId, usage: { cost },
      receipt: { id: request?.served?.generationId, served: { providerSlug: 'google-vertex' }, cost: { total: cost, partial: false }, verdict: { overall: 'kept' } },
    });
    expect(providerMetadata['openrouter']?.images).toMatchObject([{ mediaType: 'image/png', cost: cost / 2 }, { cost: cost / 2 }]);
  });

  it('are made elsewhere when an endpoint fails, which the receipt tells', async () => {
    const { openrouter } = open({ scenario: { endpoints: { 'google-ai-studio': fail(503) } } });
    const { image } = await generateImage({ model: openrouter.imageModel('cinder/kiln'), prompt: 'A lighthouse' });
    expect(image.providerMetadata).toMatchObject({ openrouter: { provider: 'Google' } });
  });

  it('are asked for again only where none was made', async () => {
    const limited = open({ scenario: { gateway: [faults.inFlight(0.001), ok()] } });
    await generateImage({ model: limited.openrouter.imageModel('cinder/kiln'), prompt: 'A lighthouse' });
    expect(posts(limited.gateway)).toBe(2);
    for (const scenario of [{ gateway: faults.internal() }, { gateway: faults.htmlTimeout() }, { gateway: disconnect() }, { models: { 'cinder/kiln': fail(502) } }, { models: { 'cinder/kiln': fail(503) } }, { models: { 'cinder/kiln': ok(undefined, { error: {} }) } }]) {
      const { gateway, openrouter } = open({ scenario });
      const error = await rejection(generateImage({ model: openrouter.imageModel('cinder/kiln'), prompt: 'A lighthouse' }));
      expect(error).toBeInstanceOf(APICallError);
      expect(error).toMatchObject({ isRetryable: false });
      expect(posts(gateway)).toBe(1);
    }
  });

  it('are not asked for with a guardrail that the route would drop in silence', async () => {
    const { gateway, openrouter } = open({}, { provider: { zdr: true } });
    expect(await rejection(generateImage({ model: openrouter.imageModel('cinder/kiln'), prompt: 'A lighthouse' }))).toMatchObject({ name: 'PolicyConflictError' });
    expect(gateway.requests).toEqual([]);
  });
});

describe('films', () => {
  it('are made, waited for and downloaded, and say what they cost', async () => {
    const { gateway, openrouter } = open({ videoPendingReads: 2 });
    const { video, providerMetadata } = await generateVideo({ model: openrouter.videoModel('cinder/reel'), prompt: 'A wave', duration: 2, aspectRatio: '16:9' });
    expect(gateway.requests.map(({ method, status }) => `${method} ${status}`)).toEqual(['POST 202', 'GET 200', 'GET 200', 'GET 200', 'GET 200']);
    const [request] = gateway.requests;
    expect(request?.body).toEqual({ model: 'cinder/reel', prompt: 'A wave', duration: 2, aspect_ratio: '16:9' });
    expect(video.mediaType).toBe('video/mp4');
    expect(new TextDecoder().decode(video.uint8Array.slice(4, 8))).toBe('ftyp');
    const cost = Number(request?.cost);
    const id = request?.served?.generationId;
    expect(cost).toBeGreaterThan(0);
    expect(providerMetadata['openrouter']).toMatchObject({ generationId: id, cost, receipt: { id, requested: ['cinder/reel'], cost: { total: cost, partial: false } } });
  });

  it('are the same where the AI SDK polls', async () => {
    const { gateway, openrouter } = open();
    const { video, providerMetadata } = await generateVideo({
      model: openrouter.videoModel('cinder/reel'), prompt: 'A wave', duration: 2, poll: { intervalMs: 1, delay: () => Promise.resolve() },
    });
    expect(video.uint8Array.length).toBeGreaterThan(0);
    expect(posts(gateway)).toBe(1);
    const cost = Number(gateway.requests[0]?.cost);
    expect(cost).toBeGreaterThan(0);
    expect(providerMetadata['openrouter']).toMatchObject({ cost, receipt: { cost: { total: cost, partial: false } } });
  });

  it('survive looks and downloads that fail, and are paid for once', async () => {
    const { gateway, openrouter } = open({
      scenario: { models: { 'cinder/reel': ok(reply.video({ reads: [fail(502), disconnect(), ok(undefined, { whitespace: '\n   \n' })], downloads: [disconnect(), fail(503)] })) } },
    });
    const { video } = await generateVideo({ model: openrouter.videoModel('cinder/reel'), prompt: 'A wave' });
    expect(video.uint8Array.length).toBeGreaterThan(0);
    expect(posts(gateway)).toBe(1);
  });

  it.each([
    ['failed', reply.video({ error: 'The prompt was refused.' }), 500, 'The prompt was refused.'],
    ['expired', reply.video({ status: 'expired' }), 500, 'expired'],
    ['never ready', reply.video({ pendingReads: 1000 }), 408, 'not ready within 60000 ms'],
  ])('that are %s are an error, and nobody asks for them again', async (_, script, statusCode, message) => {
    const { gateway, openrouter } = open({ scenario: { models: { 'cinder/reel': ok(script) } } });
    const error = await rejection(generateVideo({ model: openrouter.videoModel('cinder/reel', { maxPollTimeMs: 60_000 }), prompt: 'A wave' }));
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ statusCode, isRetryable: false, message: expect.stringContaining(message) });
    expect(posts(gateway)).toBe(1);
  });

  it('are not asked for with a guardrail that the route would drop in silence', async () => {
    const { gateway, openrouter } = open({}, { provider: { only: ['google-vertex'] } });
    expect(await rejection(generateVideo({ model: openrouter.videoModel('cinder/reel'), prompt: 'A wave' }))).toMatchObject({ name: 'PolicyConflictError' });
    expect(gateway.requests).toEqual([]);
  });
});
