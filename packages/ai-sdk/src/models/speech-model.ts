import type { SharedV4Warning, SpeechModelV4, SpeechModelV4CallOptions, SpeechModelV4Result } from '@ai-sdk/provider';
import { sendSpeech } from '@waypost/core';
import { callInference, type ModelParts, providerMetadata } from './call-inference.js';

/** The wire's name of a format, which may be given as a media type too. Without one it is MP3, which any player plays. */
function formatOf(outputFormat: string | undefined, warnings: SharedV4Warning[]): 'mp3' | 'pcm' {
  const name = outputFormat?.trim().toLowerCase().replace(/^audio\//, '') ?? 'mp3';
  if (name === 'pcm') return name;
  if (name !== 'mp3' && name !== 'mpeg') {
    warnings.push({ type: 'unsupported', feature: 'outputFormat', details: `${JSON.stringify(outputFormat)} is not one of "mp3", "pcm"; the sound is MP3.` });
  }
  return 'mp3';
}

/** Warnings for what the route has no field for. */
function unsupported({ instructions, language }: SpeechModelV4CallOptions): SharedV4Warning[] {
  const warnings: SharedV4Warning[] = [];
  if (instructions !== undefined) {
    const details = "They are not sent. Where the upstream provider takes them, write providerOptions: { openrouter: { provider: { options: { '<its slug>': { instructions } } } } }.";
    warnings.push({ type: 'unsupported', feature: 'instructions', details });
  }
  if (language !== undefined) warnings.push({ type: 'unsupported', feature: 'language', details: 'It is not sent: the model speaks the language of the text.' });
  return warnings;
}

/**
 * A speech model of the AI SDK's specification V4. The sound is MP3 unless `outputFormat: 'pcm'` is asked for: then it is samples
 * without a header, and their rate is in `providerMetadata.openrouter.contentType`. (The API's own default is `pcm`.)
 * Of the preferences the route honours `options` alone; a guardrail is refused before anything is sent.
 * Source: OpenRouter API, speech.
 *
 * @example
 * const { audio } = await generateSpeech({ model: openrouter.speechModel('openai/gpt-4o-mini-tts'), text: 'Hello', voice: 'alloy' });
 */
export function createSpeechModel(model: ModelParts): SpeechModelV4 {
  const { modelId, config } = model;
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,

    async doGenerate(options: SpeechModelV4CallOptions): Promise<SpeechModelV4Result> {
      const { text, voice, speed, outputFormat } = options;
      const warnings = unsupported(options);
      const settings = { voice, speed, response_format: formatOf(outputFormat, warnings) };
      const timestamp = new Date(config.effects.now());
      const answer = await callInference(model, '/audio/speech', options, { content: { input: text }, settings }, sendSpeech);
      const { response, request, headers } = answer;
      const contentType = headers['content-type'];
      return {
        audio: response,
        warnings: [...warnings, ...answer.convertedWarnings],
        request: { body: request },
        response: { timestamp, modelId, headers: { ...headers } },
        providerMetadata: providerMetadata(answer, contentType === undefined ? {} : { contentType }),
      };
    },
  };
}
