import type { JsonObject } from '../wire/open.js';
import type { MaxPrice, PercentileThresholds, ProviderSort, ProviderSortConfig, Quantization } from '../wire/provider-preferences.js';
import { closest } from './did-you-mean.js';
import { PARTITIONS, PERCENTILES, PRICES, QUANTIZATIONS, SORTS, TOKEN_PRICES } from './fields.js';
import { parseDecimal } from './price.js';
import { addIssue, isRecord, type Report, show } from './report.js';

const quoted = (values: readonly string[]): string => values.map(show).join(', ');

function oneOf<T extends string>(value: unknown, allowed: readonly T[], path: string, report: Report): T | undefined {
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    const near = typeof value === 'string' ? closest(value.toLowerCase(), allowed) : undefined;
    addIssue(report, path, `${show(value)} is not one of ${quoted(allowed)}`, near && `did you mean ${show(near)}?`);
  }
  return found;
}

/** Reports keys outside `allowed`; null and undefined values count as absent. */
function checkKeys(value: Record<string, unknown>, allowed: readonly string[], path: string, report: Report): void {
  for (const key of Object.keys(value)) {
    if (allowed.includes(key) || value[key] == null) continue;
    const near = closest(key, allowed);
    addIssue(report, `${path}.${key}`, 'is not a known key', near ? `did you mean ${show(near)}?` : `known: ${quoted(allowed)}`);
  }
}

export function checkFlag(value: unknown, path: string, report: Report): boolean | undefined {
  if (typeof value === 'boolean') return value;
  addIssue(report, path, `expected true or false, got ${show(value)}`);
  return undefined;
}

export function checkCollection(value: unknown, path: string, report: Report): 'allow' | 'deny' | undefined {
  return oneOf<'allow' | 'deny'>(value, ['allow', 'deny'], path, report);
}

export function checkQuantizations(value: unknown, path: string, report: Report, lenient: boolean): readonly Quantization[] | undefined {
  if (!Array.isArray(value)) {
    addIssue(report, path, `expected an array of quantizations, got ${show(value)}`, typeof value === 'string' ? `write [${show(value)}]` : undefined);
    return undefined;
  }
  const checked = Array.from(value, (one: unknown, i) => (lenient && typeof one === 'string' ? one : oneOf(one, QUANTIZATIONS, `${path}[${i}]`, report)));
  return [...new Set(checked.filter((one) => one !== undefined))];
}

function checkSortKey(value: unknown, path: string, report: Report): ProviderSort | undefined {
  if (value === 'quality') {
    addIssue(report, path, '"quality" does not exist', `one of ${quoted(SORTS)}; "exacto" ranks by the quality of tool calls`);
    return undefined;
  }
  return oneOf(value, SORTS, path, report);
}

export function checkSort(value: unknown, path: string, report: Report): ProviderSort | ProviderSortConfig | undefined {
  if (!isRecord(value)) return checkSortKey(value, path, report);
  checkKeys(value, ['by', 'partition'], path, report);
  const sort: ProviderSortConfig = {};
  if (value['by'] != null) {
    const by = checkSortKey(value['by'], `${path}.by`, report);
    if (by !== undefined) sort.by = by;
  }
  if (value['partition'] != null) {
    const partition = oneOf(value['partition'], PARTITIONS, `${path}.partition`, report);
    if (partition === 'model' || partition === 'none') sort.partition = partition;
  }
  return sort;
}

/** A number that is not negative, or the decimal text of one. */
function checkAmount(value: unknown, path: string, report: Report): number | undefined {
  const amount = typeof value === 'string' ? parseDecimal(value) : value;
  if (typeof amount === 'number' && amount >= 0 && amount < Infinity) return amount;
  addIssue(report, path, `expected a number that is not negative, got ${show(value)}`);
  return undefined;
}

export function checkPercentiles(value: unknown, path: string, report: Report): number | PercentileThresholds | undefined {
  if (!isRecord(value)) return checkAmount(value, path, report);
  checkKeys(value, PERCENTILES, path, report);
  const thresholds: PercentileThresholds = {};
  for (const key of PERCENTILES) {
    if (value[key] == null) continue;
    const amount = checkAmount(value[key], `${path}.${key}`, report);
    if (amount !== undefined) thresholds[key] = amount;
  }
  return thresholds;
}

export function checkPrice(value: unknown, path: string, report: Report): MaxPrice | undefined {
  if (!isRecord(value)) {
    addIssue(report, path, `expected an object, got ${show(value)}`, 'write { prompt: 1, completion: 2 }, in USD per million tokens');
    return undefined;
  }
  checkKeys(value, PRICES, path, report);
  const price: MaxPrice = {};
  for (const key of PRICES) {
    const given = value[key];
    if (given == null) continue;
    const perMillion = isRecord(given) && 'usdPerMillion' in given ? given['usdPerMillion'] : undefined;
    if (perMillion !== undefined && !TOKEN_PRICES.includes(key)) {
      addIssue(report, `${path}.${key}`, 'is USD per unit, not a price per token', 'write a bare number');
      continue;
    }
    const amount = checkAmount(perMillion ?? given, `${path}.${key}`, report);
    if (amount !== undefined) price[key] = amount;
  }
  return price;
}

export function checkOptions(value: unknown, path: string, report: Report): { [slug: string]: JsonObject } | undefined {
  if (isRecord(value) && Object.values(value).every(isRecord)) {
    // Checked above: a record of records. What is inside belongs to the provider and is passed through.
    return value as { [slug: string]: JsonObject };
  }
  addIssue(report, path, 'expected an object of objects by provider slug');
  return undefined;
}
