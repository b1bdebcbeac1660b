import { type SharedV4FileData, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { toBase64 as bytesToBase64 } from '@waypost/core';

/** Bytes as base64; a string is base64 already. */
export const toBase64 = (data: Uint8Array | string): string => (typeof data === 'string' ? data : bytesToBase64(data));

// How base64 begins, by the kind of image.
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['iVBOR', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lG', 'image/gif'],
  ['UklGR', 'image/webp'],
];

const DEFAULTS: { readonly [topLevel: string]: string } = {
  image: 'image/jpeg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  text: 'text/plain',
  application: 'application/pdf',
};

/** A full media type: the AI SDK also passes `image` and `image/*`. */
function fullMediaType(mediaType: string, base64: string): string {
  const [top = '', sub = '*'] = mediaType.split('/');
  if (sub !== '*') return mediaType;
  const found = top === 'image' ? SIGNATURES.find(([start]) => base64.startsWith(start)) : undefined;
  return found?.[1] ?? DEFAULTS[top] ?? 'application/octet-stream';
}

/** A file as a data URL, or its URL as it is. @throws {UnsupportedFunctionalityError} for what no URL can stand for. */
export function fileUrl(data: SharedV4FileData, mediaType: string): string {
  switch (data.type) {
    case 'url': {
      const url = data.originalUrl ?? data.url.toString();
      if (/^(https?|data):/i.test(url)) return url;
      throw new UnsupportedFunctionalityError({ functionality: 'files by URLs other than http, https and data' });
    }
    case 'text': {
      return `data:${mediaType.includes('/') ? mediaType : 'text/plain'};base64,${toBase64(new TextEncoder().encode(data.text))}`;
    }
    case 'data': {
      if (typeof data.data === 'string' && /^(https?|data):/i.test(data.data)) return data.data;
      const base64 = toBase64(data.data);
      return `data:${fullMediaType(mediaType, base64)};base64,${base64}`;
    }
    default:
      throw new UnsupportedFunctionalityError({ functionality: `files of type ${data.type}` });
  }
}

/** What a data URL of base64 holds; any other URL is `undefined`. */
export function parseDataUrl(url: string): { mediaType: string | undefined; base64: string } | undefined {
  const comma = url.indexOf(',');
  const [, mediaType] = /^data:([^;,]*)[^,]*;base64$/i.exec(url.slice(0, comma)) ?? [];
  if (mediaType === undefined) return undefined;
  return { mediaType: mediaType || undefined, base64: url.slice(comma + 1) };
}
