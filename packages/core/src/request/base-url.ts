import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import type { Region } from '../policy/policy.js';
import { addIssue, type Report } from '../policy/report.js';

/** Source: OpenRouter API, base URL and in-region hosts. */
export const DEFAULT_BASE_URL = 'https://openrouter.ai/api/v1';
const REGION_URLS: Record<Region, string> = {
  eu: 'https://eu.openrouter.ai/api/v1',
  us: 'https://us.openrouter.ai/api/v1',
};

/** Checks a base URL and takes off slashes at its end. User-info in it is refused: it would end up in logs. */
export function checkBaseURL(value: unknown, path: string, report: Report): string | undefined {
  const fix = `such as ${DEFAULT_BASE_URL}`;
  let url: URL | undefined;
  try {
    url = typeof value === 'string' ? new URL(value) : undefined;
  } catch {
    url = undefined;
  }
  if (!url) addIssue(report, path, 'is not a URL', fix);
  else if (url.protocol !== 'https:' && url.protocol !== 'http:') addIssue(report, path, `${url.protocol} is not http or https`, fix);
  else if (url.username !== '' || url.password !== '') addIssue(report, path, 'has user-info in it', 'pass credentials in headers');
  else if (url.search !== '' || url.hash !== '') addIssue(report, path, 'has a query or fragment', fix);
  else return url.href.replace(/\/+$/, '');
  return undefined;
}

/**
 * The base URL that holds: the region's where one is in force.
 *
 * @throws {PolicyConflictError} when a base URL was given that is not the region's.
 */
export function effectiveBaseURL(given: string | undefined, region: Region | 'conflict' | undefined): string {
  if (region === undefined || region === 'conflict') return given ?? DEFAULT_BASE_URL;
  const url = REGION_URLS[region];
  if (given !== undefined && given !== url && given !== DEFAULT_BASE_URL) {
    throw new PolicyConflictError({
      field: 'region',
      message: `"${region}" is served by ${new URL(url).host}, but the base URL names ${new URL(given).host}`,
      suggestion: 'leave baseURL out',
    });
  }
  return url;
}
