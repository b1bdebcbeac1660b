import { APIError } from '../errors/api-error.js';
import type { InferenceAnswer } from './send-inference.js';

/** The error for an answer with a good status that lacks what it is for; the receipt is on it, since it may have cost something. */
export function misshapen({ status, headers, response, receipt, redact }: InferenceAnswer, message: string): APIError {
  const error = new APIError({ message: redact(message), status, reason: 'unknown', isRetryable: false, responseHeaders: redact(headers), responseBody: redact(response) });
  if (receipt) error.receipt = receipt;
  return error;
}
