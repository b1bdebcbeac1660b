import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { TOKEN_PRICES } from './fields.js';
import type { LintCode, Warn } from './lint-warn.js';
import type { Warning } from './policy.js';
import { createReport, show } from './report.js';
import { ignores } from './slugs.js';
import { checkPreferences } from './validate.js';

/** The well-known mistakes among what the checks refuse have codes of their own. */
function codeOf(path: string, message: string): LintCode {
  if (/\.(min_?throughput|max_?latency)$/i.test(path)) return 'threshold-name';
  if (path.endsWith('.route')) return 'route';
  if (message.startsWith('"quality"')) return 'sort-quality';
  return message.startsWith('":') ? 'variant-as-provider' : 'invalid-preference';
}

/** Lints `provider`, in either spelling, and gives what of it is sound, in wire spelling. */
export function lintProvider(provider: unknown, warn: Warn, warnings: Warning[]): ProviderPreferences {
  const report = createReport();
  const { known } = checkPreferences(provider, 'provider', report);
  for (const { path, message, suggestion } of report.issues) warn(codeOf(path, message), path, message, suggestion);
  for (const warning of report.warnings) {
    // what is linted may be sent as it is, without the checks that turn names into slugs
    warnings.push(warning.code === 'display-name' ? { ...warning, message: 'is a display name, which may match nothing' } : warning);
  }
  lintPrices(known, warn);
  lintLatency(known, warn);
  const { order, sort, ignore = [] } = known;
  if (order && sort !== undefined) {
    const rest = known.allow_fallbacks === false ? 'nothing, since only order is tried' : 'only what is left after order';
    warn('sort-with-order', 'provider.sort', `sorts ${rest}`, 'keep one of them');
  }
  for (const field of ['order', 'only'] as const) {
    for (const slug of known[field] ?? []) {
      if (!ignore.some((entry) => ignores(entry, slug))) continue;
      warn('listed-and-ignored', `provider.${field}`, `${show(slug)} is also ignored`, 'drop it from one of the lists');
    }
  }
  return known;
}

// Under a cent or two per million tokens there is hardly an endpoint; under USD 0.0001, only a price per token makes sense.
function lintPrices({ max_price: prices }: ProviderPreferences, warn: Warn): void {
  for (const key of TOKEN_PRICES) {
    const price = prices?.[key];
    if (!price || price >= 0.02) continue;
    const perToken = price < 0.0001;
    const meant = Number((price * (perToken ? 1e6 : 1e3)).toPrecision(12));
    warn(
      perToken ? 'price-per-token' : 'price-per-thousand',
      `provider.max_price.${key}`,
      `is in USD per million tokens; ${price} looks like a price per ${perToken ? 'token' : 'thousand'} and would exclude every endpoint`,
      `write ${meant}`,
    );
  }
}

function lintLatency({ preferred_max_latency: latency }: ProviderPreferences, warn: Warn): void {
  if (latency === undefined) return;
  for (const [key, value] of Object.entries(typeof latency === 'number' ? { '': latency } : latency)) {
    if (value == null || value < 100) continue;
    warn('latency-in-ms', `provider.preferred_max_latency${key && `.${key}`}`, `is in seconds; ${value} looks like milliseconds`, `write ${value / 1000}`);
  }
}
