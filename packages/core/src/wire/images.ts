import type { ImagePart } from './message.js';
import type { Open } from './open.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { Usage } from './usage.js';

/** The body of `POST /images`. Which values a model takes differs from model to model. Source: OpenRouter API, images. */
export interface ImagesRequest {
  model: string;
  prompt: string;
  /** From 1 to 10. Default 1. */
  n?: number;
  /** Pixels: `1024x1024`. */
  size?: string;
  aspect_ratio?: string;
  resolution?: Open<'512' | '1K' | '2K' | '4K'>;
  quality?: Open<'auto' | 'low' | 'medium' | 'high'>;
  background?: string;
  output_format?: Open<'png' | 'jpeg' | 'webp' | 'svg'>;
  output_compression?: number;
  /** Pictures to work from, at most 16. */
  input_references?: readonly ImagePart[];
  seed?: number;
  /** Only `only`, `order`, `ignore`, `sort`, `allow_fallbacks` and `options` are honoured. */
  provider?: ProviderPreferences;
  user?: string;
}

/** A picture that was made. */
export interface CreatedImage {
  b64_json?: string;
  media_type?: string;
  /** The prompt as the model took it, where it changed it. */
  revised_prompt?: string;
  [key: string]: unknown;
}

/** Who served is told by the headers alone. */
export interface ImagesResponse {
  /** Seconds since the epoch; live answers hold 0. */
  created?: number;
  data: CreatedImage[];
  usage?: Usage;
  [key: string]: unknown;
}
