import { addIssue, isPlain, isRecord, type Report, show } from '../policy/report.js';
import type { VerificationCatalogue } from '../receipt/catalogue.js';
import type { ReceiptDetail } from '../receipt/collect.js';
import { type HeaderOptions, optionHeaders } from '../request/headers.js';
import { checkName } from '../request/protected-fields.js';
import type { FailoverOptions } from '../transport/failover.js';
import type { RetryOptions } from '../transport/retry.js';
import type { TimeLimits } from '../transport/types.js';
import type { Hooks } from './hooks.js';
import type { RunOptions, SharedOptions, VerifyOption } from './options.js';
import type { Resilience } from './resilience.js';

/** What any layer may set beside its policy and its models. */
export interface Settings {
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: TimeLimits;
  readonly verify?: VerifyOption | undefined;
  readonly receipt?: ReceiptDetail | undefined;
  readonly catalogue?: VerificationCatalogue | undefined;
  /** Undefined where calls are not repeated, or by a framework. */
  readonly retry?: RetryOptions | undefined;
  readonly failover: FailoverOptions | false;
  readonly hooks: readonly Hooks[];
  /** Where the client has a retry loop of its own. */
  readonly resilience?: Resilience | undefined;
}

const LIMITS: readonly (keyof TimeLimits)[] = ['timeout', 'firstTokenTimeout', 'idleTimeout', 'deadline'];
const OWN: readonly (keyof (SharedOptions & RunOptions))[] = [...LIMITS, 'verify', 'receipt', 'catalogue', 'headers', 'cache', 'retry', 'failover', 'hooks'];
const VERIFY = [false, 'throw', 'strict'];

/** Notes an issue where a value that is given is not one of `values`. */
function expectOneOf(value: unknown, values: readonly unknown[], path: string, report: Report): void {
  if (value !== undefined && !values.includes(value)) addIssue(report, path, `${show(value)} is not one of ${values.map(show).join(', ')}`);
}

/** Notes an issue where a value that is given is of none of the types. Its type is told, not the value: it may be a secret. */
export function expectType(value: unknown, types: readonly string[], path: string, report: Report): void {
  if (value !== undefined && !types.includes(typeof value)) addIssue(report, path, `expected a ${types.join(' or a ')}, got ${typeof value}`);
}

/**
 * The settings of a layer inside `outer`: its own word stands, but `verify` only gets stricter. What is wrong is reported.
 * `headers` are options that only the outermost layer has.
 */
export function settingsWithin(outer: Settings, options: SharedOptions & RunOptions, report: Report, headers?: HeaderOptions): Settings {
  // names that protect nothing are left alone: frameworks add their own
  for (const [name, value] of Object.entries(options)) if (value != null) checkName(name, '', report, 'is not an option');
  // hot: calls seldom have settings of their own
  if (headers === undefined && OWN.every((name) => options[name] === undefined)) return outer;
  const { verify, receipt = outer.receipt, catalogue = outer.catalogue } = options;
  const { resilience } = outer;
  const failover = options.failover ?? outer.failover;
  const hooks = options.hooks ?? [];
  const limits: TimeLimits = { ...outer.limits };
  for (const name of LIMITS) {
    const value: unknown = options[name];
    if (typeof value === 'number' && value > 0) limits[name] = value;
    else if (value !== undefined) addIssue(report, name, `expected milliseconds, more than 0, got ${show(value)}`);
  }
  expectOneOf(verify, VERIFY, 'verify', report);
  expectOneOf(receipt, ['full', 'summary', 'off'], 'receipt', report);
  const own = optionHeaders({ ...headers, headers: options.headers, cache: options.cache }, '', report);
  // absent counts as the least
  const strictest = VERIFY.indexOf(verify ?? false) > VERIFY.indexOf(outer.verify ?? false) ? verify : outer.verify;
  const on: unknown = failover && failover.on;
  if (failover !== false && (!isRecord(failover) || !(on === undefined || Array.isArray(on)))) addIssue(report, 'failover', 'expected false or { on }, a list of reasons');
  const more: readonly Hooks[] = Array.isArray(hooks) ? hooks : [hooks];
  for (const one of more) {
    if (!isPlain(one)) addIssue(report, 'hooks', 'expected an object of functions, or a list of them');
    // told now, and not by a call that has been paid for
    else for (const [name, hook] of Object.entries(one)) expectType(hook ?? undefined, ['function'], `hooks.${name}`, report);
  }
  return {
    headers: { ...outer.headers, ...own },
    limits,
    verify: strictest,
    receipt,
    catalogue: isRecord(catalogue) ? { ...catalogue } : undefined,
    retry: resilience?.retryWithin(outer.retry, options.retry, report),
    failover: Array.isArray(on) ? { on: [...on] } : failover,
    hooks: [...outer.hooks, ...more.map((one) => ({ ...one }))],
    resilience,
  };
}
