import { didYouMean } from './did-you-mean.js';
import { addExpected, addIssue, isRecord, type Report, show } from './report.js';

const quoted = (values: readonly string[]): string => values.map(show).join(', ');

/** One of a few words. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], path: string, report: Report, hint?: string): T | undefined {
  const found = allowed.find((one) => one === value);
  return found ?? addIssue(report, path, `${show(value)} is not one of ${quoted(allowed)}`, hint ?? didYouMean(value, allowed));
}

/** A list, entry by entry; repetitions are dropped. `entries` is what they are called in messages. */
export function checkList<T>(
  value: unknown,
  entries: string,
  path: string,
  report: Report,
  check: (entry: unknown, path: string) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) {
    return addExpected(report, path, `an array of ${entries}`, value, typeof value === 'string' ? `write [${show(value)}]` : undefined);
  }
  // not map, which skips the holes of a sparse array
  const checked = Array.from(value, (entry: unknown, i) => check(entry, `${path}[${i}]`));
  return [...new Set(checked)].filter((one) => one !== undefined);
}

/** Reports keys outside `allowed`; null and undefined values count as absent. */
export function checkKeys(value: Record<string, unknown>, allowed: readonly string[], path: string, report: Report): void {
  for (const key of Object.keys(value)) {
    if (allowed.includes(key) || value[key] == null) continue;
    addIssue(report, `${path}.${key}`, 'is not a known key', didYouMean(key, allowed, `known: ${quoted(allowed)}`));
  }
}

/** An object, part by part. */
export function checkParts<Key extends string, T>(
  value: Record<string, unknown>,
  keys: readonly Key[],
  path: string,
  report: Report,
  check: (part: unknown, path: string, key: Key) => T | undefined,
): { [key: string]: T } {
  checkKeys(value, keys, path, report);
  const parts: { [key: string]: T } = {};
  for (const key of keys) {
    const part = value[key];
    const checked = part == null ? undefined : check(part, `${path}.${key}`, key);
    if (checked !== undefined) parts[key] = checked;
  }
  return parts;
}

/** Whether a value is an object or a list that holds nothing. */
export function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}
