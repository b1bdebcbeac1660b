import { APICallError, NoContentGeneratedError, UnsupportedFunctionalityError, type ImageModelV4CallOptions } from '@ai-sdk/provider';
import { InvalidOptionsError, PolicyConflictError, PolicyViolationError } from '@waypost/core';
import { generateImage } from 'ai';
import { describe, expect, it } from 'vitest';
import type { OpenRouterImageSettings, OpenRouterProviderSettings } from '../src/index.js';
import { json, serve, type Reply } from './support/fake-server.js';

const PNG = 'iVBORw0KGgo=';
const HEADERS = { 'x-generation-id': 'gen-img-1', 'x-provider-name': 'Google AI Studio' };
const USAGE = { prompt_tokens: 5, completion_tokens: 1120, total_tokens: 1125, cost: 0.04, is_byok: false };
const pictures = (data: readonly object[], more: object = { usage: USAGE }): Reply => json({ created: 0, data, ...more }, 200, HEADERS);
const ONE = pictures([{ b64_json: PNG, media_type: 'image/png' }]);

const call = (options: Partial<ImageModelV4CallOptions> = {}): ImageModelV4CallOptions => ({
  prompt: 'A cat', n: 1, size: undefined, aspectRatio: undefined, seed: undefined, files: undefined, mask: undefined, providerOptions: {}, ...options,
});

async function rejection(reply: Reply | readonly Reply[], options: Partial<ImageModelV4CallOptions> = {}, settings: OpenRouterProviderSettings = {}): Promise<unknown> {
  return serve(reply, settings).openrouter.imageModel('acme/brush').doGenerate(call(options)).then(() => expect.unreachable(), (error: unknown) => error);
}

