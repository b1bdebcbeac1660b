import type { Experimental_VideoModelV4CallOptions as VideoModelV4CallOptions, Experimental_VideoModelV4File as VideoModelV4File, JSONObject, SharedV4Warning } from '@ai-sdk/provider';
import type { Request } from './call-inference.js';
import { imagePart, mediaUrl } from './media-file.js';
import type { OpenRouterVideoSettings } from '../model-settings.js';

/** What a film is to look like. Where nothing says what a file is, it is taken for a picture. */
function referencePart(file: VideoModelV4File): JSONObject {
  const kind = file.mediaType?.split('/')[0];
  if (kind === 'video') return { type: 'video_url', video_url: { url: mediaUrl(file) } };
  return kind === 'audio' ? { type: 'audio_url', audio_url: { url: mediaUrl(file) } } : imagePart(file);
}

/** The frames of a call. The AI SDK gives the first frame as `image` too. */
function framesOf({ image, frameImages = [] }: VideoModelV4CallOptions): JSONObject[] {
  const frames = frameImages.map((frame) => ({ ...imagePart(frame.image), frame_type: frame.frameType }));
  if (image === undefined || frames.some((frame) => frame.frame_type === 'first_frame')) return frames;
  return [{ ...imagePart(image), frame_type: 'first_frame' }, ...frames];
}

/** A call of a video model as fields of the wire, and what of it OpenRouter has no word for. Source: OpenRouter API, videos. */
export function videoRequest(options: VideoModelV4CallOptions, settings: OpenRouterVideoSettings): { request: Request; warnings: SharedV4Warning[] } {
  const { prompt, n, aspectRatio, resolution, duration, fps, seed, inputReferences = [], generateAudio = settings.generateAudio } = options;
  const warnings: SharedV4Warning[] = [];
  if (n > 1) warnings.push({ type: 'unsupported', feature: 'n', details: `One call makes one video, not ${n}.` });
  if (fps !== undefined) warnings.push({ type: 'unsupported', feature: 'fps', details: 'OpenRouter takes no frame rate; the model has its own.' });
  const frames = framesOf(options);
  return {
    warnings,
    request: {
      content: {
        prompt: prompt ?? '',
        ...(frames.length > 0 && { frame_images: frames }),
        ...(inputReferences.length > 0 && { input_references: inputReferences.map(referencePart) }),
      },
      settings: { aspect_ratio: aspectRatio, size: resolution, duration, seed, generate_audio: generateAudio },
    },
  };
}
