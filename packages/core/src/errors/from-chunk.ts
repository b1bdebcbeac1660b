import type { Head } from '../stream/accumulator.js';
import { textOf } from '../text-of.js';
import type { ErrorDetail } from '../wire/error-body.js';
import type { APIError } from './api-error.js';
import { type ErrorContext, errorFromDetail } from './from-detail.js';

/** The typed error for the error that a chunk carries, `detail` being what `errorOf(chunk)` found. */
export function errorFromChunk(detail: ErrorDetail, chunk: Head, context: ErrorContext): APIError {
  return errorFromDetail(detail, {
    ...context,
    generationId: textOf(chunk.id) || context.generationId,
    provider: textOf(chunk.provider) || context.provider,
  });
}
