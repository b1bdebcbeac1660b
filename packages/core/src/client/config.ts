import { layerPolicy } from '../policy/layer-policy.js';
import type { Policy, Warning } from '../policy/policy.js';
import { addIssue, createReport, isRecord, type Report, show, throwIssues } from '../policy/report.js';
import { checkBaseURL } from '../request/base-url.js';
import { type ChainEntry, checkModels } from '../request/chain.js';
import { environment, isBrowser } from '../request/environment.js';
import { isHeaderValue, optionHeaders } from '../request/headers.js';
import type { RequestLayer } from '../request/layers.js';
import { createEffects } from '../transport/effects.js';
import type { FailoverOptions } from '../transport/failover.js';
import type { RetryOptions } from '../transport/retry.js';
import type { Effects, SizeLimits, TimeLimits } from '../transport/types.js';
import type { ClientOptions, Hooks, SharedOptions } from './options.js';

/** A client's options, checked and copied, so that changing the originals later changes nothing. */
export interface ClientConfig {
  readonly apiKey: string | (() => string | Promise<string>) | undefined;
  readonly baseURL: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly layers: readonly RequestLayer[];
  readonly limits: TimeLimits;
  readonly retry: RetryOptions | undefined;
  readonly failover: FailoverOptions | false;
  readonly shared: Pick<SharedOptions, 'verify' | 'catalogue' | 'receipt'>;
  readonly hooks: Hooks;
  readonly sizes: Partial<SizeLimits>;
  readonly effects: Effects;
  /** What is odd about the options; told with every call. */
  readonly warnings: readonly Warning[];
}

/** What differs between adapters. */
export interface ConfigDefaults {
  /** `false` where the framework has its own retry loop. */
  retry?: false;
  /** Fields for every body, in wire spelling: reasoning, plugins, user … */
  body?: { readonly [field: string]: unknown } | undefined;
}

/**
 * Checks a client's options.
 *
 * @throws {InvalidOptionsError} listing everything that is wrong. A missing key is told when it is needed.
 */
export function createConfig(options: ClientOptions = {}, defaults: ConfigDefaults = {}): ClientConfig {
  const report = createReport();
  const { apiKey } = options;
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function') {
    addIssue(report, 'apiKey', `expected a string or a function, got ${typeof apiKey}`);
  } else if (typeof apiKey === 'string') checkKey(apiKey, report);
  const given = options.baseURL ?? environment('OPENROUTER_BASE_URL');
  const baseURL = given === undefined ? undefined : checkBaseURL(given, options.baseURL === undefined ? 'OPENROUTER_BASE_URL' : 'baseURL', report);
  if (options.fetch !== undefined && typeof options.fetch !== 'function') addIssue(report, 'fetch', `expected a function, got ${typeof options.fetch}`);
  const headers = optionHeaders(
    {
      appUrl: options.appUrl ?? environment('OPENROUTER_HTTP_REFERER', 'OPENROUTER_SITE_URL'),
      appTitle: options.appTitle ?? environment('OPENROUTER_APP_TITLE', 'OPENROUTER_APP_NAME', 'OPENROUTER_SITE_NAME'),
      appCategories: options.appCategories ?? environment('OPENROUTER_APP_CATEGORIES')?.split(','),
      headers: options.headers,
      cache: options.cache,
      metadata: options.metadata ?? (isBrowser() ? undefined : true),
    },
    '',
    report,
  );
  const layer = clientLayer('client', options, report, defaults.body);
  const config: ClientConfig = {
    apiKey: apiKey ?? environment('OPENROUTER_API_KEY'),
    baseURL,
    headers,
    layers: [layer],
    limits: checkLimits(options, '', report),
    retry: defaults.retry === false ? undefined : retryOptions(options.retry, report),
    failover: options.failover ?? {},
    shared: checkShared(options, '', report),
    hooks: options.hooks ?? {},
    sizes: options.sizes ?? {},
    effects: createEffects({ ...options.effects, ...(options.fetch && { fetch: options.fetch }) }),
    warnings: report.warnings,
  };
  throwIssues(report);
  report.warnings.forEach((warning) => config.hooks.onWarning?.(warning));
  return config;
}

