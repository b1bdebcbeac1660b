import { APICallError } from '@ai-sdk/provider';
import { PolicyConflictError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import type { OpenRouterProviderSettings, OpenRouterTranscriptionSettings } from '../src/index.js';
import { languageCode } from '../src/models/language-code.js';
import { json, serve } from './support/fake-server.js';

const ANSWER = { text: 'Hello there. Bye.', usage: { seconds: 1.5, cost: 0.00003 } };
const VERBOSE = {
  ...ANSWER, task: 'transcribe', language: 'english', duration: 1.5,
  segments: [{ id: 0, start: 0, end: 1, text: 'Hello there.' }, { id: 1, start: 1, end: 1.5, text: 'Bye.' }],
  words: [{ word: 'Hello', start: 0, end: 0.5 }, { word: 'there', start: 0.5, end: 1 }],
};
const HEADERS = { 'x-generation-id': 'gen-stt-1', 'x-provider-name': 'Groq' };
const bytes = Uint8Array.of(1, 2, 3, 4);
const call = { audio: bytes, mediaType: 'audio/wav' };

describe('a transcription model', () => {
  it('sends the sound and gives the text', async () => {
    const { openrouter, sent } = serve(json(ANSWER, 200, HEADERS), { effects: { now: () => 1_790_000_000_000 } });
    const result = await openrouter.transcriptionModel('echo/scribe').doGenerate(call);
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/audio/transcriptions');
    expect(sent[0]?.body).toEqual({ model: 'echo/scribe', input_audio: { data: 'AQIDBA==', format: 'wav' } });
    expect(result).toEqual({
      text: 'Hello there. Bye.', segments: [], language: undefined, durationInSeconds: undefined, warnings: [], usage: ANSWER.usage,
      response: { timestamp: new Date(1_790_000_000_000), modelId: 'echo/scribe', headers: expect.objectContaining(HEADERS), body: ANSWER },
      providerMetadata: { openrouter: expect.objectContaining({ provider: 'Groq', generationId: 'gen-stt-1', usage: { cost: 0.00003 }, receipt: expect.objectContaining({ cost: { total: 0.00003, partial: false } }) }) },
    });
  });

  it('takes base64 as it is', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    await openrouter.transcriptionModel('echo/scribe').doGenerate({ audio: 'AQIDBA==', mediaType: 'audio/mpeg' });
    expect(sent[0]?.body['input_audio']).toEqual({ data: 'AQIDBA==', format: 'mp3' });
  });

  it.each([
    ['audio/x-wav', 'wav'], ['audio/mp4', 'm4a'], ['audio/ogg; codecs=opus', 'ogg'], ['audio/FLAC', 'flac'], ['audio/webm', 'webm'], ['audio/*', 'mp3'], ['audio', 'mp3'],
  ])('calls %s %s', async (mediaType, format) => {
    const { openrouter, sent } = serve(json(ANSWER));
    await openrouter.transcriptionModel('echo/scribe').doGenerate({ audio: bytes, mediaType });
    expect(sent[0]?.body['input_audio']).toMatchObject({ format });
  });

  it('asks for the long answer where timings are wanted, and reads it', async () => {
    const { openrouter, sent } = serve(json({ ...VERBOSE, model: 'echo/scribe-2026' }));
    const result = await openrouter.transcriptionModel('echo/scribe').doGenerate({ ...call, timestampGranularities: ['word', 'segment'] });
    expect(sent[0]?.body).toMatchObject({ response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] });
    expect(result).toMatchObject({
      segments: [{ text: 'Hello there.', startSecond: 0, endSecond: 1 }, { text: 'Bye.', startSecond: 1, endSecond: 1.5 }],
      words: [{ text: 'Hello', startSecond: 0, endSecond: 0.5 }, { text: 'there', startSecond: 0.5, endSecond: 1 }],
      language: 'en', durationInSeconds: 1.5, warnings: [], response: { modelId: 'echo/scribe-2026' },
    });
  });

  it('asks for nothing more where the list of timings is empty', async () => {
    const { openrouter, sent } = serve(json(ANSWER));
    await openrouter.transcriptionModel('echo/scribe').doGenerate({ ...call, timestampGranularities: [] });
    expect(Object.keys(sent[0]?.body ?? {})).toEqual(['model', 'input_audio']);
  });

  it('warns where the answer lacks timings that were asked for', async () => {
    const { openrouter } = serve(json({ ...VERBOSE, words: undefined }));
    const { warnings, words } = await openrouter.transcriptionModel('echo/scribe').doGenerate({ ...call, timestampGranularities: ['word', 'segment'] });
    expect(words).toBeUndefined();
    expect(warnings).toEqual([{ type: 'unsupported', feature: 'timestampGranularities', details: 'The answer has no word timings.' }]);
  });

  it('leaves out timings that are none', async () => {
    const { openrouter } = serve(json({ ...VERBOSE, segments: [{ text: 'Hello' }, null, VERBOSE.segments[1]], duration: '1.5', language: null }));
    const result = await openrouter.transcriptionModel('echo/scribe').doGenerate({ ...call, timestampGranularities: ['segment'] });
    expect(result).toMatchObject({ segments: [{ text: 'Bye.' }], durationInSeconds: undefined, language: undefined });
  });

  it('passes language, temperature and raw fields; what is said by name there stands', async () => {
    const { openrouter, sent } = serve(json(VERBOSE), { extraBody: { temperature: 0.5 }, sessionId: 's-1' });
    const openrouterOptions = { language: 'de', temperature: 0, timestamp_granularities: ['segment'], provider: { options: { groq: { prompt: 'Names' } } } };
    await openrouter.transcriptionModel('echo/scribe').doGenerate({ ...call, timestampGranularities: ['word'], providerOptions: { openrouter: openrouterOptions } });
    expect(sent[0]?.body).toMatchObject({ ...openrouterOptions, response_format: 'verbose_json' });
    expect(sent[0]?.headers.get('x-session-id')).toBe('s-1');
  });

  it('keeps what the call is about', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { extraBody: { input_audio: { data: 'x', format: 'y' } } });
    await openrouter.transcriptionModel('echo/scribe').doGenerate(call);
    expect(sent[0]?.body['input_audio']).toEqual({ data: 'AQIDBA==', format: 'wav' });
  });

  it('takes silence for an empty text', async () => {
    const { openrouter } = serve(json({ text: '' }));
    expect(await openrouter.transcriptionModel('echo/scribe').doGenerate(call)).toMatchObject({ text: '', segments: [] });
  });

  it('fails for an answer without text, and does not try again', async () => {
    const { openrouter } = serve(json({ usage: { cost: 1 } }, 200, HEADERS));
    const error = await openrouter.transcriptionModel('echo/scribe').doGenerate(call).then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ isRetryable: false, cause: { receipt: { id: 'gen-stt-1', cost: { total: 1 } } } });
    expect(JSON.stringify(error)).not.toContain('AQIDBA==');
  });

  it('passes on an error of the server as one that may be retried', async () => {
    const { openrouter } = serve(json({ error: { code: 502, message: 'gone' } }));
    await expect(openrouter.transcriptionModel('echo/scribe').doGenerate(call)).rejects.toMatchObject({ name: 'AI_APICallError', statusCode: 502, isRetryable: true });
  });
});

