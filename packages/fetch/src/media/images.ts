import { type CallOptions, fromBase64, type ImagesResponse, misshapen, sendImages } from '@waypost/core';
import { configOf } from '../config-of.js';
import type { OpenRouter } from '../create-openrouter.js';
import type { ImagesInput } from './media-request.js';
import { type MediaResult, resultOf } from './media-result.js';

/** A picture that was made. */
export interface MadeImage {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where the server tells it: `image/png`. */
  mediaType: string | undefined;
  /** The prompt as the model took it, where it changed it. */
  revisedPrompt: string | undefined;
}

/** Pictures. */
export interface ImagesResult extends MediaResult<ImagesResponse> {
  images: MadeImage[];
}

/**
 * Makes pictures. Making them again costs again, so the request is sent once, whatever the client's `retry` says, and an error is `isRetryable`
 * only where it is certain that nothing was made.
 *
 * @throws as `chat`; a `PolicyConflictError` for a guardrail that the route would drop in silence, such as `zdr`; an `APIError` too when the
 * answer holds no pictures.
 * @example
 * const { images: [picture] } = await images(openrouter, { model: 'google/gemini-3-pro-image', prompt: 'A harbour at dawn' });
 */
export async function images(client: OpenRouter, request: ImagesInput, options?: CallOptions): Promise<ImagesResult> {
  const answer = await sendImages(configOf(client), { body: request, options });
  const made = answer.response.data.flatMap(({ b64_json: base64, media_type: mediaType, revised_prompt: revisedPrompt }) => {
    if (typeof base64 !== 'string' || base64 === '') return [];
    const bytes = fromBase64(base64);
    if (bytes === undefined) throw misshapen(answer, 'The answer has an image that is no base64');
    return [{ bytes, mediaType, revisedPrompt }];
  });
  if (made.length === 0) throw misshapen(answer, 'The answer has no images');
  return { images: made, ...resultOf(answer) };
}
