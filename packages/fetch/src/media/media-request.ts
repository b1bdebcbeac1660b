import type { ImagesRequest, ProviderPreferencesInput, RerankRequest, SpeechRequest, TranscriptionRequest, VideoRequest } from '@waypost/core';
import type { AsIs } from '../chat-request.js';

/** Fields that this version does not know are sent as they are. */
interface Open {
  [field: string]: unknown;
}

/** What images honour of the preferences. A guardrail beside them is refused before anything is sent. */
type ImagePreferences = Pick<ProviderPreferencesInput, 'only' | 'order' | 'ignore' | 'sort' | 'allow_fallbacks' | 'allowFallbacks' | 'options'>;

/** What speech, transcriptions and videos honour of the preferences. A guardrail is refused before anything is sent. */
type OptionsOnly = Pick<ProviderPreferencesInput, 'options'>;

/** The body of a rerank request, in wire spelling; the keys of `provider` in either. */
export interface RerankInput extends AsIs<RerankRequest>, Open {
  provider?: ProviderPreferencesInput | null;
}

/** The body of a request for pictures, in wire spelling; the keys of `provider` in either. */
export interface ImagesInput extends AsIs<ImagesRequest>, Open {
  provider?: ImagePreferences | null;
  /** Pictures come whole. */
  stream?: never;
}

/** The body of a speech request, in wire spelling. The server's default format is `pcm`, samples without a header: ask for `mp3` to play it. */
export interface SpeechInput extends AsIs<SpeechRequest>, Open {
  provider?: OptionsOnly | null;
}

/** The body of a transcription request, in wire spelling, but for the sound, which may be bytes too. */
export interface TranscriptionInput extends AsIs<TranscriptionRequest, 'input_audio'>, Open {
  input_audio: {
    /** Bytes, a `Blob` or `File`, or base64. */
    data: Uint8Array | ArrayBuffer | Blob | string;
    format: TranscriptionRequest['input_audio']['format'];
  };
  provider?: OptionsOnly | null;
}

/** The body of a request for a film, in wire spelling. */
export interface VideoInput extends AsIs<VideoRequest>, Open {
  provider?: OptionsOnly | null;
}
