import { createReport, throwIssues } from '../policy/report.js';
import { checkBaseURL } from '../request/base-url.js';
import type { ClientConfig } from './config.js';

/**
 * A client that sends to another base URL. For adapters.
 *
 * @param name what messages call it.
 * @throws {InvalidOptionsError} when it is no plain http or https URL.
 * @example
 * withBaseURL(config, 'https://decisions.example/api', 'decisionsBaseURL').baseURL // → 'https://decisions.example/api'
 */
export function withBaseURL(config: ClientConfig, baseURL: string, name: string): ClientConfig {
  const report = createReport();
  const checked = checkBaseURL(baseURL, name, report);
  throwIssues(report);
  return { ...config, baseURL: checked };
}
