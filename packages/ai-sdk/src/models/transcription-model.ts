import type { JSONObject, SharedV4Warning, TranscriptionModelV4, TranscriptionModelV4CallOptions, TranscriptionModelV4Result } from '@ai-sdk/provider';
import { sendTranscription } from '@waypost/core';
import { callInference, type ModelParts, providerMetadata } from './call-inference.js';
import { asJson } from '../answer/convert-metadata.js';
import { AUDIO_FORMATS } from '../request/convert-parts.js';
import { toBase64 } from '../request/data-url.js';
import { isRecord } from '../call/is-record.js';
import { languageCode } from './language-code.js';

type Timed = TranscriptionModelV4Result['segments'];

/** The wire's name of a format: that of the media type without its parameters. */
function formatOf(mediaType: string): string {
  const subtype = mediaType.split(';')[0]?.split('/')[1]?.trim().toLowerCase() || '*';
  return subtype === '*' ? 'mp3' : (AUDIO_FORMATS[subtype] ?? subtype);
}

/** Segments or words, without any that lack their times; undefined where the answer has no list of them. */
function timed(list: unknown, name: 'text' | 'word'): Timed | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.filter(isRecord).flatMap(({ [name]: text, start, end }) =>
    typeof text === 'string' && typeof start === 'number' && typeof end === 'number' ? [{ text, startSecond: start, endSecond: end }] : [],
  );
}

/**
 * A transcription model of the AI SDK's specification V4. Timings, language and duration come where timings are asked for, since only
 * the long answer has them; `timestamp_granularities` is the field of OpenAI's route of this name, which the API's own description
 * does not list. `language` and `temperature` go into `providerOptions.openrouter`.
 * Of the preferences the route honours `options` alone; a guardrail is refused before anything is sent.
 * Source: OpenRouter API, transcriptions.
 *
 * @example
 * const { text } = await transcribe({ model: openrouter.transcriptionModel('openai/whisper-1'), audio, providerOptions: { openrouter: { language: 'en' } } });
 */
export function createTranscriptionModel(model: ModelParts): TranscriptionModelV4 {
  const { modelId, config } = model;
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,

    async doGenerate(options: TranscriptionModelV4CallOptions): Promise<TranscriptionModelV4Result> {
      const { audio, mediaType, timestampGranularities: asked = [] } = options;
      const content = { input_audio: { data: toBase64(audio), format: formatOf(mediaType) } };
      const settings = asked.length > 0 ? { response_format: 'verbose_json', timestamp_granularities: asked } : {};
      const timestamp = new Date(config.effects.now());
      const answer = await callInference(model, '/audio/transcriptions', options, { content, settings }, sendTranscription);
      const { response, headers } = answer;
      const { text, usage, language, duration } = response;
      const segments = timed(response.segments, 'text');
      const words = timed(response.words, 'word');
      const missing = asked.filter((one) => (one === 'word' ? words : segments) === undefined);
      const warnings: SharedV4Warning[] = missing.map((one) => ({ type: 'unsupported', feature: 'timestampGranularities', details: `The answer has no ${one} timings.` }));
      const raw: JSONObject | undefined = isRecord(usage) ? asJson(usage) : undefined;
      return {
        text,
        segments: segments ?? [],
        ...(words && { words }),
        language: typeof language === 'string' ? languageCode(language) : undefined,
        durationInSeconds: typeof duration === 'number' ? duration : undefined,
        ...(raw && { usage: raw }),
        warnings: [...warnings, ...answer.convertedWarnings],
        response: { timestamp, modelId: response.model ?? modelId, headers: { ...headers }, body: response },
        providerMetadata: providerMetadata(answer),
      };
    },
  };
}
