import type { Open } from './open.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { Usage } from './usage.js';

/** The body of `POST /audio/transcriptions`. Source: OpenRouter API, transcriptions. */
export interface TranscriptionRequest {
  model: string;
  input_audio: {
    /** Base64, no URL. */
    data: string;
    format: Open<'wav' | 'mp3' | 'flac' | 'm4a' | 'ogg' | 'aac' | 'webm'>;
  };
  /** ISO 639-1, such as `en`. Default: the model finds out. */
  language?: string;
  temperature?: number;
  /** Default `json`; `verbose_json` adds language, duration and segments. */
  response_format?: Open<'json' | 'verbose_json'>;
  /** Not in the API's own description: the field of OpenAI's route of this name, for `verbose_json`. */
  timestamp_granularities?: readonly Open<'word' | 'segment'>[];
  /** Nothing else of the preferences is honoured. */
  provider?: Pick<ProviderPreferences, 'options'>;
}

/** A stretch of what was said; times in seconds from the beginning. */
export interface TranscriptSegment {
  id?: number;
  start: number;
  end: number;
  text: string;
  [key: string]: unknown;
}

/** A word; times in seconds from the beginning. */
export interface TranscriptWord {
  start: number;
  end: number;
  word: string;
  [key: string]: unknown;
}

/** All but text and usage comes with `verbose_json` alone. */
export interface TranscriptionResponse {
  text: string;
  model?: string;
  provider?: string;
  /** An ISO 639-1 code or an English name, by the provider. */
  language?: string;
  /** Seconds. */
  duration?: number;
  segments?: readonly TranscriptSegment[];
  words?: readonly TranscriptWord[];
  /** By the second or by the token, as the model is billed. */
  usage?: Usage & { seconds?: number; input_tokens?: number; output_tokens?: number };
  [key: string]: unknown;
}
