import type { Open } from './open.js';
import type { ProviderPreferences } from './provider-preferences.js';

/** The body of `POST /audio/speech`; it is answered with bytes. Source: OpenRouter API, speech. */
export interface SpeechRequest {
  model: string;
  /** What to say. */
  input: string;
  /** A name of the model's own. */
  voice?: string;
  /** 1 is as fast as the model speaks by itself. */
  speed?: number;
  /** Default `pcm`: samples without a header, whose rate only the answer's `Content-Type` tells. */
  response_format?: Open<'mp3' | 'pcm'>;
  /** Nothing else of the preferences is honoured. */
  provider?: Pick<ProviderPreferences, 'options'>;
}
