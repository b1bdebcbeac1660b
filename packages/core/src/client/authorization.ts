import { addIssue, createReport, type Report, throwIssues } from '../policy/report.js';
import { isHeaderValue } from '../request/headers.js';
import type { ClientConfig } from './config.js';

/** Notes an issue where a key is not fit for a header; its value is never told. */
export function checkKey(key: unknown, report: Report): void {
  if (typeof key !== 'string' || key.trim() === '') addIssue(report, 'apiKey', key == null ? 'is missing' : 'is empty', 'pass apiKey, or set OPENROUTER_API_KEY');
  else if (!isHeaderValue(key)) addIssue(report, 'apiKey', 'has characters that a header cannot carry, such as a line break');
}

/**
 * The authorization header, unless `headers` have one. For adapters.
 *
 * @throws {InvalidOptionsError} when there is no key, or it is not fit for a header.
 */
export async function authorization({ apiKey }: ClientConfig, headers: { readonly [name: string]: string }): Promise<Record<string, string>> {
  if (headers['authorization'] !== undefined) return {};
  const key: unknown = typeof apiKey === 'function' ? await apiKey() : apiKey;
  const report = createReport();
  checkKey(key, report);
  throwIssues(report);
  return { authorization: `Bearer ${String(key)}` };
}
