import type { RoutingFunnelStep } from '../wire/error-body.js';
import { APIError, type APIErrorOptions } from './api-error.js';
import { identify, isMarked, withFix } from './openrouter-error.js';

/** What a {@link NoRouteError} adds; see its fields. */
export interface NoRouteErrorOptions extends APIErrorOptions {
  funnel?: readonly RoutingFunnelStep[];
  failedStep?: string;
  preference?: string;
  suggestion?: string;
}

/**
 * The server found no endpoint that fits the model and the preferences. It says where the routing ended, and, as far as that can
 * be told, which preference is to blame. It does not cover preferences that contradict one another before anything is sent
 * (`PolicyConflictError`), nor a model that does not exist (`APIError` with reason `model-not-found`).
 *
 * @example
 * if (NoRouteError.isInstance(error)) console.error(error.preference, error.suggestion); // 'max_price', 'raise max_price …'
 */
export class NoRouteError extends APIError {
  /** The steps that left an endpoint, with how many. */
  declare readonly funnel: readonly RoutingFunnelStep[];
  /** The step that left none, by the server's name: `Filter by Max Price`. */
  declare readonly failedStep: string | undefined;
  /** Wire name of the preference or field to blame: `only`, `zdr`, `max_price`, `tools` … */
  declare readonly preference: string | undefined;
  /** What to change. */
  declare readonly suggestion: string | undefined;

  constructor(options: NoRouteErrorOptions) {
    const { funnel = [], failedStep, preference, suggestion } = options;
    super({ ...options, message: withFix(options.message, suggestion) }, 'no_route');
    identify(this, 'NoRouteError', { funnel, failedStep, preference, suggestion });
  }

  static override isInstance(value: unknown): value is NoRouteError {
    return isMarked(value, 'NoRouteError');
  }
}
