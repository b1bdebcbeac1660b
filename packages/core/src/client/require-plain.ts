import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isPlain, isRecord } from '../policy/report.js';

/**
 * Refuses options that are no object literal: of an instance of a class, or of an object made from another one, a copy would lack what those
 * lend it, and a guardrail might be lost so. For adapters.
 *
 * @throws {InvalidOptionsError} that does not show them: they may be a key.
 * @example
 * requirePlain('sk-or-v1-…') // throws: options: expected an object, got string
 */
export function requirePlain(options: unknown, path = 'options'): void {
  if (isPlain(options)) return;
  throw new InvalidOptionsError([{ path, message: `expected ${isRecord(options) ? 'a plain object' : `an object, got ${typeof options}`}` }]);
}
