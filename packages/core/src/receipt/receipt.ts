import type { Overruled } from '../policy/policy.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { RouterMetadata } from '../wire/router-metadata.js';
import type { Usage } from '../wire/usage.js';

/** One HTTP request that the client made for a call. */
export interface AttemptRecord {
  /** The models this request named, in order. */
  models: readonly string[];
  outcome: 'ok' | 'error' | 'aborted';
  /** HTTP status, where there was a response. */
  status?: number;
  /** Why it failed: `rate-limit`, `timeout`, `server`, `no-route` … (see `FailureReason`). */
  reason?: string;
  /** The error's message, free of keys and prompts. */
  message?: string;
  provider?: string;
  generationId?: string;
  /** Milliseconds from sending to the end of this attempt. */
  durationMs: number;
  /** Milliseconds waited after it, before the next. */
  waitedMs?: number;
}

/** How one guardrail fared, as far as the response can tell. */
export type Verdict = 'kept' | 'violated' | 'unverifiable';

/** The verdict on one guardrail, and what it is based on, where it is not `kept`. */
export interface Finding {
  verdict: Verdict;
  detail?: string;
}

export interface PolicyVerdict {
  /** The worst of all: `violated` before `unverifiable` before `kept`. */
  overall: Verdict;
  /** By wire name, for each guardrail in force; empty where none is. */
  guardrails: { [guardrail: string]: Finding };
}

/** Tokens by kind; what the server did not say is absent, not zero. */
export interface TokenUsage {
  inputTokens?: number;
  outputTokens?: number;
  totalTokens?: number;
  reasoningTokens?: number;
  cachedInputTokens?: number;
  cacheWriteTokens?: number;
}

/** USD. */
export interface ReceiptCost {
  /** Charged to the OpenRouter account. */
  total?: number;
  /** What the upstream provider charges; on an own key it comes on top of `total`. */
  upstream?: number;
  isByok?: boolean;
  /** Some attempt's cost is unknown, so that `total` may be too low. */
  partial: boolean;
}

/**
 * What happened to one call. Plain JSON; never holds a key or a prompt. `receipt: 'summary'` leaves out `policy`,
 * `attempts`, `router` and `rawUsage`.
 */
export interface Receipt {
  /** Generation id, for `GET /generation?id=`. */
  id?: string;
  /** The chain asked for: `[model, ...models]` without duplicates. */
  requested: readonly string[];
  served?: {
    model?: string;
    /** Display name. */
    provider?: string;
    /** Slug of `provider`, where it is known. */
    providerSlug?: string;
  };
  /** Another model than the first, another window, or a second endpoint served. */
  fallbackUsed: boolean;
  /** The router's strategy, where its metadata was asked for. */
  strategy?: string;
  finishReason?: string;
  usage?: TokenUsage;
  cost: ReceiptCost;
  /** Milliseconds since the call began. */
  timing: { firstTokenMs?: number; totalMs: number };
  overruled: readonly Overruled[];
  verdict: PolicyVerdict;
  /** Effective policy as sent; `allowedModels` and `region` are Waypost's own guardrails. */
  policy?: { provider?: ProviderPreferences; allowedModels?: readonly (readonly string[])[]; region?: string };
  attempts?: readonly AttemptRecord[];
  router?: RouterMetadata;
  rawUsage?: Usage;
}