describe('the request of an image model', () => {
  it('has what was asked, and nothing else', async () => {
    const { openrouter, sent } = serve(ONE, { reasoning: { effort: 'low' } });
    const model = openrouter.imageModel('acme/brush');
    await model.doGenerate(call());
    await model.doGenerate(call({ prompt: undefined, n: 2, size: '1024x768', aspectRatio: '4:3', seed: 7 }));
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/images');
    expect(sent[0]?.body).toEqual({ model: 'acme/brush', prompt: 'A cat', n: 1 });
    expect(sent[1]?.body).toEqual({ model: 'acme/brush', prompt: '', n: 2, size: '1024x768', aspect_ratio: '4:3', seed: 7 });
  });

  it('has pictures as URLs or data URLs', async () => {
    const { openrouter, sent } = serve(ONE);
    await openrouter.imageModel('acme/brush').doGenerate(call({
      files: [
        { type: 'url', url: 'https://example.com/a.png' },
        { type: 'file', mediaType: 'image/webp', data: new Uint8Array([1, 2, 3]) },
        { type: 'file', mediaType: 'image/*', data: PNG },
      ],
    }));
    expect(sent[0]?.body['input_references']).toEqual(
      ['https://example.com/a.png', 'data:image/webp;base64,AQID', `data:image/png;base64,${PNG}`].map((url) => ({ type: 'image_url', image_url: { url } })),
    );
  });

  it('folds fields and policy of all layers; inner fields stand, guardrails only tighten', async () => {
    const { openrouter, sent } = serve(ONE, { user: 'outer', provider: { ignore: ['openai'] }, extraBody: { quality: 'low', background: 'opaque' } });
    await openrouter.imageModel('acme/brush', { user: 'inner', sessionId: 's-1', provider: { sort: 'price' }, extraBody: { provider: { ignore: ['azure'] }, output_format: 'webp' } }).doGenerate(call({
      headers: { 'x-own': 'yes' },
      providerOptions: { openrouter: { quality: 'high', resolution: '2K', output_compression: 80, provider: { order: ['google-vertex'], ignore: ['together'] } } },
    }));
    expect(sent[0]?.body).toEqual({
      model: 'acme/brush', prompt: 'A cat', n: 1, user: 'inner', quality: 'high', background: 'opaque', output_format: 'webp', resolution: '2K', output_compression: 80,
      provider: { ignore: ['openai', 'azure', 'together'], sort: 'price', order: ['google-vertex'] },
    });
    expect(sent[0]?.headers.get('x-own')).toBe('yes');
    expect(sent[0]?.headers.get('x-session-id')).toBe('s-1');
  });

  it('is never sent with a guardrail that the route does not honour, in whatever layer it is', async () => {
    const zdr = { provider: { zdr: true } };
    const places: readonly [OpenRouterProviderSettings, OpenRouterImageSettings, Partial<ImageModelV4CallOptions>][] = [
      [zdr, {}, {}],
      [{ extraBody: zdr }, {}, {}],
      [{}, zdr, {}],
      [{}, { extraBody: zdr }, {}],
      [{}, {}, { providerOptions: { openrouter: zdr } }],
      [{}, { provider: { data_collection: 'deny' } }, {}],
      [{}, { provider: { max_price: { image: 1 } } }, {}],
      [{}, { provider: { quantizations: ['fp8'] } }, {}],
      [{}, { provider: { require_parameters: true } }, {}],
    ];
    for (const [client, model, options] of places) {
      const { openrouter, sent } = serve(ONE, client);
      const attempt = openrouter.imageModel('acme/brush', model).doGenerate(call(options));
      await expect(attempt).rejects.toBeInstanceOf(PolicyConflictError);
      await expect(attempt).rejects.toThrow('images route does not honour it');
      expect(sent).toEqual([]);
    }
  });

  it('cannot have its model, messages or stream replaced', async () => {
    for (const field of ['model', 'messages', 'stream']) {
      const { openrouter, sent } = serve(ONE);
      await expect(openrouter.imageModel('acme/brush').doGenerate(call({ providerOptions: { openrouter: { [field]: 'x' } } }))).rejects.toThrow(field);
      expect(sent).toEqual([]);
    }
  });

  it('is refused with a mask, too many pictures, or a URL that nobody can fetch', async () => {
    const file = { type: 'url' as const, url: 'https://example.com/a.png' };
    expect(await rejection(ONE, { mask: file })).toBeInstanceOf(UnsupportedFunctionalityError);
    const many = await rejection(ONE, { files: Array.from({ length: 17 }, () => file) });
    expect(many).toBeInstanceOf(InvalidOptionsError);
    expect(many).toHaveProperty('message', expect.stringMatching(/prompt\.images.*17.*at most 16/s));
    expect(await rejection(ONE, { files: [{ type: 'url', url: 'gs://bucket/a.png' }] })).toBeInstanceOf(UnsupportedFunctionalityError);
  });
});

