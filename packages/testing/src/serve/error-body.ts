import type { ErrorBody, ErrorMetadata, RouterMetadata } from '@waypost/core';

/** The account in error bodies of real traffic; here an invented one. */
const USER_ID = 'user_gateway';

export interface ErrorOptions {
  readonly metadata?: ErrorMetadata;
  /** Whether the body names the user, as some do. */
  readonly user?: boolean;
  readonly router?: RouterMetadata;
}

export function errorBody(code: number, message: string, options: ErrorOptions = {}): ErrorBody {
  return {
    error: { message, code, ...(options.metadata === undefined ? {} : { metadata: options.metadata }) },
    ...(options.user === true ? { user_id: USER_ID } : {}),
    ...(options.router === undefined ? {} : { openrouter_metadata: options.router }),
  };
}
