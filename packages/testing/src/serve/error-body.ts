import type { ErrorBody, ErrorMetadata, ErrorType, RouterMetadata } from '@waypost/core';

/** The account in error bodies of real traffic; here an invented one. */
const USER_ID = 'user_gateway';

export interface ErrorOptions {
  readonly metadata?: ErrorMetadata;
  /** Whether the body names the user, as some do. */
  readonly user?: boolean;
  readonly router?: RouterMetadata;
  /** Says the type of the error at the top too, as `/responses` does. */
  readonly typed?: boolean;
}

export function errorBody(code: number, message: string, options: ErrorOptions = {}): ErrorBody & { readonly error_type?: ErrorType } {
  return {
    error: { message, code, ...(options.metadata === undefined ? {} : { metadata: options.metadata }) },
    ...(options.typed === true && options.metadata?.error_type !== undefined ? { error_type: options.metadata.error_type } : {}),
    ...(options.user === true ? { user_id: USER_ID } : {}),
    ...(options.router === undefined ? {} : { openrouter_metadata: options.router }),
  };
}
