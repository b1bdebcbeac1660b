import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import type { Pricing, PricingOverride } from '../wire/models.js';
import { includes } from './model.js';

/** When and how long a request is: what conditional prices depend on. */
export interface PricingConditions {
  /** Tokens of the prompt, cached ones included. Default 0. */
  promptTokens?: number;
  /** Milliseconds since the epoch. Without it, prices for times of day do not apply. */
  at?: number;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY_MS = 86_400_000;
const CONDITIONS = new Set(['min_prompt_tokens', 'utc_start', 'utc_end', 'utc_days']);

/** Whether a moment is within the hours and days of an override. Hours over midnight belong to the day on which they begin. */
function inTime({ utc_start: start, utc_end: end, utc_days: days }: PricingOverride, at: number | undefined): boolean {
  if (start == null && end == null && days == null) return true;
  if (at === undefined) return false;
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return false;
  const time = date.getUTCHours() * 100 + date.getUTCMinutes();
  const from = start ?? 0;
  const to = end ?? 2400;
  const overnight = from > to;
  if (overnight ? time < from && time >= to : time < from || time >= to) return false;
  const begun = overnight && time < to ? new Date(at - DAY_MS) : date;
  return days == null || includes(days, DAYS[begun.getUTCDay()] ?? '');
}

/**
 * The prices that hold under some conditions: those listed, with every override whose conditions are met put over them, one for a
 * longer prompt over one for a shorter.
 *
 * @throws {InvalidOptionsError} for what is no prices.
 * @example
 * effectivePricing(model.pricing, { promptTokens: 300_000 }).prompt // → '0.000006'
 *
 * Source: OpenRouter API, list models. That an override begins at `min_prompt_tokens` itself is how we read its name.
 */
export function effectivePricing(pricing: Pricing, { promptTokens = 0, at }: PricingConditions = {}): Pricing {
  if (!isRecord(pricing)) throw new InvalidOptionsError([{ path: 'pricing', message: `expected the prices of the catalogue, got ${show(pricing)}` }]);
  const { overrides, ...listed } = pricing;
  if (!Array.isArray(overrides) || overrides.length === 0) return listed;
  const least = (override: PricingOverride): number => override.min_prompt_tokens ?? 0;
  const holding = overrides.filter((override) => isRecord(override) && promptTokens >= least(override) && inTime(override, at)).sort((a, b) => least(a) - least(b));
  const prices = holding.map((override) => Object.fromEntries(Object.entries(override).filter(([name, price]) => price != null && !CONDITIONS.has(name))));
  return Object.assign({ ...listed }, ...prices) as Pricing;
}
