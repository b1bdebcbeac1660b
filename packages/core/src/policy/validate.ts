import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { closest } from './did-you-mean.js';
import { camel, type Field, FIELDS, type Kind } from './fields.js';
import { addIssue, isRecord, type Report, show } from './report.js';
import { checkSlugs } from './validate-slugs.js';
import {
  checkCollection,
  checkFlag,
  checkOptions,
  checkPercentiles,
  checkPrice,
  checkQuantizations,
  checkSort,
} from './validate-values.js';

type Check = (value: unknown, path: string, report: Report, lenient: boolean) => unknown;
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

// Names from older guides, and of settings that are not preferences.
const HINTS: ReadonlyMap<string, string> = new Map(Object.entries({
  min_throughput: 'write preferred_min_throughput (tokens per second)',
  max_latency: 'write preferred_max_latency (seconds)',
  quantization: 'write quantizations, an array',
  route: 'leave it out: a list of models falls back by itself',
  models: 'it stands beside provider, not inside it',
  allowed_models: 'allowedModels stands beside provider, not inside it',
  region: 'it stands beside provider, not inside it',
  acknowledge: 'it stands beside provider, not inside it',
}));

const WIRE_NAMES: ReadonlyMap<string, Field> = new Map(
  (Object.keys(FIELDS) as Field[]).flatMap((field): [string, Field][] => [[field, field], [camel(field), field]]),
);

/** The wire name of a preference written in either spelling. */
export function wireName(key: string): Field | undefined {
  return WIRE_NAMES.get(key);
}

/** An object literal, of this or another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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
  if (input == null) return { known, unknown };
  if (!isRecord(input)) {
    addIssue(report, path, `expected an object of provider preferences, got ${show(input)}`);
    return { known, unknown };
  }
  if (!isPlain(input)) {
    // what a Map or an instance holds is not in its own keys, so that its guardrails would be lost in silence
    addIssue(report, path, 'expected a plain object of provider preferences', 'write an object literal, or spread what you have into one');
    return { known, unknown };
  }
  for (const [key, value] of Object.entries(input)) {
    if (value == null) continue;
    const field = WIRE_NAMES.get(key);
    const at = `${path}.${key}`;
    if (field === undefined) {
      if (lenient) unknown[key] = value;
      reportUnknown(key, at, report, lenient);
      continue;
    }
    if (field !== key && input[field] != null) {
      addIssue(report, at, `is given twice, also as ${field}`, 'keep one spelling');
      continue;
    }
    const checked = CHECKS[FIELDS[field]](value, at, report, lenient);
    if (Array.isArray(checked) && Array.isArray(value) && value.length === 0 && field !== 'ignore') {
      addIssue(report, at, 'is empty, which would admit nothing', 'leave it out to have no opinion');
    } else if (checked !== undefined && !(isRecord(checked) && Object.keys(checked).length === 0)) known[field] = checked;
  }
  return { known, unknown };
}

function reportUnknown(key: string, path: string, report: Report, lenient: boolean): void {
  const hint = HINTS.get(snake(key));
  const near = hint === undefined ? closest(key, WIRE_NAMES.keys()) : undefined;
  const suggestion = hint ?? (near && `did you mean ${show(near)}?`);
  if (lenient) {
    const message = 'is not known to this version, and sent as it is';
    report.warnings.push({ code: 'unknown-preference', path, message, ...(suggestion && { suggestion }) });
  } else addIssue(report, path, 'is not a known preference', suggestion ?? 'set allowUnknownPreferences to send it as it is');
}
