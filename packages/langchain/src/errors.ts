import { APIError, InvalidOptionsError, type OpenRouterError } from '@waypost/core';

/** A kind of errors, for `instanceof` and for `isInstance`, which works across copies of the package. */
export interface ErrorKind<Kind extends OpenRouterError> {
  isInstance(error: unknown): error is Kind;
  [Symbol.hasInstance](error: unknown): error is Kind;
}

const kind = <Kind extends OpenRouterError>(isInstance: (error: unknown) => error is Kind): ErrorKind<Kind> => ({ isInstance, [Symbol.hasInstance]: isInstance });

/** The key is missing, or the server refused it: status 401 or 403. */
export type OpenRouterAuthError = APIError | InvalidOptionsError;

/**
 * The errors of a key that is missing or refused.
 *
 * @example
 * if (OpenRouterAuthError.isInstance(error)) askForAnotherKey();
 */
export const OpenRouterAuthError: ErrorKind<OpenRouterAuthError> = kind(
  (error): error is OpenRouterAuthError =>
    (APIError.isInstance(error) && (error.status === 401 || error.status === 403)) ||
    (InvalidOptionsError.isInstance(error) && error.issues.some(({ path }) => path === 'apiKey')),
);

/** The server answered that there were too many requests: status 429. */
export type OpenRouterRateLimitError = APIError;

/**
 * The errors of a rate limit; `retryAfterMs` says how long to wait, where the server did.
 *
 * @example
 * if (OpenRouterRateLimitError.isInstance(error)) await later(error.retryAfterMs);
 */
export const OpenRouterRateLimitError: ErrorKind<OpenRouterRateLimitError> = kind(
  (error): error is OpenRouterRateLimitError => APIError.isInstance(error) && error.status === 429,
);
