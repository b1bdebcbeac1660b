import { compact } from '../compact.js';
import { APIError } from '../errors/api-error.js';
import { OpenRouterError } from '../errors/openrouter-error.js';
import { reasonOf } from '../errors/reason-of.js';
import type { AttemptRecord } from '../receipt/receipt.js';

/** Records are kept, and providers like to quote the request: what a provider said stays in the error. */
function recordMessage(error: OpenRouterError, told: APIError | undefined): string {
  if (told === undefined || (told.raw === undefined && told.provider === undefined)) return error.message;
  return `${told.provider ?? 'The provider'} answered with ${told.errorType ?? told.status}`;
}

/** What a receipt keeps of a failed attempt. */
export function failureRecord(error: unknown, aborted: boolean): Omit<AttemptRecord, 'models' | 'durationMs'> {
  if (aborted) return { outcome: 'aborted' };
  if (!OpenRouterError.isInstance(error)) return { outcome: 'error', reason: 'unknown' };
  const told = APIError.isInstance(error) ? error : APIError.isInstance(error.cause) ? error.cause : undefined;
  const { status, provider, generationId } = told ?? {};
  return compact({ outcome: 'error', reason: reasonOf(error), message: recordMessage(error, told), status, provider, generationId });
}
