import { PolicyConflictError } from '@waypost/fetch';
import { images, rerank, speak, transcribe, videos } from '@waypost/fetch/media';
import { fail, faults, hang, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { rejection, served } from './kit.js';

type Client = ReturnType<typeof served>['openrouter'];

const RERANK = { model: 'dune/compass', query: 'harbour', documents: ['a quay', 'a harbour wall', 'a field'] };
const IMAGES = { model: 'cinder/kiln', prompt: 'A harbour at dawn' };
const SPEECH = { model: 'echo/lark', input: 'Mind the tide.', response_format: 'mp3' };
const SOUND = { model: 'echo/scribe', input_audio: { data: new Uint8Array([1, 2, 3, 4]), format: 'wav' } };
const VIDEO = { model: 'cinder/reel', prompt: 'A calm wave', duration: 2 };

/** Each function with a request of its own. */
const calls: [string, (client: Client, options?: { signal: AbortSignal }) => Promise<{ receipt: unknown }>][] = [
  ['/rerank', (client, options) => rerank(client, RERANK, options)],
  ['/images', (client, options) => images(client, IMAGES, options)],
  ['/audio/speech', (client, options) => speak(client, SPEECH, options)],
  ['/audio/transcriptions', (client, options) => transcribe(client, SOUND, options)],
  ['/videos', (client, options) => videos.create(client, VIDEO, options)],
];

describe('media', () => {
  it('ranks', async () => {
    const { openrouter } = served({ scenario: { reply: reply.scores([0.1, 0.9, 0.2]) } });
    const { results, response, usage } = await rerank(openrouter, { ...RERANK, top_n: 2 });
    expect(results.map(({ index, relevance_score: score }) => [index, score])).toEqual([[1, 0.9], [2, 0.2]]);
    expect(response.results).toBe(results);
    expect(usage?.totalTokens).toBeGreaterThan(0);
  });

  it('makes pictures', async () => {
    const { openrouter } = served();
    const { images: made, response } = await images(openrouter, { ...IMAGES, n: 2 });
    expect(made.map(({ mediaType }) => mediaType)).toEqual(['image/png', 'image/png']);
    expect(made.every(({ bytes }) => String.fromCharCode(...bytes.slice(1, 4)) === 'PNG')).toBe(true);
    expect(response.data).toHaveLength(2);
  });

  it('speaks', async () => {
    const { openrouter } = served({ scenario: { reply: reply.speech(new Uint8Array([1, 2, 3])) } });
    const { audio, contentType, receipt } = await speak(openrouter, SPEECH);
    expect([[...audio], contentType]).toEqual([[1, 2, 3], 'audio/mpeg']);
    expect(receipt?.id).toMatch(/^gen-tts-/);
  });

  it.each([
    ['bytes', new Uint8Array([0, 1, 2, 3, 4]).subarray(1)],
    ['a buffer', Uint8Array.from([1, 2, 3, 4]).buffer],
    ['a blob', new Blob([Uint8Array.from([1, 2, 3, 4])])],
    ['base64', 'AQIDBA=='],
  ])('writes down what is said, given as %s', async (_, data) => {
    const { openrouter, gateway } = served({ scenario: { reply: reply.transcript('Mind the tide.', { duration: 3 }) } });
    const { text, response } = await transcribe(openrouter, { ...SOUND, input_audio: { data, format: 'wav' }, response_format: 'verbose_json' });
    expect([text, response.duration]).toEqual(['Mind the tide.', 3]);
    expect(gateway.requests[0]?.body).toMatchObject({ input_audio: { data: 'AQIDBA==', format: 'wav' } });
  });

  it.each(calls)('%s has a receipt that says who served at what cost', async (path, call) => {
    const { openrouter, paths } = served();
    expect(await call(openrouter)).toMatchObject({ receipt: { requested: [expect.any(String)], cost: { partial: expect.any(Boolean) }, attempts: [{ outcome: 'ok' }] } });
    expect(paths()).toEqual([path]);
  });

  it('folds the policy into the request', async () => {
    const { openrouter, gateway } = served({}, { provider: { zdr: true } });
    const { receipt } = await rerank(openrouter, { ...RERANK, provider: { zdr: false, ignore: ['cohere'] } });
    expect(gateway.requests[0]?.body).toMatchObject({ provider: { zdr: true, ignore: ['cohere'] } });
    expect(receipt?.policy?.provider?.zdr).toBe(true);
    const pictures = served({}, { provider: { only: ['google-vertex'] } });
    expect((await images(pictures.openrouter, { ...IMAGES, provider: { allowFallbacks: false } })).receipt).toMatchObject({ verdict: { guardrails: { only: {} } } });
    expect(pictures.gateway.requests[0]).toMatchObject({ body: { provider: { only: ['google-vertex'], allow_fallbacks: false } }, served: { provider: 'google-vertex' } });
  });

  it.each(calls.slice(1))('%s refuses a guardrail that it would drop in silence', async (_, call) => {
    const { openrouter, gateway } = served({}, { provider: { zdr: true } });
    expect(await rejection(call(openrouter))).toBeInstanceOf(PolicyConflictError);
    expect(gateway.requests).toHaveLength(0);
  });

  it.each(calls)('%s refuses a model that is not allowed', async (_, call) => {
    const { openrouter, gateway } = served({}, { allowedModels: ['acme/*'] });
    expect(await rejection(call(openrouter))).toMatchObject({ code: 'policy_conflict' });
    expect(gateway.requests).toHaveLength(0);
  });

  it.each(calls)('%s is repeated where that costs nothing', async (path, call) => {
    const { openrouter, gateway } = served({ scenario: { gateway: [faults.internal(), faults.internal(), ok()] } });
    const repeats = !['/images', '/videos'].includes(path);
    if (repeats) await call(openrouter);
    else expect(await rejection(call(openrouter))).toMatchObject({ status: 500, isRetryable: false, receipt: { attempts: [{ outcome: 'error' }] } });
    expect(gateway.requests).toHaveLength(repeats ? 3 : 1);
  });

  it.each(calls)('%s tells what went wrong', async (_, call) => {
    for (const [outcome, expected] of [
      [faults.noCredits(), { name: 'APIError', status: 402, reason: 'credits' }],
      [faults.errorOnly(503, 'Provider returned error'), { name: 'APIError', status: 503 }],
      [faults.htmlTimeout(), { name: 'APIError', status: 524 }],
      [faults.notJson(), { name: 'APIError' }],
    ] as const) {
      const { openrouter } = served({ scenario: { gateway: outcome } }, { retry: false });
      expect(await rejection(call(openrouter))).toMatchObject(expected);
    }
  });

  it.each(calls)('%s heeds its signal', async (_, call) => {
    const { openrouter, gateway } = served({ scenario: { gateway: hang() } });
    const controller = new AbortController();
    const error = rejection(call(openrouter, { signal: controller.signal }));
    while (gateway.requests.length === 0) await new Promise((resolve) => setTimeout(resolve));
    controller.abort(new Error('enough'));
    expect(await error).toMatchObject({ message: 'enough' });
    expect(await rejection(call(openrouter, { signal: controller.signal }))).toMatchObject({ message: 'enough' });
    expect(gateway.requests).toHaveLength(1);
  });

  it.each(calls)('%s fails over at the server', async (path, call) => {
    const { openrouter, gateway } = served({ scenario: { endpoints: { 'google-ai-studio': fail(503), openai: fail(503), groq: fail(503), nebius: fail(503) } } });
    await call(openrouter);
    expect(gateway.requests[0]).toMatchObject({ path: `/api/v1${path}`, status: path === '/videos' ? 202 : 200 });
  });

  it('takes any function of the client, and no copy of one', async () => {
    const { openrouter } = served();
    expect(await rerank(openrouter.with({ provider: { zdr: true } }), RERANK)).toMatchObject({ results: expect.any(Array) });
    for (const [, call] of calls) expect(await rejection(call({ ...openrouter }))).toMatchObject({ code: 'invalid_options', message: expect.stringContaining('createOpenRouter') });
  });
});
