import type { PolicyOptions } from '../policy/layer-policy.js';
import type { Warning } from '../policy/policy.js';
import type { VerificationCatalogue } from '../receipt/catalogue.js';
import type { ReceiptDetail } from '../receipt/collect.js';
import type { Attribution, CacheOption } from '../request/headers.js';
import type { ModelEntry } from '../request/layers.js';
import type { FailoverOptions } from '../transport/failover.js';
import type { RetryOptions } from '../transport/retry.js';
import type { Effects, FetchFunction, SizeLimits, TimeLimits } from '../transport/types.js';
import type { Hooks } from './hooks.js';

/**
 * What to do when a response does not prove that the policy was kept: nothing but tell it in the receipt (`false`, the
 * default), reject a violation (`'throw'`), or reject what cannot be verified too (`'strict'`). An inner layer can only be stricter.
 */
export type VerifyOption = false | 'throw' | 'strict';

/** What can be set for one call as well as for a client; the call's word stands, but for guardrails and `verify`. */
export interface SharedOptions extends PolicyOptions, TimeLimits {
  /** Fallback models, tried in order after the call's own. Longer chains than the server takes fail over on the client. */
  models?: readonly ModelEntry[] | null | undefined;
  /** Extra headers. */
  headers?: { readonly [name: string]: string | undefined } | undefined;
  /** Response caching by OpenRouter. Default off. */
  cache?: CacheOption | undefined;
  verify?: VerifyOption | undefined;
  /** Endpoints to verify retention and quantization against. */
  catalogue?: VerificationCatalogue | undefined;
  /** Default `full`. */
  receipt?: ReceiptDetail | undefined;
}

/** How calls are run; an inner layer's word stands, and its hooks are called after the outer ones. */
export interface RunOptions {
  /** Repeating failed calls; `false` switches it off, a number is `maxRetries`. What an inner layer leaves out is as the outer one has it. */
  retry?: RetryOptions | number | false | undefined;
  /** What passes on to the next window of a long chain; `false` refuses chains longer than the server takes. */
  failover?: FailoverOptions | false | undefined;
  /** Called as a call goes along; several, in order, as a list. */
  hooks?: Hooks | readonly Hooks[] | undefined;
}

/** Options that every Waypost client takes, whichever framework it is for. */
export interface ClientOptions extends SharedOptions, RunOptions, Attribution {
  /** The key, or a function that gives it, asked anew for each request. Default: `OPENROUTER_API_KEY`. */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Default: `OPENROUTER_BASE_URL`, else OpenRouter's, or the region's. */
  baseURL?: string | undefined;
  /** Default: the platform's. */
  fetch?: FetchFunction | undefined;
  /** Whether to ask for the router's account of each request. Default: `true` outside browsers. */
  metadata?: boolean | undefined;
  /**
   * Looks each request over for what is legal but probably not meant, and adds its findings to the warnings. An option, and not
   * always on, so that only those who want it ship it. Default: none.
   *
   * @example
   * import { lintRequest } from '@waypost/core';
   * createOpenRouter({ lint: lintRequest, hooks: { onWarning: (warning) => console.warn(warning.message) } });
   */
  lint?: ((request: { readonly [field: string]: unknown }, context: { headers: { readonly [name: string]: string }; path: string }) => readonly Warning[]) | undefined;
  /** Bounds on what a server may send. */
  sizes?: Partial<SizeLimits> | undefined;
  /** Clock, waits, timers and randomness; for tests. */
  effects?: Partial<Effects> | undefined;
}

/** Options of one call. */
export interface CallOptions extends SharedOptions, RunOptions {
  signal?: AbortSignal | undefined;
}
