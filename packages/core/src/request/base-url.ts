import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import type { Region } from '../policy/policy.js';
import { addIssue, type Report } from '../policy/report.js';

/** Source: OpenRouter API, base URL and in-region hosts. */
export const DEFAULT_BASE_URL = 'https://openrouter.ai/api/v1';
const regionURL = (region: Region): string => DEFAULT_BASE_URL.replace('//', `//${region}.`);

/** Checks a base URL and takes off slashes at its end. User-info in it is refused: it would end up in logs. */
export function checkBaseURL(value: unknown, path: string, report: Report): string | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url?.username || url?.password) return addIssue(report, path, 'has user-info in it', 'pass credentials in headers');
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash) return url.href.replace(/\/+$/, '');
  return addIssue(report, path, 'is not a plain http or https URL', `such as ${DEFAULT_BASE_URL}, without a query`);
}

/**
 * The base URL that holds: the region's where one is in force.
 *
 * @throws {PolicyConflictError} when a base URL was given that is not the region's.
 */
export function effectiveBaseURL(given: string | undefined, region: Region | 'conflict' | undefined): string {
  if (region === undefined || region === 'conflict') return given ?? DEFAULT_BASE_URL;
  const url = regionURL(region);
  if (given !== undefined && given !== url && given !== DEFAULT_BASE_URL) {
    throw new PolicyConflictError({
      field: 'region',
      message: `"${region}" is served by ${url}, but the base URL names ${new URL(given).host}`,
      suggestion: 'leave baseURL out',
    });
  }
  return url;
}
