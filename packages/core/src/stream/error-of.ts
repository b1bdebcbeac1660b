import { isRecord } from '../policy/report.js';
import type { ChatChunk } from '../wire/chunk.js';
import type { ErrorDetail } from '../wire/error-body.js';

/** An answer that is over, with no error. */
export const FINISHED = 'finished';

// Every field of a detail is optional and read with care, so any object is one; some servers send bare text.
const detailOf = (error: unknown): ErrorDetail => (isRecord(error) ? error : { message: String(error) });

/**
 * What of an ending a chunk carries: an error, a finish reason, or nothing. The error comes in any of the shapes that servers use: a
 * top-level `error` (an object, or bare text), `choices[].error`, or `finish_reason: "error"` with no word about the cause, for
 * which a detail is made up with the code that the API gives to failed providers.
 *
 * Source: OpenRouter API, streaming and errors.
 *
 * @example
 * endingOf({ error: { code: 502, message: 'Provider returned error' } }) // → { code: 502, message: … }
 */
export function endingOf({ error, choices, provider }: ChatChunk): ErrorDetail | typeof FINISHED | undefined {
  if (error) return detailOf(error);
  if (!Array.isArray(choices)) return undefined;
  let ending: typeof FINISHED | undefined;
  // hot: once per chunk, one walk for both questions
  for (const choice of choices) {
    if (choice?.error) return detailOf(choice.error);
    const reason = choice?.finish_reason;
    if (reason === 'error') {
      const metadata = provider ? { metadata: { provider_name: provider } } : {};
      return { code: 502, message: 'The provider failed while generating, and gave no reason', ...metadata };
    }
    if (reason) ending = FINISHED;
  }
  return ending;
}

/** The error that a chunk, or a whole answer, carries; undefined for a good one. */
export function errorOf(chunk: ChatChunk): ErrorDetail | undefined {
  const ending = endingOf(chunk);
  return ending === FINISHED ? undefined : ending;
}
