import { type Experimental_VideoModelV4File as VideoModelV4File, type ImageModelV4File, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { fileUrl } from '../request/data-url.js';

/** A picture or film that a model is to work from, as the wire takes it: by its URL, or as a data URL. */
export function mediaUrl(file: ImageModelV4File | VideoModelV4File): string {
  if (file.type === 'file') return fileUrl({ type: 'data', data: file.data }, file.mediaType || 'image/*');
  if (/^(https?|data):/i.test(file.url)) return file.url;
  throw new UnsupportedFunctionalityError({ functionality: 'files by URLs other than http, https and data' });
}

/** The same as a part of the wire. */
export function imagePart(file: ImageModelV4File | VideoModelV4File): { type: 'image_url'; image_url: { url: string } } {
  return { type: 'image_url', image_url: { url: mediaUrl(file) } };
}
