import type { ProviderPreferences } from '../wire/provider-preferences.js';

/** Where data may be processed: the in-region hosts of OpenRouter. */
export type Region = 'eu' | 'us';

/** Risks that a layer may take knowingly: see `resolveRequest`. */
export type Acknowledgement = 'preset-override' | 'cached-zdr';

/**
 * The internal value that layers are parsed into and folded as; it is printed to the wire once, at the end. An absent
 * field is no opinion. Guardrails only ever tighten; of preferences the inner layer's stands. Preferences go by their wire
 * names and are checked: slugs and quantizations known or let through, prices in USD per million tokens or per unit.
 */
export interface Policy extends Readonly<ProviderPreferences> {
  /** `order` with `allow_fallbacks: false` in one layer: these and no others, in this sequence. */
  readonly closed?: readonly string[];
  /** Only where it does not close an `order`: `false` is one endpoint and no second try, `true` a stated default. */
  readonly allow_fallbacks?: boolean;
  /** One list of globs per layer that has one: a model must match some glob of every list. */
  readonly allowedModels?: readonly (readonly string[])[];
  /** `conflict` when layers named different regions. */
  readonly region?: Region | 'conflict';
  /** Zero data retention that no acknowledgement in the same layer lets the response cache undermine. */
  readonly uncached?: boolean;
  /** Preference keys let through unchecked by `allowUnknownPreferences`. */
  readonly unknown?: { readonly [key: string]: unknown };
}

/** A policy in the making. */
export type MutablePolicy = { -readonly [Key in keyof Policy]: Policy[Key] };

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
