import { type LanguageModelV4FilePart, type SharedV4ProviderOptions, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { type CacheControl, type ContentPart, InvalidOptionsError } from '@waypost/core';
import { isRecord } from '../call/is-record.js';
import { fileUrl, parseDataUrl } from './data-url.js';

/**
 * What a message, part or tool says to us in its provider options. What an answer said may stand there too: who served, by name.
 *
 * @throws {InvalidOptionsError} for preferences, which hold for calls.
 */
export function own(options: SharedV4ProviderOptions | undefined): { readonly [name: string]: unknown } {
  const said = options?.['openrouter'] ?? {};
  if (!isRecord(said['provider'])) return said;
  const issue = { path: 'providerOptions.openrouter.provider', message: 'is read by nobody on a message, a part or a tool', suggestion: 'give it to the call, the model or the provider' };
  throw new InvalidOptionsError([issue]);
}

/** The cache mark of a message, part or tool: ours, or Anthropic's, which means the same. */
export function cacheControl(options: SharedV4ProviderOptions | undefined): CacheControl | undefined {
  const { cacheControl: ours, cache_control: wire } = own(options);
  const anthropic = options?.['anthropic'];
  const mark = ours ?? wire ?? anthropic?.['cacheControl'] ?? anthropic?.['cache_control'];
  // The server checks it; a mark of an unknown shape passes as it is.
  return mark == null ? undefined : (mark as CacheControl);
}

/** The mark as a field to spread. */
export function marked(mark: CacheControl | undefined): { cache_control?: CacheControl } {
  return mark ? { cache_control: mark } : {};
}

export function textPart(text: string, mark: CacheControl | undefined): ContentPart {
  return { type: 'text', text, ...marked(mark) };
}

// Where the name of a format is not the subtype of its media type.
export const AUDIO_FORMATS: { readonly [subtype: string]: string } = {
  mpeg: 'mp3', 'x-wav': 'wav', wave: 'wav', vorbis: 'ogg', 'x-aac': 'aac', 'x-m4a': 'm4a', mp4: 'm4a', 'x-aiff': 'aiff', 'x-flac': 'flac',
};

function audioPart(url: string, mediaType: string): ContentPart {
  const data = parseDataUrl(url);
  if (!data) throw new UnsupportedFunctionalityError({ functionality: 'audio by URL', message: 'Audio must be given as data: OpenRouter does not fetch it from a URL.' });
  const type = mediaType.includes('/') && !mediaType.endsWith('*') ? mediaType : (data.mediaType ?? 'audio/mpeg');
  const [subtype = ''] = type.slice(type.indexOf('/') + 1).split(';');
  return { type: 'input_audio', input_audio: { data: data.base64, format: AUDIO_FORMATS[subtype] ?? subtype } };
}

type FileLike = Pick<LanguageModelV4FilePart, 'data' | 'mediaType' | 'filename' | 'providerOptions'>;

/** A file of a prompt or a tool result as the part that fits its media type. @throws {UnsupportedFunctionalityError} */
export function filePart(part: FileLike): ContentPart {
  const { data, mediaType } = part;
  const { filename = part.filename ?? '', detail } = own(part.providerOptions);
  if (data.type === 'reference') {
    const id = data.reference['openrouter'];
    if (id === undefined) throw new UnsupportedFunctionalityError({ functionality: 'files by a reference of another provider' });
    return { type: 'file', file: { file_id: id, ...(filename !== '' && { filename: String(filename) }) } };
  }
  const url = fileUrl(data, mediaType);
  switch (mediaType.split('/')[0]) {
    case 'image':
      return { type: 'image_url', image_url: { url, ...(typeof detail === 'string' && { detail }) } };
    case 'video':
      return { type: 'video_url', video_url: { url } };
    case 'audio':
      return audioPart(url, mediaType);
    default:
      return { type: 'file', file: { filename: String(filename), file_data: url } };
  }
}