/** A client that has one more layer, inside those it has. @throws {InvalidOptionsError} */
export function extendConfig(config: ClientConfig, name: string, options: SharedOptions, body?: { readonly [field: string]: unknown }): ClientConfig {
  const report = createReport();
  const layer = clientLayer(name, options, report, body);
  const extended: ClientConfig = {
    ...config,
    headers: { ...config.headers, ...optionHeaders({ headers: options.headers, cache: options.cache }, '', report) },
    layers: [...config.layers, layer],
    limits: { ...config.limits, ...checkLimits(options, '', report) },
    shared: { ...config.shared, ...checkShared(options, '', report), verify: stricter(config.shared.verify, options.verify) },
    warnings: [...config.warnings, ...report.warnings],
  };
  throwIssues(report);
  report.warnings.forEach((warning) => config.hooks.onWarning?.(warning));
  return extended;
}

/** The stricter of two; `false` and undefined are the least. */
export function stricter(outer: SharedOptions['verify'], inner: SharedOptions['verify']): SharedOptions['verify'] {
  return outer === 'strict' || inner === 'strict' ? 'strict' : outer === 'throw' || inner === 'throw' ? 'throw' : undefined;
}

function clientLayer(name: string, options: SharedOptions, report: Report, body: { readonly [field: string]: unknown } | undefined): RequestLayer {
  const policy: Policy = layerPolicy(options, '', report);
  const models: readonly ChainEntry[] | undefined = checkModels(options.models, 'models', report);
  return {
    name,
    policy,
    ...(options.acknowledge && { acknowledge: [...options.acknowledge] }),
    ...(models && { models }),
    ...(options.allowUnknownPreferences && { allowUnknownPreferences: true }),
    ...(body && { body }),
  };
}

/** @internal The key must be fit for a header; its value is never told. */
export function checkKey(key: string, report: Report): void {
  if (key.trim() === '') addIssue(report, 'apiKey', 'is empty', 'pass apiKey, or set OPENROUTER_API_KEY');
  else if (!isHeaderValue(key)) addIssue(report, 'apiKey', 'has characters that a header cannot carry, such as a line break');
}

const LIMITS: readonly (keyof TimeLimits)[] = ['timeout', 'firstTokenTimeout', 'idleTimeout', 'deadline'];

/** The time limits among `options`, each a number of milliseconds. */
export function checkLimits(options: TimeLimits, path: string, report: Report): TimeLimits {
  const limits: TimeLimits = {};
  for (const name of LIMITS) {
    const value: unknown = options[name];
    if (value === undefined) continue;
    if (typeof value === 'number' && value > 0) limits[name] = value;
    else addIssue(report, path === '' ? name : `${path}.${name}`, `expected milliseconds, more than 0, got ${show(value)}`);
  }
  return limits;
}

/** The options about verification and receipts, checked. */
export function checkShared(options: SharedOptions, path: string, report: Report): Pick<SharedOptions, 'verify' | 'catalogue' | 'receipt'> {
  const { verify, receipt, catalogue } = options;
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (verify !== undefined && verify !== false && verify !== 'throw' && verify !== 'strict') addIssue(report, at('verify'), `${show(verify)} is not one of false, "throw", "strict"`);
  if (receipt !== undefined && receipt !== 'off' && receipt !== 'summary' && receipt !== 'full') addIssue(report, at('receipt'), `${show(receipt)} is not one of "full", "summary", "off"`);
  return { ...(verify !== undefined && { verify }), ...(receipt !== undefined && { receipt }), ...(catalogue !== undefined && { catalogue }) };
}

function retryOptions(retry: ClientOptions['retry'], report: Report): RetryOptions | undefined {
  if (retry === false || retry === 0) return undefined;
  const options: unknown = typeof retry === 'number' ? { maxRetries: retry } : (retry ?? {});
  if (isRecord(options)) {
    const most = options['maxRetries'] ?? 0;
    if (!(Number.isInteger(most) && Number(most) >= 0)) addIssue(report, 'retry.maxRetries', `expected a whole number, got ${show(most)}`);
    return options;
  }
  addIssue(report, 'retry', `expected false, a number or an object, got ${show(retry)}`);
  return undefined;
}