describe('the answer of an image model', () => {
  it('has pictures, usage, who served and the cost', async () => {
    const { openrouter } = serve(pictures([{ b64_json: PNG, media_type: 'image/png' }, { b64_json: 'AAAA', revised_prompt: 'A grey cat' }]), {
      provider: { only: ['google-ai-studio'] }, effects: { now: () => 1_790_000_000_000 },
    });
    const result = await openrouter.imageModel('acme/brush').doGenerate(call({ n: 2 }));
    expect(result.images).toEqual([PNG, 'AAAA']);
    expect(result.warnings).toEqual([]);
    expect(result.usage).toEqual({ inputTokens: 5, outputTokens: 1120, totalTokens: 1125 });
    expect(result.response).toEqual({ timestamp: new Date(1_790_000_000_000), modelId: 'acme/brush', headers: expect.objectContaining(HEADERS) });
    const served = { provider: 'Google AI Studio', generationId: 'gen-img-1' };
    expect(result.providerMetadata?.['openrouter']).toMatchObject({
      ...served,
      images: [{ mediaType: 'image/png', ...served, cost: 0.02 }, { revisedPrompt: 'A grey cat', ...served, cost: 0.02 }],
      usage: { promptTokens: 5, completionTokens: 1120, totalTokens: 1125, cost: 0.04 },
      receipt: {
        id: 'gen-img-1', requested: ['acme/brush'], served: { provider: 'Google AI Studio', providerSlug: 'google-ai-studio' },
        cost: { total: 0.04, isByok: false, partial: false }, verdict: { overall: 'kept' },
      },
    });
  });

  it('does not make up what it does not say', async () => {
    const { openrouter } = serve(json({ data: [{ b64_json: PNG }] }));
    const result = await openrouter.imageModel('acme/brush').doGenerate(call());
    expect(result.usage).toBeUndefined();
    expect(result.providerMetadata).toEqual({ openrouter: { images: [{}], receipt: expect.objectContaining({ cost: { partial: true } }) } });
    const some = await serve(pictures([{ b64_json: PNG }], { usage: { cost: 0.01 } })).openrouter.imageModel('acme/brush').doGenerate(call());
    expect(some.usage).toEqual({ inputTokens: undefined, outputTokens: undefined, totalTokens: undefined });
  });

  it('keeps the pictures that are there', async () => {
    const { openrouter } = serve(pictures([{ url: 'https://example.com/x' }, { b64_json: PNG }]));
    expect((await openrouter.imageModel('acme/brush').doGenerate(call({ n: 2 }))).images).toEqual([PNG]);
  });

  it.each([['none at all', []], ['none as data', [{ url: 'https://example.com/x' }]]])('is an error with %s, its receipt on the cause', async (_, data) => {
    const error = await rejection(pictures(data));
    expect(error).toBeInstanceOf(NoContentGeneratedError);
    expect(error).toMatchObject({ cause: { receipt: { id: 'gen-img-1', cost: { total: 0.04 } } } });
  });

  it('tells as warnings what changes nothing', async () => {
    const { openrouter } = serve(ONE, { provider: { only: ['google-vertex'] } });
    const { warnings } = await openrouter.imageModel('acme/brush', { provider: { preferredMinThroughput: 10 } }).doGenerate(call());
    expect(warnings).toEqual([{ type: 'other', message: expect.stringContaining('preferred_min_throughput') }]);
  });
});

describe('an error of an image model', () => {
  const failed = (code: number, error: object = {}): Reply => json({ error: { code, message: 'It broke', ...error } }, code);
  const broken = (errno?: string): Reply => () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), errno && { code: errno }) }));

  it.each<[string, Reply, object]>([
    ['a rate limit', failed(429), { statusCode: 429, isRetryable: true }],
    ['credits in flight', failed(402, { metadata: { limit_source: 'openrouter_in_flight_budget' } }), { statusCode: 402, isRetryable: true }],
    ['no credits', failed(402), { statusCode: 402, isRetryable: false }],
    ['nobody to send it to', failed(503), { statusCode: 503, isRetryable: true }],
    ['no connection', broken('ECONNREFUSED'), { isRetryable: true }],
    ['a wrong request', failed(400), { statusCode: 400, isRetryable: false }],
    ['a rate limit after another provider gave up half way', failed(429, { metadata: { previous_errors: [{ code: 502 }] } }), { statusCode: 429, isRetryable: false }],
    ['a rate limit at all providers', failed(429, { metadata: { previous_errors: [{ code: 429 }] } }), { statusCode: 429, isRetryable: true }],
    ['a provider that broke', failed(502, { metadata: { provider_name: 'Azure' } }), { statusCode: 502, isRetryable: false }],
    ['an overloaded provider', failed(503, { metadata: { provider_name: 'Azure' } }), { statusCode: 503, isRetryable: false }],
    ['a page from something on the way', () => new Response('<html>busy</html>', { status: 503 }), { statusCode: 503, isRetryable: false }],
    ['a timeout of the server', failed(504), { statusCode: 504, isRetryable: false }],
    ['an error with status 200', json({ error: { code: 502, message: 'It broke' } }), { statusCode: 502, isRetryable: false }],
    ['half an answer', () => new Response('{"data": [', { status: 200 }), { isRetryable: false }],
    ['no list of pictures', json({ created: 1 }, 200, HEADERS), { statusCode: 200, isRetryable: false }],
    ['a broken connection', broken('ECONNRESET'), { isRetryable: false }],
    ['a connection that broke without a word', broken(), { isRetryable: false }],
  ])('is retryable only where nothing was made: %s', async (_, reply, expected) => {
    const error = await rejection(reply);
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ ...expected, cause: { isRetryable: 'isRetryable' in expected && expected.isRetryable, receipt: { attempts: [{}] } } });
    expect(JSON.stringify(error)).not.toContain('A cat');
  });

  it('is not retryable when the client gave up waiting', async () => {
    const never: Reply = () => new Promise(() => {});
    expect(await rejection(never, { providerOptions: { openrouter: { timeout: 5 } } })).toMatchObject({ name: 'AI_APICallError', isRetryable: false, cause: { name: 'TimeoutError' } });
  });

  it('is the reason of the signal when the caller aborts', async () => {
    expect(await rejection(ONE, { abortSignal: AbortSignal.abort(new Error('enough')) })).toMatchObject({ message: 'enough' });
  });

  it('is a violation where the policy was not kept, and never retried', async () => {
    const settings = { provider: { only: ['azure'] }, verify: 'throw' as const };
    expect(await rejection(ONE, {}, settings)).toBeInstanceOf(PolicyViolationError);
    const { openrouter, sent } = serve(ONE, settings);
    await expect(generateImage({ model: openrouter.imageModel('acme/brush'), prompt: 'A cat' })).rejects.toBeInstanceOf(PolicyViolationError);
    expect(sent).toHaveLength(1);
  });
});

