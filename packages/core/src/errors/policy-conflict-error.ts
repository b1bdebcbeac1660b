import { isMarked, markError, OpenRouterError } from './openrouter-error.js';

/**
 * The guardrails of the layers leave nothing to route to, or the route, the preset or the cache asked for cannot honour them.
 * Nothing was sent. It does not cover a server that finds no endpoint for a sound policy: `NoRouteError`.
 *
 * @example
 * // client: { only: ['azure'] }, call: { only: ['openai'] }
 * // PolicyConflictError: provider.only: "azure" (client) and "openai" (call) have no provider in common
 */
export class PolicyConflictError extends OpenRouterError {
  override readonly name: string = 'PolicyConflictError';
  /** The guardrail that cannot be met: `only`, `ignore`, `quantizations`, `zdr`, `region` … */
  readonly field: string;
  /** The layers that state it, outermost first: `client`, `model`, `call` … */
  readonly layers: readonly string[];
  /** What would resolve it. */
  readonly suggestion: string | undefined;

  constructor(options: { field: string; message: string; layers?: readonly string[]; suggestion?: string; cause?: unknown }) {
    const { field, message, layers = [], suggestion, ...rest } = options;
    super('policy_conflict', `${field}: ${message}${suggestion ? ` (${suggestion})` : ''}`, rest);
    this.field = field;
    this.layers = layers;
    this.suggestion = suggestion;
    markError(this, 'PolicyConflictError');
  }

  static override isInstance(value: unknown): value is PolicyConflictError {
    return isMarked(value, 'PolicyConflictError');
  }
}
