import type { LanguageModelV4File, LanguageModelV4Source } from '@ai-sdk/provider';
import type { Annotation, GeneratedAudio, GeneratedImage, UrlCitation } from '@waypost/core';
import { objectsOf } from '../call/objects-of.js';
import { parseDataUrl } from '../request/data-url.js';

/** Whether an annotation cites something; any other is of a file. */
export function isCitation(annotation: Annotation): annotation is UrlCitation {
  return annotation.type === 'url_citation' && 'url_citation' in annotation && typeof annotation.url_citation === 'object' && annotation.url_citation !== null;
}

/** A web page that an answer cites, as a source; one without an address is none. */
export function convertSource({ url_citation: cited }: UrlCitation): LanguageModelV4Source | undefined {
  // Any field may be missing, or null.
  const { url, title, content, start_index: startIndex, end_index: endIndex }: { readonly [field: string]: unknown } = { ...cited };
  if (typeof url !== 'string') return undefined;
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const places = { content: text(content), startIndex: number(startIndex), endIndex: number(endIndex) };
  return { type: 'source', sourceType: 'url', id: url, url, title: text(title), providerMetadata: { openrouter: places } };
}

/** Annotations that are not citations: parsed files, to be sent back so that they are not parsed again. */
export function otherAnnotations(annotations: readonly Annotation[] | null | undefined): Annotation[] {
  return objectsOf(annotations).filter((annotation) => !isCitation(annotation));
}

/** A picture that the model made. */
export function convertImage(image: GeneratedImage): LanguageModelV4File | undefined {
  const url: unknown = image.image_url?.url;
  if (typeof url !== 'string') return undefined;
  const data = parseDataUrl(url);
  if (data) return { type: 'file', mediaType: data.mediaType ?? 'image/png', data: { type: 'data', data: data.base64 } };
  return URL.canParse(url) ? { type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL(url) } } : undefined;
}

/** Sound that the model made, in the format that was asked for. */
export function convertAudio(audio: GeneratedAudio | null | undefined, format: string | undefined): LanguageModelV4File | undefined {
  if (!audio?.data || typeof audio.data !== 'string') return undefined;
  const { id, transcript, expires_at: expiresAt } = audio;
  return {
    type: 'file',
    mediaType: `audio/${format === 'mp3' ? 'mpeg' : (format ?? 'wav')}`,
    data: { type: 'data', data: audio.data },
    providerMetadata: { openrouter: { ...(id !== undefined && { id }), ...(transcript !== undefined && { transcript }), ...(expiresAt !== undefined && { expiresAt }) } },
  };
}
