import { identify, isMarked, OpenRouterError, withFix } from './openrouter-error.js';

/** One thing that is wrong with what the caller gave. */
export interface OptionIssue {
  /** Where: `provider.data_collection`. */
  path: string;
  /** What is wrong, the offending value included where it cannot be a secret or a prompt. */
  message: string;
  /** What to write instead. */
  suggestion?: string;
}

/**
 * The caller's options or request are wrong; nothing was sent. All issues found are listed. It does not cover policies
 * that are right each but contradict one another: `PolicyConflictError`.
 *
 * @example
 * preferences({ dataCollection: 'denyy' }) // throws: provider.dataCollection: "denyy" is not … (did you mean "deny"?)
 */
export class InvalidOptionsError extends OpenRouterError {
  declare readonly issues: readonly OptionIssue[];

  constructor(issues: readonly OptionIssue[], options?: { cause?: unknown }) {
    super('invalid_options', issues.map(({ path, message, suggestion }) => withFix(`${path}: ${message}`, suggestion)).join('\n'), options);
    identify(this, 'InvalidOptionsError', { issues });
  }

  static override isInstance(value: unknown): value is InvalidOptionsError {
    return isMarked(value, 'InvalidOptionsError');
  }
}
