import { layerPolicy, presetPolicies } from '../policy/layer-policy.js';
import type { Warning } from '../policy/policy.js';
import { createReport, type Report, throwIssues } from '../policy/report.js';
import { checkBaseURL } from '../request/base-url.js';
import { checkModels } from '../request/chain.js';
import { environment, isBrowser } from '../request/environment.js';
import type { RequestLayer } from '../request/layers.js';
import { checkMisplaced } from '../request/protected-fields.js';
import { createEffects } from '../transport/effects.js';
import type { Effects, SizeLimits } from '../transport/types.js';
import { checkKey } from './authorization.js';
import { teller } from './hooks.js';
import type { ClientOptions, RunOptions, SharedOptions } from './options.js';
import type { Resilience, ResilienceOptions } from './resilience.js';
import { expectType, type Settings, settingsWithin } from './settings.js';

/** A client's options, checked and copied, so that changing the originals later changes nothing. */
export interface ClientConfig extends Settings {
  readonly apiKey: string | (() => string | Promise<string>) | undefined;
  readonly baseURL: string | undefined;
  readonly layers: readonly RequestLayer[];
  readonly lint: ClientOptions['lint'];
  readonly sizes: Partial<SizeLimits>;
  readonly effects: Effects;
  /** What is odd about the options; told with every call. */
  readonly warnings: readonly Warning[];
}

type Body = { readonly [field: string]: unknown };

/** What differs between adapters. */
export interface ConfigDefaults {
  /** What repeats calls, `createResilience`, for a client whose framework does not. Default: each call is one pass. */
  resilience?: ((options: ResilienceOptions, report: Report) => Resilience) | undefined;
  /** Fields for every body, in wire spelling: reasoning, plugins, user … */
  body?: Body | undefined;
}

/**
 * Checks a client's options.
 *
 * @throws {InvalidOptionsError} listing everything that is wrong. A missing key is told when it is needed.
 */
export function createConfig(options: ClientOptions & ResilienceOptions = {}, defaults: ConfigDefaults = {}): ClientConfig {
  const report = createReport();
  const { apiKey, fetch } = options;
  expectType(apiKey, ['string', 'function'], 'apiKey', report);
  if (typeof apiKey === 'string') checkKey(apiKey, report);
  expectType(fetch, ['function'], 'fetch', report);
  expectType(options.lint, ['function'], 'lint', report);
  const given = options.baseURL ?? environment('OPENROUTER_BASE_URL');
  const baseURL = given === undefined ? undefined : checkBaseURL(given, options.baseURL === undefined ? 'OPENROUTER_BASE_URL' : 'baseURL', report);
  const resilience = defaults.resilience?.(options, report);
  const outermost: Settings = { headers: {}, limits: {}, retry: resilience?.retry, failover: {}, hooks: [], resilience };
  const settings = settingsWithin(outermost, { ...options, retry: undefined }, report, {
    appUrl: options.appUrl ?? environment('OPENROUTER_HTTP_REFERER', 'OPENROUTER_SITE_URL'),
    appTitle: options.appTitle ?? environment('OPENROUTER_APP_TITLE', 'OPENROUTER_APP_NAME', 'OPENROUTER_SITE_NAME'),
    appCategories: options.appCategories ?? environment('OPENROUTER_APP_CATEGORIES')?.split(','),
    metadata: options.metadata ?? (isBrowser() ? undefined : true),
  });
  const config: ClientConfig = {
    ...settings,
    apiKey: apiKey ?? environment('OPENROUTER_API_KEY'),
    baseURL,
    layers: [layerOf('client', options, report, defaults.body)],
    lint: options.lint,
    sizes: { ...options.sizes },
    effects: createEffects({ ...options.effects, ...(fetch && { fetch }) }),
    warnings: report.warnings,
  };
  return checked(config, report);
}

/** A client that has one more layer, inside those it has. @throws {InvalidOptionsError} */
export function extendConfig(config: ClientConfig, name: string, options: SharedOptions & RunOptions, body?: Body): ClientConfig {
  const report = createReport();
  const extended: ClientConfig = {
    ...config,
    ...settingsWithin(config, options, report),
    layers: [...config.layers, layerOf(name, options, report, body)],
    warnings: [...config.warnings, ...report.warnings],
  };
  return checked(extended, report);
}

function checked(config: ClientConfig, report: Report): ClientConfig {
  throwIssues(report);
  const tell = teller(config.hooks);
  report.warnings.forEach((warning) => tell('onWarning', warning));
  return config;
}

/**
 * A deep copy that nothing can change: parts of it go out with results and receipts, and are there for the next call. What goes
 * through it is JSON, most of it for the wire, so the copy lacks nothing and has the same type.
 */
const snapshot = <Value extends object>(value: Value): Value => JSON.parse(JSON.stringify(value), (_, part: unknown) => Object.freeze(part)) as Value;

function layerOf(name: string, options: SharedOptions, report: Report, body: Body | undefined): RequestLayer {
  const { acknowledge, allowUnknownPreferences, extends: presets } = options;
  // read for what is wrong with them; each call folds them
  presetPolicies(presets, '', report);
  // before the copy, which would make nothing of what no request can carry
  for (const [field, value] of Object.entries(body ?? {})) if (value != null) checkMisplaced(field, value, '', report);
  return {
    name,
    ...(typeof presets === 'object' && presets !== null && { extends: snapshot(presets) }),
    policy: snapshot(layerPolicy(options, '', report)),
    // anything but an array has been reported with the policy
    ...(Array.isArray(acknowledge) && { acknowledge: [...acknowledge] }),
    models: checkModels(options.models, 'models', report),
    ...(allowUnknownPreferences && { allowUnknownPreferences }),
    ...(body && { body: snapshot(body) }),
  };
}
