import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { Warning } from './policy.js';
import type { ProviderPreferencesInput } from './preferences-input.js';
import { createReport, throwIssues } from './report.js';
import { checkPreferences } from './validate.js';
import { FIELDS } from './fields.js';

export interface PreferencesOptions {
  /** Sends keys unknown to this version as they are. Default `false`: they are errors. */
  allowUnknownPreferences?: boolean;
  /** Called for what is legal but odd: display names, unknown providers. Default: ignored. */
  onWarning?: (warning: Warning) => void;
}

// What the server assumes anyway; `false` for a filter has no effect.
const DEFAULTS: { readonly [field: string]: unknown } = {
  allow_fallbacks: true,
  require_parameters: false,
  data_collection: 'allow',
  zdr: false,
  enforce_distillable_text: false,
};

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * Checks provider preferences and gives the `provider` object that goes on the wire: keys in snake_case, prices in USD
 * per million tokens, display names as slugs; stated defaults and empty objects are left out.
 *
 * @throws {InvalidOptionsError} listing every wrong value, unknown key, misspelt provider and empty list.
 * @example
 * preferences({ sort: 'throughput', allowFallbacks: false, maxPrice: { prompt: usd.perThousand(0.005) } })
 * // → { allow_fallbacks: false, sort: 'throughput', max_price: { prompt: 5 } }
 *
 * Source: OpenRouter API, provider routing.
 */
export function preferences(input: ProviderPreferencesInput, options: PreferencesOptions = {}): ProviderPreferences {
  const report = createReport();
  const { known, unknown } = checkPreferences(input, 'provider', report, options.allowUnknownPreferences);
  throwIssues(report);
  if (options.onWarning) report.warnings.forEach(options.onWarning);
  const wire: Record<string, unknown> = {};
  for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    const value = known[field];
    if (value !== undefined && value !== DEFAULTS[field] && !isEmpty(value)) wire[field] = value;
  }
  return { ...wire, ...unknown };
}
