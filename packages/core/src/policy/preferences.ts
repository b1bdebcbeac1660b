import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { Warning } from './policy.js';
import type { ProviderPreferencesInput } from './preferences-input.js';
import { DEFAULTS, FIELD_NAMES, inOrder } from './fields.js';
import { createReport, throwIssues } from './report.js';
import { checkPreferences } from './validate.js';

export interface PreferencesOptions {
  /** Sends keys unknown to this version as they are. Default `false`: they are errors. */
  allowUnknownPreferences?: boolean;
  /** Called for what is legal but odd: display names, unknown providers. Default: ignored. */
  onWarning?: (warning: Warning) => void;
}

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
  for (const field of FIELD_NAMES) if (known[field] === DEFAULTS[field]) delete known[field];
  return { ...inOrder(known), ...unknown };
}
