import type { PolicyVerdict } from '../receipt/receipt.js';
import { identify, isMarked, OpenRouterError } from './openrouter-error.js';

/**
 * The response shows that a guardrail was not kept, or, under `verify: 'strict'`, cannot be shown to have been. It does not cover a
 * policy that contradicts itself (`PolicyConflictError`) or that no endpoint fits (`NoRouteError`). Never retryable: what was
 * sent has been processed.
 */
export class PolicyViolationError extends OpenRouterError {
  declare readonly verdict: PolicyVerdict;
  declare readonly generationId: string | undefined;
  declare readonly isRetryable: false;

  constructor(verdict: PolicyVerdict, options: { generationId?: string | undefined; cause?: unknown } = {}) {
    const broken = Object.entries(verdict.guardrails).filter(([, guardrail]) => guardrail.verdict === verdict.overall);
    const list = broken.map(([name, { detail }]) => (detail ? `${name}: ${detail}` : name)).join('; ');
    super('policy_violation', `Policy ${verdict.overall}: ${list}`, options);
    identify(this, 'PolicyViolationError', { verdict, generationId: options.generationId, isRetryable: false });
  }

  static override isInstance(value: unknown): value is PolicyViolationError {
    return isMarked(value, 'PolicyViolationError');
  }
}
