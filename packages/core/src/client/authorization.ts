import { addIssue, createReport, type Report, throwIssues } from '../policy/report.js';
import { isHeaderValue } from '../request/headers.js';
import { createGuard, type Guarded } from '../transport/guard.js';
import type { ClientConfig } from './config.js';

/** Notes an issue where a key is not fit for a header; its value is never told. */
export function checkKey(key: unknown, report: Report): void {
  if (typeof key !== 'string' || key.trim() === '') addIssue(report, 'apiKey', key == null ? 'is missing' : 'is empty', 'pass apiKey, or set OPENROUTER_API_KEY');
  else if (!isHeaderValue(key)) addIssue(report, 'apiKey', 'has characters that a header cannot carry, such as a line break');
}

/** A key that a function gives, unless the call's signal or deadline ends it before. */
async function askedKey(ask: () => unknown, { effects, signal, startedAt, limits: { deadline = Infinity } = {} }: Guarded): Promise<unknown> {
  const guard = createGuard({ effects, signal, limits: { deadline }, startedAt });
  try {
    return await new Promise((resolve, reject) => {
      guard.onEnd = reject;
      Promise.resolve(ask()).then(resolve, reject);
    });
  } finally {
    guard.dispose();
  }
}

/**
 * The authorization header, unless `headers` have one. For adapters.
 *
 * @param call how long to wait for a key that a function gives. Default: as long as it takes.
 * @throws {InvalidOptionsError} when there is no key, or it is not fit for a header. {@link TimeoutError} Or the signal's reason.
 */
export async function authorization({ apiKey, effects }: ClientConfig, headers: { readonly [name: string]: string }, call: Omit<Guarded, 'effects'> = {}): Promise<Record<string, string>> {
  if (headers['authorization'] !== undefined) return {};
  const key: unknown = typeof apiKey === 'function' ? await askedKey(apiKey, { ...call, effects }) : apiKey;
  const report = createReport();
  checkKey(key, report);
  throwIssues(report);
  return { authorization: `Bearer ${String(key)}` };
}
