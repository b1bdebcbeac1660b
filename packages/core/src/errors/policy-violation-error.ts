import type { PolicyVerdict } from '../receipt/receipt.js';
import { isMarked, markError, OpenRouterError } from './openrouter-error.js';

/**
 * The response shows that a guardrail was not kept, or, under `verify: 'strict'`, cannot be shown to have been. It does not cover a
 * policy that contradicts itself (`PolicyConflictError`) or that no endpoint fits (`NoRouteError`). Never retryable: what was
 * sent has been processed.
 */
export class PolicyViolationError extends OpenRouterError {
  override readonly name: string = 'PolicyViolationError';
  readonly verdict: PolicyVerdict;
  readonly generationId: string | undefined;
  readonly isRetryable: false = false;

  constructor(verdict: PolicyVerdict, options: { generationId?: string; cause?: unknown } = {}) {
    const broken = Object.entries(verdict.guardrails).filter(([, guardrail]) => guardrail.verdict === verdict.overall);
    const list = broken.map(([name, { detail }]) => (detail ? `${name}: ${detail}` : name)).join('; ');
    super('policy_violation', `Policy ${verdict.overall}: ${list}`, 'cause' in options ? { cause: options.cause } : {});
    this.verdict = verdict;
    this.generationId = options.generationId;
    markError(this, 'PolicyViolationError');
  }

  static override isInstance(value: unknown): value is PolicyViolationError {
    return isMarked(value, 'PolicyViolationError');
  }
}
