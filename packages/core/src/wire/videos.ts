import type { ImagePart, VideoPart } from './message.js';
import type { Open } from './open.js';
import type { ProviderPreferences } from './provider-preferences.js';
import type { Usage } from './usage.js';

/** A picture that the film begins or ends with. */
export interface FrameImage {
  type: 'image_url';
  image_url: { url: string };
  frame_type: Open<'first_frame' | 'last_frame'>;
}

/** The body of `POST /videos`. Which values a model takes differs from model to model. Source: OpenRouter API, videos. */
export interface VideoRequest {
  model: string;
  prompt: string;
  aspect_ratio?: string;
  /** Pixels: `1280x720`. */
  size?: string;
  resolution?: Open<'480p' | '720p' | '1080p'>;
  /** Seconds. */
  duration?: number;
  seed?: number;
  generate_audio?: boolean;
  frame_images?: readonly FrameImage[];
  /** What the film is to look like. Films and sound are heeded by some providers only. */
  input_references?: readonly (ImagePart | VideoPart | { type: 'audio_url'; audio_url: { url: string } })[];
  /** Only `options` is honoured. */
  provider?: ProviderPreferences;
  user?: string;
}

/** A film in the making, as `POST /videos` and `GET /videos/{id}` tell it. */
export interface VideoJob {
  id: string;
  status: Open<'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'expired'>;
  generation_id?: string;
  polling_url?: string;
  /** Where the finished films are. Those at OpenRouter need the key, whatever the name says. */
  unsigned_urls?: string[];
  /** Of a finished job. */
  usage?: Usage;
  /** Why it failed. */
  error?: unknown;
  [key: string]: unknown;
}