describe('a guardrail that the transcriptions route does not honour', () => {
  const guard = { data_collection: 'deny' } as const;
  it.each<[string, OpenRouterProviderSettings, OpenRouterTranscriptionSettings, object]>([
    ['the provider', { provider: guard }, {}, {}],
    ["the provider's extraBody", { extraBody: { provider: guard } }, {}, {}],
    ['the model', {}, { provider: guard }, {}],
    ["the model's extraBody", {}, { extraBody: { provider: guard } }, {}],
    ['the call', {}, {}, { provider: guard }],
  ])('is refused before anything is sent, set by %s', async (_, settings, own, options) => {
    const { openrouter, sent } = serve(json(ANSWER), settings);
    const error = await openrouter.transcriptionModel('echo/scribe', own).doGenerate({ ...call, providerOptions: { openrouter: { ...options } } }).then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PolicyConflictError);
    expect(error).toMatchObject({ field: 'provider.data_collection' });
    expect(sent).toEqual([]);
  });

  it('leaves allowedModels and region in force', async () => {
    const { openrouter, sent } = serve(json(ANSWER), { region: 'us' });
    await openrouter.transcriptionModel('echo/scribe', { allowedModels: ['echo/*'] }).doGenerate(call);
    expect(sent[0]?.url).toBe('https://us.openrouter.ai/api/v1/audio/transcriptions');
    await expect(openrouter.transcriptionModel('echo/scribe', { allowedModels: ['acme/*'] }).doGenerate(call)).rejects.toMatchObject({ field: 'allowedModels' });
    await expect(openrouter.transcriptionModel('echo/scribe', { region: 'eu' }).doGenerate(call)).rejects.toBeInstanceOf(PolicyConflictError);
    expect(sent).toHaveLength(1);
  });
});

describe('a language', () => {
  it.each([
    ['english', 'en'], ['German', 'de'], ['hebrew', 'he'], ['yiddish', 'yi'], ['romanian', 'ro'], ['haitian creole', 'ht'], ['EN', 'en'], ['en-GB', 'en-GB'], ['klingonese', 'klingonese'],
  ])('%s is %s', (language, code) => {
    expect(languageCode(language)).toBe(code);
  });
});
