import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { compact } from '../compact.js';
import { isEmpty } from './check-parts.js';
import { didYouMean } from './did-you-mean.js';
import { camel, type Field, FIELD_NAMES, FIELDS, type Kind } from './fields.js';
import { addExpected, addIssue, isPlain, isRecord, type Report } from './report.js';
import { checkSlugs } from './validate-slugs.js';
import {
  type Check,
  checkCollection,
  checkFlag,
  checkOptions,
  checkPercentiles,
  checkPrice,
  checkQuantizations,
  checkSort,
} from './validate-values.js';

const CHECKS: Record<Kind, Check> = {
  slugs: checkSlugs,
  flag: checkFlag,
  collection: checkCollection,
  quantizations: checkQuantizations,
  sort: checkSort,
  percentiles: checkPercentiles,
  price: checkPrice,
  options: checkOptions,
};

const BESIDE = 'it stands beside provider, not inside it';
// Names from older guides, and of settings that are not preferences.
const HINTS: ReadonlyMap<string, string> = new Map([
  ['min_throughput', 'write preferred_min_throughput (tokens per second)'],
  ['max_latency', 'write preferred_max_latency (seconds)'],
  ['route', 'leave it out: a list of models falls back by itself'],
  ...['models', 'allowed_models', 'region', 'acknowledge'].map((name): [string, string] => [name, BESIDE]),
]);

const WIRE_NAMES: ReadonlyMap<string, Field> = new Map(FIELD_NAMES.flatMap((field): [string, Field][] => [[field, field], [camel(field), field]]));

/** The wire name of a preference written in either spelling. */
export function wireName(key: string): Field | undefined {
  return WIRE_NAMES.get(key);
}

export const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export interface CheckedPreferences {
  readonly known: ProviderPreferences;
  /** What `allowUnknownPreferences` let through. */
  readonly unknown: { readonly [key: string]: unknown };
}

/**
 * Checks preferences in either spelling: wrong values, unknown keys and empty lists go into the report, slugs and prices
 * are normalised, `null` and `undefined` are dropped.
 */
export function checkPreferences(input: unknown, path: string, report: Report, lenient = false): CheckedPreferences {
  const known: Record<string, unknown> = {};
  // without a prototype, so that a key `__proto__` is a key like any other
  const unknown: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(checkObject(input, path, report))) {
    if (value == null) continue;
    const field = WIRE_NAMES.get(key);
    const at = `${path}.${key}`;
    if (field === undefined) {
      if (lenient) unknown[key] = value;
      reportUnknown(key, at, report, lenient);
    } else if (field !== key && isRecord(input) && input[field] != null) addIssue(report, at, `is given twice, also as ${field}`, 'keep one spelling');
    else {
      const checked = CHECKS[FIELDS[field]](value, at, report, lenient);
      if (!isEmpty(checked)) known[field] = checked;
      else if (Array.isArray(checked) && isEmpty(value) && field !== 'ignore') {
        addIssue(report, at, 'is empty, which would admit nothing', 'leave it out to have no opinion');
      }
    }
  }
  return { known: compact(known), unknown };
}

function checkObject(input: unknown, path: string, report: Report): object {
  if (isPlain(input)) return input;
  if (input != null) addExpected(report, path, 'a plain object of provider preferences', input);
  return {};
}

function reportUnknown(key: string, path: string, report: Report, lenient: boolean): void {
  const suggestion = HINTS.get(snake(key)) ?? didYouMean(key, WIRE_NAMES.keys());
  if (lenient) {
    report.warnings.push(compact({ code: 'unknown-preference', path, message: 'is not known to this version, and sent as it is', suggestion }));
  } else addIssue(report, path, 'is not a known preference', suggestion ?? 'set allowUnknownPreferences to send it as it is');
}
