import { addIssue, createReport, throwIssues } from '../policy/report.js';

const OURS: readonly string[] = ['retry', 'maxConcurrent'];

/**
 * Refuses the options of a client that repeats calls by itself, which would be ignored in silence where a framework does that. For
 * adapters.
 *
 * @throws {InvalidOptionsError}
 * @example
 * refuseRetries({ maxConcurrent: 5 }) // throws: maxConcurrent: is no option of this client (…)
 */
export function refuseRetries(options: object): void {
  const report = createReport();
  for (const [name, value] of Object.entries(options)) {
    // `false` says what is so anyway
    if (OURS.includes(name) && value != null && value !== false) addIssue(report, name, 'is no option of this client', 'what repeats its calls has options of its own, such as maxRetries');
  }
  throwIssues(report);
}
