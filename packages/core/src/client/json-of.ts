import { InvalidOptionsError } from '../errors/invalid-options-error.js';

/** A body as it is sent. @throws {InvalidOptionsError} for what JSON has no word for: a `bigint`, an object that holds itself. */
export function jsonOf(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new InvalidOptionsError([{ path: 'request', message: 'cannot be written as JSON', suggestion: 'no bigint, and nothing that holds itself' }], { cause });
  }
}
