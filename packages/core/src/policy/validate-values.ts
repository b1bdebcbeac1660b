import type { JsonObject } from '../wire/open.js';
import type { MaxPrice, ProviderSort } from '../wire/provider-preferences.js';
import { checkList, checkParts, oneOf } from './check-parts.js';
import { PARTITIONS, PERCENTILES, PRICES, QUANTIZATIONS, SORTS, TOKEN_PRICES } from './fields.js';
import { parseDecimal } from './price.js';
import { addExpected, addIssue, isRecord, type Report } from './report.js';

/** Gives what of a value is sound; `undefined` when it is wrong, which the report then tells. */
export type Check = (value: unknown, path: string, report: Report, lenient: boolean) => unknown;

export const checkFlag: Check = (value, path, report) => (typeof value === 'boolean' ? value : addExpected(report, path, 'true or false', value));

export const checkCollection: Check = (value, path, report) => oneOf(value, ['allow', 'deny'], path, report);

export const checkQuantizations: Check = (value, path, report, lenient) =>
  checkList(value, 'quantizations', path, report, (one, at) => (lenient && typeof one === 'string' ? one : oneOf(one, QUANTIZATIONS, at, report)));

const checkSortKey = (value: unknown, path: string, report: Report): ProviderSort | undefined =>
  oneOf(value, SORTS, path, report, value === 'quality' ? '"exacto" ranks by the quality of tool calls' : undefined);

export const checkSort: Check = (value, path, report) =>
  isRecord(value)
    ? checkParts<string, string>(value, ['by', 'partition'], path, report, (part, at, key) =>
        key === 'by' ? checkSortKey(part, at, report) : oneOf(part, PARTITIONS, at, report),
      )
    : checkSortKey(value, path, report);

/** A number that is not negative, or the decimal text of one. */
function checkAmount(value: unknown, path: string, report: Report): number | undefined {
  const amount = typeof value === 'string' ? parseDecimal(value) : value;
  if (typeof amount === 'number' && amount >= 0 && amount < Infinity) return amount;
  return addExpected(report, path, 'a number that is not negative', value);
}

export const checkPercentiles: Check = (value, path, report) =>
  isRecord(value) ? checkParts(value, PERCENTILES, path, report, (part, at) => checkAmount(part, at, report)) : checkAmount(value, path, report);

export function checkPrice(value: unknown, path: string, report: Report): MaxPrice | undefined {
  if (!isRecord(value)) return addExpected(report, path, 'an object', value, 'write { prompt: 1, completion: 2 }, in USD per million tokens');
  return checkParts(value, PRICES, path, report, (price, at, key) => {
    const perMillion = isRecord(price) ? price['usdPerMillion'] : undefined;
    if (perMillion !== undefined && !TOKEN_PRICES.includes(key)) {
      return addIssue(report, at, 'is USD per unit, not a price per token', 'write a bare number');
    }
    return checkAmount(perMillion ?? price, at, report);
  });
}

export function checkOptions(value: unknown, path: string, report: Report): { [slug: string]: JsonObject } | undefined {
  if (isRecord(value) && Object.values(value).every(isRecord)) {
    // Checked above: a record of records. What is inside belongs to the provider and is passed through.
    return value as { [slug: string]: JsonObject };
  }
  return addExpected(report, path, 'an object of objects by provider slug', value);
}
