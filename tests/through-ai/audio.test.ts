import { createOpenRouter, type OpenRouterProvider, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import { createGateway, fail, type Gateway, ok, reply, respond, type Scenario } from '@waypost/testing';
import { generateSpeech, transcribe } from 'ai';
import { describe, expect, it, vi } from 'vitest';

globalThis.AI_SDK_LOG_WARNINGS = false;

function open(scenario: Scenario = {}, settings: OpenRouterProviderSettings = {}): { gateway: Gateway; openrouter: OpenRouterProvider } {
  const gateway = createGateway({ scenario });
  return { gateway, openrouter: createOpenRouter({ apiKey: 'sk-or-v1-test', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, ...settings }) };
}

const busy = respond(429, { error: { code: 429, message: 'Slow down', metadata: { retry_after_seconds: 0.001 } } });
/** A second of silence, which begins as a WAV file does. */
function silence(): Uint8Array {
  const bytes = new Uint8Array(44 + 48_000);
  bytes.set(new TextEncoder().encode('RIFF'), 0);
  bytes.set(new TextEncoder().encode('WAVEfmt '), 8);
  return bytes;
}

describe('generateSpeech', () => {
  it('gives a file that plays, without being asked for a format', async () => {
    const { gateway, openrouter } = open();
    const { audio, warnings, providerMetadata, responses } = await generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello there', voice: 'alloy' });
    expect([audio.mediaType, audio.format]).toEqual(['audio/mpeg', 'mp3']);
    expect(audio.uint8Array.slice(0, 2)).toEqual(Uint8Array.of(0xff, 0xfb));
    expect(warnings).toEqual([]);
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/audio/speech', body: { model: 'echo/lark', input: 'Hello there', voice: 'alloy', response_format: 'mp3' }, status: 200 });
    const generationId = gateway.requests[0]?.served?.generationId;
    expect(providerMetadata['openrouter']).toMatchObject({ generationId, contentType: 'audio/mpeg', receipt: { id: generationId, requested: ['echo/lark'] } });
    expect(responses[0]?.modelId).toBe('echo/lark');
  });

  it('gives raw samples where they are wanted, and their rate', async () => {
    const bytes = Uint8Array.of(1, 0, 2, 0);
    const { openrouter } = open({ reply: reply.speech(bytes) });
    const { audio, providerMetadata } = await generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello', outputFormat: 'pcm' });
    expect(audio.uint8Array).toEqual(bytes);
    expect(audio.mediaType).toBe('audio/pcm');
    expect(providerMetadata['openrouter']?.['contentType']).toBe('audio/pcm;rate=24000');
  });

  it('warns of a format and of instructions that the route does not have', async () => {
    const { openrouter } = open();
    const { audio, warnings } = await generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello', outputFormat: 'opus', instructions: 'Slowly' });
    expect(audio.format).toBe('mp3');
    expect(warnings.map((warning) => 'feature' in warning && warning.feature)).toEqual(['instructions', 'outputFormat']);
  });

  it('is repeated while the server is busy', async () => {
    const { gateway, openrouter } = open({ gateway: [busy, busy, ok()] });
    expect((await generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello' })).audio.format).toBe('mp3');
    expect(gateway.requests.map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  it('fails for an answer without sound, once', async () => {
    const { gateway, openrouter } = open({ reply: reply.speech(new Uint8Array()) });
    await expect(generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello' })).rejects.toMatchObject({ name: 'AI_APICallError', message: 'The answer has no sound' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('sends nothing where the route would drop a guardrail', async () => {
    const { gateway, openrouter } = open({}, { provider: { zdr: true } });
    await expect(generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello' })).rejects.toMatchObject({ name: 'PolicyConflictError', field: 'provider.zdr' });
    expect(gateway.requests).toEqual([]);
  });

  it('ends with an abort', async () => {
    const controller = new AbortController();
    const { openrouter } = open({}, { hooks: { onRequest: () => controller.abort(new Error('enough')) } });
    await expect(generateSpeech({ model: openrouter.speechModel('echo/lark'), text: 'Hello', abortSignal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('transcribe', () => {
  it('gives the text, and what it cost', async () => {
    const { gateway, openrouter } = open({ endpoints: { deepinfra: ok(), groq: fail(503) } });
    const { text, segments, language, durationInSeconds, warnings, providerMetadata } = await transcribe({ model: openrouter.transcriptionModel('echo/scribe'), audio: silence() });
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/audio/transcriptions', body: { model: 'echo/scribe', input_audio: { format: 'wav' } }, served: { tag: 'deepinfra' } });
    expect(text).toMatch(/ of wav\.$/);
    expect({ segments, language, durationInSeconds, warnings }).toEqual({ segments: [], language: undefined, durationInSeconds: undefined, warnings: [] });
    const cost = Number(gateway.requests[0]?.cost);
    expect(cost).toBeGreaterThan(0);
    expect(providerMetadata['openrouter']).toMatchObject({ usage: { cost }, receipt: { cost: { total: cost }, rawUsage: { seconds: expect.any(Number) } } });
  });

  it('gives timings where they are asked for', async () => {
    const { openrouter } = open({ reply: reply.transcript('Good day. Bye.', { language: 'german', duration: 2 }) });
    const result = await transcribe({ model: openrouter.transcriptionModel('echo/scribe-pro'), audio: silence(), timestampGranularities: ['segment', 'word'] });
    expect(result).toMatchObject({ text: 'Good day. Bye.', language: 'de', durationInSeconds: 2, warnings: [] });
    expect(result.segments.map(({ text }) => text)).toEqual(['Good day.', 'Bye.']);
    expect(result.segments[0]?.startSecond).toBe(0);
    expect(result.segments.at(-1)?.endSecond).toBe(2);
    expect(result.words?.map(({ text }) => text)).toEqual(['Good', 'day.', 'Bye.']);
  });

  it('takes base64, and options by name', async () => {
    const { gateway, openrouter } = open();
    await transcribe({ model: openrouter.transcriptionModel('echo/scribe'), audio: btoa('ID3 some sound'), providerOptions: { openrouter: { language: 'en', temperature: 0 } } });
    expect(gateway.requests[0]?.body).toMatchObject({ input_audio: { data: btoa('ID3 some sound') }, language: 'en', temperature: 0 });
  });

  it('is repeated while the server is busy, and fails when it stays so', async () => {
    const { gateway, openrouter } = open({ gateway: [busy] });
    await expect(transcribe({ model: openrouter.transcriptionModel('echo/scribe'), audio: silence(), maxRetries: 1 })).rejects.toMatchObject({ name: 'AI_RetryError' });
    expect(gateway.requests.length).toBe(2);
  });

  it('is refused where a guardrail would be dropped, by whichever layer it is set', async () => {
    const zdr = { provider: { zdr: true } };
    const { gateway, openrouter } = open();
    const audio = silence();
    const refused = { name: 'PolicyConflictError', field: 'provider.zdr' };
    await expect(transcribe({ model: openrouter.transcriptionModel('echo/scribe', zdr), audio })).rejects.toMatchObject(refused);
    await expect(transcribe({ model: openrouter.transcriptionModel('echo/scribe', { extraBody: zdr }), audio })).rejects.toMatchObject(refused);
    await expect(transcribe({ model: openrouter.transcriptionModel('echo/scribe'), audio, providerOptions: { openrouter: zdr } })).rejects.toMatchObject(refused);
    expect(gateway.requests).toEqual([]);
  });

  it('names the format of a sound that was downloaded', async () => {
    const { openrouter } = open();
    const download = vi.fn(async () => ({ data: silence(), mediaType: 'audio/mp4' }));
    const { text } = await transcribe({ model: openrouter.transcriptionModel('echo/scribe'), audio: new URL('https://example.com/a.m4a'), download });
    expect(text).toMatch(/ of m4a\.$/);
    expect(download).toHaveBeenCalledOnce();
  });
});
