import type { ChatChunk } from '../wire/chunk.js';
import type { ErrorDetail } from '../wire/error-body.js';

function detailOf(error: ErrorDetail | string): ErrorDetail {
  return typeof error === 'object' ? error : { message: String(error) };
}

/**
 * The error that a chunk carries, in any of the shapes that servers use: a top-level `error` (an object, or bare text),
 * `choices[].error`, or `finish_reason: "error"` with no word about the cause, for which a detail is made up with the
 * code that the API gives to failed providers. Undefined for a good chunk.
 *
 * Source: OpenRouter API, streaming and errors.
 *
 * @example
 * errorOf({ error: { code: 502, message: 'Provider returned error' } }) // → { code: 502, message: … }
 */
export function errorOf(chunk: ChatChunk): ErrorDetail | undefined {
  if (chunk.error) return detailOf(chunk.error);
  const { choices } = chunk;
  if (!Array.isArray(choices)) return undefined;
  for (const choice of choices) {
    if (choice?.error) return detailOf(choice.error);
    if (choice?.finish_reason === 'error') {
      return {
        code: 502,
        message: 'The provider failed while generating, and gave no reason',
        ...(chunk.provider ? { metadata: { provider_name: chunk.provider } } : {}),
      };
    }
  }
  return undefined;
}
