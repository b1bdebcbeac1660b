import type { PolicyOptions } from '../policy/layer-policy.js';
import type { Policy } from '../policy/policy.js';
import type { MaxPriceInput } from '../policy/preferences-input.js';

/**
 * A model of a failover chain. One with limits of its own, which only tighten the policy, travels in a request of its own.
 *
 * @example
 * models: ['openai/gpt-5.1', { model: 'anthropic/claude-sonnet-4.6', maxPrice: { completion: 15 }, timeout: 20_000 }]
 */
export type ModelEntry = string | { model: string; maxPrice?: MaxPriceInput; timeout?: number };

/** What one place where a user can write options says about a request: the client's constructor, a model's settings, a call. */
export interface RequestLayer extends PolicyOptions {
  /** How messages and receipts name it: `client`, `model`, `call`, `extraBody` … */
  readonly name: string;
  /** What stands before option names in messages. Default: nothing. */
  readonly path?: string;
  /** The policy options of this layer, where they have been parsed already. `provider` and the others are folded into it. */
  readonly policy?: Policy;
  /** Fallback models; an inner layer's list replaces an outer one's. */
  readonly models?: readonly ModelEntry[] | null | undefined;
  /**
   * Fields for the request's body, in wire spelling. A `provider` in it is folded like any other, `models` replaces, and
   * `model`, `messages` and `stream` are refused.
   */
  readonly body?: { readonly [field: string]: unknown } | null | undefined;
}
