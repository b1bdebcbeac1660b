import type { JsonObject } from '../wire/open.js';
import type { MaxPrice, PercentileThresholds, ProviderSort, ProviderSortConfig } from '../wire/provider-preferences.js';

/** Where data may be processed: the in-region hosts of OpenRouter. */
export type Region = 'eu' | 'us';

/** Risks that a layer may take knowingly: see `resolveRequest`. */
export type Acknowledgement = 'preset-override' | 'cached-zdr';

/**
 * The internal value that layers are parsed into and folded as; it is printed to the wire once, at the end. An absent
 * field is no opinion. Guardrails only ever tighten; of preferences the inner layer's stands.
 */
export interface Policy {
  // Guardrails
  /** Entries of `only`; the endpoints admitted are those that any entry matches. */
  readonly only?: readonly string[];
  /** `order` with `allow_fallbacks: false` in one layer: these and no others, in this sequence. */
  readonly closed?: readonly string[];
  /** `allow_fallbacks: false` without `order` in that layer: one endpoint, no second try. `false` is a stated default. */
  readonly oneEndpoint?: boolean;
  readonly ignore?: readonly string[];
  /** `false` is a stated default, which any `true` overrules. So for the next two. */
  readonly zdr?: boolean;
  readonly enforceDistillableText?: boolean;
  readonly requireParameters?: boolean;
  readonly dataCollection?: 'allow' | 'deny';
  readonly quantizations?: readonly string[];
  readonly maxPrice?: MaxPrice;
  /** One list of globs per layer that has one: a model must match some glob of every list. */
  readonly allowedModels?: readonly (readonly string[])[];
  /** `conflict` when layers named different regions. */
  readonly region?: Region | 'conflict';
  /** Zero data retention that no acknowledgement in the same layer lets the response cache undermine. */
  readonly uncached?: boolean;
  // Preferences
  readonly order?: readonly string[];
  readonly sort?: ProviderSort | ProviderSortConfig;
  readonly preferredMinThroughput?: number | PercentileThresholds;
  readonly preferredMaxLatency?: number | PercentileThresholds;
  readonly options?: { readonly [slug: string]: JsonObject };
  /** Preference keys let through unchecked by `allowUnknownPreferences`. */
  readonly unknown?: { readonly [key: string]: unknown };
}

/** A stated loosening that changed nothing, since an outer layer, or the same one, is tighter. */
export interface Overruled {
  /** Wire name of the preference. */
  readonly field: string;
  /** The layer that tried. */
  readonly layer: string;
  /** What it asked for. */
  readonly asked: unknown;
  /** What holds instead. */
  readonly effective: unknown;
}

/** Something legal that probably is not what the caller meant. */
export interface Warning {
  /** Stable name, to filter by. */
  readonly code: string;
  /** Where: `provider.order[1]`. */
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}
