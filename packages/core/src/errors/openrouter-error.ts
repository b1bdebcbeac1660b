import type { Receipt } from '../receipt/receipt.js';

/** Which error this is, as a stable string to switch on. */
export type ErrorCode =
  | 'invalid_options'
  | 'policy_conflict'
  | 'policy_violation'
  | 'api_error'
  | 'no_route'
  | 'network_error'
  | 'timeout'
  | 'stream_error'
  | (string & {});

export interface OpenRouterErrorOptions {
  cause?: unknown;
}

const marker = (name: string): symbol => Symbol.for(`waypost.error.${name}`);

/**
 * Makes `error` one of `name`, readable by another copy of this package. `fields` print with it; `hidden` ones, which may echo
 * prompts or content, are there to be read but not enumerable, so that no log prints them by itself.
 */
export function identify(error: Error, name: string, fields: object, hidden: object = {}): void {
  Object.assign(error, fields, { name });
  for (const [key, value] of Object.entries(hidden)) Object.defineProperty(error, key, { value, configurable: true });
  Object.defineProperty(error, marker(name), { value: true });
}

/** A message with what to do about it. */
export const withFix = (message: string, suggestion: string | undefined): string => (suggestion ? `${message} (${suggestion})` : message);

/** Whether `value` was identified as `name` by this or another copy of the package. */
export function isMarked(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker(name)] === true;
}

/**
 * The base of every error that Waypost throws of its own. It does not cover an abort by the caller, which rejects with the
 * signal's own reason.
 *
 * @example
 * try { await openrouter.chat(request) } catch (error) {
 *   if (OpenRouterError.isInstance(error)) console.error(error.code, error.receipt?.attempts);
 * }
 */
export class OpenRouterError extends Error {
  declare readonly name: string;
  declare readonly code: ErrorCode;
  /** What is known about the call that failed; absent where nothing was sent, or receipts are off. */
  declare receipt?: Receipt;
  /** Where a chain failed over and its last part failed too: the errors of the parts before, in order. */
  declare previousErrors?: readonly OpenRouterError[];

  constructor(code: ErrorCode, message: string, options?: OpenRouterErrorOptions) {
    super(message, options);
    identify(this, 'OpenRouterError', { code });
  }

  /** Works across copies and versions of the package, where `instanceof` does not. */
  static isInstance(value: unknown): value is OpenRouterError {
    return isMarked(value, 'OpenRouterError');
  }

  /**
   * What a log may hold: the message and all fields that print. What may echo a prompt, or content, is not enumerable and so left
   * out; that goes for each class below.
   */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), message: this.message };
  }
}
