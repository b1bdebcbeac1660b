import { identify, isMarked, OpenRouterError, withFix } from './openrouter-error.js';

/**
 * The guardrails of the layers leave nothing to route to, or the route, the preset or the cache asked for cannot honour them.
 * Nothing was sent. It does not cover a server that finds no endpoint for a sound policy: `NoRouteError`.
 *
 * @example
 * // client: { only: ['azure'] }, call: { only: ['openai'] }
 * // PolicyConflictError: provider.only: "azure" (client) and "openai" (call) have no provider in common
 */
export class PolicyConflictError extends OpenRouterError {
  /** The guardrail that cannot be met: `only`, `ignore`, `quantizations`, `zdr`, `region` … */
  declare readonly field: string;
  /** The layers that state it, outermost first: `client`, `model`, `call` … */
  declare readonly layers: readonly string[];
  /** What would resolve it. */
  declare readonly suggestion: string | undefined;

  constructor(options: { field: string; message: string; layers?: readonly string[]; suggestion?: string; cause?: unknown }) {
    const { field, message, layers = [], suggestion } = options;
    super('policy_conflict', withFix(`${field}: ${message}`, suggestion), options);
    identify(this, 'PolicyConflictError', { field, layers, suggestion });
  }

  static override isInstance(value: unknown): value is PolicyConflictError {
    return isMarked(value, 'PolicyConflictError');
  }
}