describe('generateImage', () => {
  it('gives the files, each with who served it and what it cost', async () => {
    const { openrouter, sent } = serve(ONE);
    const result = await generateImage({ model: openrouter.imageModel('acme/brush'), prompt: { text: 'A cat', images: [PNG] }, aspectRatio: '1:1', providerOptions: { openrouter: { quality: 'high' } } });
    expect(sent[0]?.body).toMatchObject({ prompt: 'A cat', n: 1, aspect_ratio: '1:1', quality: 'high', input_references: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }] });
    expect(result.image.base64).toBe(PNG);
    expect(result.providerMetadata['openrouter']?.images).toEqual([{ mediaType: 'image/png', provider: 'Google AI Studio', generationId: 'gen-img-1', cost: 0.04 }]);
    expect(result.usage).toEqual({ inputTokens: 5, outputTokens: 1120, totalTokens: 1125 });
  });

  it('asks for up to ten at once', async () => {
    const { openrouter, sent } = serve(ONE);
    await generateImage({ model: openrouter.imageModel('acme/brush'), prompt: 'A cat', n: 12 });
    expect(sent.map(({ body }) => body['n'])).toEqual([10, 2]);
  });

  it('repeats after a rate limit, and nothing that may have cost something', async () => {
    const busy = json({ error: { code: 429, message: 'Slow down', metadata: { retry_after_seconds: 0.001 } } }, 429);
    const first = serve([busy, ONE]);
    await generateImage({ model: first.openrouter.imageModel('acme/brush'), prompt: 'A cat' });
    expect(first.sent).toHaveLength(2);
    const second = serve([json({ error: { code: 502, message: 'It broke', metadata: { retry_after_seconds: 0.001 } } }, 502), ONE]);
    await expect(generateImage({ model: second.openrouter.imageModel('acme/brush'), prompt: 'A cat' })).rejects.toBeInstanceOf(APICallError);
    expect(second.sent).toHaveLength(1);
    const third = serve([pictures([]), ONE]);
    await expect(generateImage({ model: third.openrouter.imageModel('acme/brush'), prompt: 'A cat' })).rejects.toThrow();
    expect(third.sent).toHaveLength(1);
  });
});
