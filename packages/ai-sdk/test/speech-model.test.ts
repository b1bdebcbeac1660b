import { APICallError } from '@ai-sdk/provider';
import { PolicyConflictError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import type { OpenRouterProviderSettings, OpenRouterSpeechSettings } from '../src/index.js';
import { json, type Reply, serve } from './support/fake-server.js';

const sound = (bytes: readonly number[] = [0xff, 0xfb, 0x10], type = 'audio/mpeg'): Reply => () =>
  new Response(Uint8Array.from(bytes), { headers: { 'content-type': type, 'x-generation-id': 'gen-tts-1', 'x-provider-name': 'OpenAI' } });

describe('a speech model', () => {
  it('sends the text and gives the bytes, MP3 unless asked otherwise', async () => {
    const { openrouter, sent } = serve(sound(), { effects: { now: () => 1_790_000_000_000 } });
    const result = await openrouter.speechModel('echo/lark', { user: 'u-1' }).doGenerate({ text: 'Hello', voice: 'alloy', speed: 1.5 });
    const body = { model: 'echo/lark', input: 'Hello', voice: 'alloy', speed: 1.5, response_format: 'mp3', user: 'u-1' };
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/audio/speech');
    expect(sent[0]?.body).toEqual(body);
    expect(result).toMatchObject({
      audio: Uint8Array.of(0xff, 0xfb, 0x10), warnings: [], request: { body },
      response: { timestamp: new Date(1_790_000_000_000), modelId: 'echo/lark', headers: { 'content-type': 'audio/mpeg' } },
      providerMetadata: { openrouter: { provider: 'OpenAI', generationId: 'gen-tts-1', contentType: 'audio/mpeg', receipt: { id: 'gen-tts-1', served: { providerSlug: 'openai' } } } },
    });
  });

  it.each(['pcm', 'audio/pcm', ' PCM '])('asks for raw samples where %j is wanted, and tells their rate', async (outputFormat) => {
    const { openrouter, sent } = serve(sound([1, 0, 2, 0], 'audio/pcm;rate=24000'));
    const { audio, warnings, providerMetadata } = await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello', outputFormat });
    expect(sent[0]?.body['response_format']).toBe('pcm');
    expect(audio).toEqual(Uint8Array.of(1, 0, 2, 0));
    expect(warnings).toEqual([]);
    expect(providerMetadata?.['openrouter']?.['contentType']).toBe('audio/pcm;rate=24000');
  });

  it.each(['mp3', 'audio/mpeg'])('takes %j for MP3', async (outputFormat) => {
    const { openrouter, sent } = serve(sound());
    expect((await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello', outputFormat })).warnings).toEqual([]);
    expect(sent[0]?.body['response_format']).toBe('mp3');
  });

  it('warns of what the route has no field for, and does not send it', async () => {
    const { openrouter, sent } = serve(sound());
    const { warnings } = await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello', outputFormat: 'wav', instructions: 'Slowly', language: 'en' });
    expect(sent[0]?.body).toEqual({ model: 'echo/lark', input: 'Hello', response_format: 'mp3' });
    expect(warnings.map((warning) => ('feature' in warning ? [warning.type, warning.feature, warning.details] : warning))).toEqual([
      ['unsupported', 'instructions', expect.stringContaining('provider: { options')],
      ['unsupported', 'language', expect.any(String)],
      ['unsupported', 'outputFormat', expect.stringContaining('"wav"')],
    ]);
  });

  it('passes options of the upstream provider, and raw fields', async () => {
    const { openrouter, sent } = serve(sound(), { extraBody: { speed: 2 } });
    const options = { openai: { instructions: 'Slowly' } };
    await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello', providerOptions: { openrouter: { provider: { options }, sample_rate: 8000 } } });
    expect(sent[0]?.body).toEqual({ model: 'echo/lark', input: 'Hello', response_format: 'mp3', speed: 2, sample_rate: 8000, provider: { options } });
  });

  it('keeps what the call is about', async () => {
    const { openrouter, sent } = serve(sound(), { extraBody: { input: 'Other' } });
    await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello' });
    expect(sent[0]?.body['input']).toBe('Hello');
    await expect(openrouter.speechModel('echo/lark', { extraBody: { model: 'echo/other' } }).doGenerate({ text: 'Hello' })).rejects.toThrow('extraBody.model');
    expect(sent).toHaveLength(1);
  });

  it('fails for an answer without sound, with the receipt', async () => {
    const { openrouter } = serve(sound([]));
    const error = await openrouter.speechModel('echo/lark').doGenerate({ text: 'my secret text' }).then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ message: 'The answer has no sound', isRetryable: false, statusCode: 200, cause: { receipt: { id: 'gen-tts-1' } } });
    expect(JSON.stringify(error)).not.toContain('my secret text');
  });

  it.each([
    ['with its own status', json({ error: { code: 503, message: 'overloaded' } }, 503, { 'retry-after': '2' }), { 'retry-after': '2' }],
    ['with status 200', json({ error: { code: 503, message: 'overloaded' } }), {}],
  ])('passes on an error of the server %s as one that may be retried', async (_, reply, responseHeaders) => {
    const { openrouter } = serve(reply);
    await expect(openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello' })).rejects.toMatchObject({ name: 'AI_APICallError', statusCode: 503, isRetryable: true, responseHeaders });
  });

  it('ends with the reason of an abort', async () => {
    const { openrouter } = serve(sound());
    await expect(openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello', abortSignal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('a guardrail that the speech route does not honour', () => {
  const guard = { zdr: true };
  it.each<[string, OpenRouterProviderSettings, OpenRouterSpeechSettings, object]>([
    ['the provider', { provider: guard }, {}, {}],
    ["the provider's extraBody", { extraBody: { provider: guard } }, {}, {}],
    ['the model', {}, { provider: guard }, {}],
    ["the model's extraBody", {}, { extraBody: { provider: guard } }, {}],
    ['the call', {}, {}, { provider: guard }],
  ])('is refused before anything is sent, set by %s', async (_, settings, own, call) => {
    const { openrouter, sent } = serve(sound(), settings);
    const error = await openrouter.speechModel('echo/lark', own).doGenerate({ text: 'Hello', providerOptions: { openrouter: { ...call } } }).then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PolicyConflictError);
    expect(error).toMatchObject({ field: 'provider.zdr' });
    expect(sent).toEqual([]);
  });

  it.each([{ dataCollection: 'deny' }, { only: ['openai'] }, { ignore: ['azure'] }, { maxPrice: { prompt: 1 } }, { quantizations: ['fp8'] }] as const)('is refused: %j', async (provider) => {
    const { openrouter, sent } = serve(sound(), { provider: JSON.parse(JSON.stringify(provider)) });
    await expect(openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello' })).rejects.toBeInstanceOf(PolicyConflictError);
    expect(sent).toEqual([]);
  });

  it('is told from a preference, which is left out with a warning', async () => {
    const { openrouter, sent } = serve(sound(), { provider: { sort: 'price' } });
    const { warnings } = await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello' });
    expect(sent[0]?.body).not.toHaveProperty('provider');
    expect(warnings).toEqual([{ type: 'other', message: expect.stringContaining('provider.sort') }]);
  });

  it('leaves allowedModels and region in force', async () => {
    const { openrouter, sent } = serve(sound(), { allowedModels: ['echo/*'], region: 'eu' });
    await openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello' });
    expect(sent[0]?.url).toBe('https://eu.openrouter.ai/api/v1/audio/speech');
    await expect(openrouter.speechModel('acme/tts').doGenerate({ text: 'Hello' })).rejects.toMatchObject({ name: 'PolicyConflictError', field: 'allowedModels' });
    const us = { openrouter: { region: 'us' } };
    await expect(openrouter.speechModel('echo/lark').doGenerate({ text: 'Hello', providerOptions: us })).rejects.toBeInstanceOf(PolicyConflictError);
    expect(sent).toHaveLength(1);
  });
});
