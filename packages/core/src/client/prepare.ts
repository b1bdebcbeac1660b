import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import type { Warning } from '../policy/policy.js';
import { addIssue, createReport, isRecord, type Report, throwIssues } from '../policy/report.js';
import type { RouteName } from '../policy/routes.js';
import { createReceiptCollector, type ReceiptCollector } from '../receipt/collect.js';
import { effectiveBaseURL } from '../request/base-url.js';
import { asksForCache, optionHeaders } from '../request/headers.js';
import type { RequestLayer } from '../request/layers.js';
import { resolveRequest, type ResolvedRequest } from '../request/resolve-request.js';
import type { AttemptOptions, TimeLimits, Window } from '../transport/types.js';
import { checkKey, checkLimits, checkShared, type ClientConfig, stricter } from './config.js';
import type { CallOptions, VerifyOption } from './options.js';

/** One call of an inference route. */
export interface Call {
  /** Layers between the client's and the request's own, outermost first: a model's settings, raw bodies … */
  layers?: readonly RequestLayer[];
  /** The request's fields in wire spelling; its `provider` is the innermost layer. */
  body: { readonly [field: string]: unknown };
  /** Options of this call; their policy is a layer of its own, named `call`. */
  options?: CallOptions | undefined;
}

/** A call that has passed every check and may go out. */
export interface PreparedCall {
  readonly resolved: ResolvedRequest;
  readonly warnings: readonly Warning[];
  readonly collector: ReceiptCollector;
  readonly verify: VerifyOption | undefined;
  readonly signal: AbortSignal | undefined;
  readonly startedAt: number;
  readonly deadlineAt: number | undefined;
  /** What one HTTP request for a window needs; asks for the key. */
  attempt(window: Window, stream: boolean): Promise<AttemptOptions>;
}

/**
 * Folds the layers of a call and checks everything that can be checked before sending.
 *
 * @throws {InvalidOptionsError} {@link PolicyConflictError}
 */
export function prepareCall(config: ClientConfig, call: Call, route: RouteName, path: string): PreparedCall {
  const { effects } = config;
  const report = createReport();
  const options = checkCall(call, report);
  const limits: TimeLimits = { ...config.limits, ...checkLimits(options, '', report) };
  const shared = { ...config.shared, ...checkShared(options, '', report) };
  const verify = stricter(config.shared.verify, options.verify);
  const own = optionHeaders({ headers: options.headers, cache: options.cache }, '', report);
  throwIssues(report);
  const callLayer: RequestLayer = { name: 'call', ...policyOf(options) };
  const resolved = resolveRequest([...config.layers, ...(call.layers ?? []), callLayer], call.body, { route });
  const headers = { ...config.headers, ...own };
  const { policy, requested, provider, overruled } = resolved;
  if (policy.uncached && asksForCache(headers)) {
    throw new PolicyConflictError({
      field: 'provider.zdr',
      message: 'a cached response is data that was retained',
      suggestion: "leave the cache off, or say acknowledge: ['cached-zdr'] where zdr is set",
    });
  }
  if (config.failover === false && resolved.windows.length > 1) {
    throw new InvalidOptionsError([
      { path: 'models', message: `${requested.length} models do not fit one request`, suggestion: 'name at most 3, or allow failover' },
    ]);
  }
  const url = effectiveBaseURL(config.baseURL, policy.region) + path;
  const startedAt = effects.now();
  const warnings = [...config.warnings, ...report.warnings, ...resolved.warnings];
  resolved.warnings.forEach((warning) => config.hooks.onWarning?.(warning));
  return {
    resolved,
    warnings,
    collector: createReceiptCollector({
      now: effects.now,
      requested,
      policy,
      provider,
      overruled,
      detail: shared.receipt ?? 'full',
      catalogue: shared.catalogue,
      sharesData: sharesData(call.body),
    }),
    verify,
    signal: options.signal,
    startedAt,
    deadlineAt: limits.deadline === undefined ? undefined : startedAt + limits.deadline,
    async attempt(window, stream) {
      config.hooks.onRequest?.({ url, models: window.models });
      const timeout = window.timeout ?? limits.timeout;
      return {
        effects,
        url,
        headers: { 'content-type': 'application/json', ...(await authorization(config, headers)), ...headers },
        body: JSON.stringify(stream ? { ...window.body, stream: true } : window.body),
        ...(options.signal && { signal: options.signal }),
        limits: { ...limits, ...(timeout !== undefined && { timeout }) },
        startedAt,
        sizes: config.sizes,
      };
    },
  };
}

/** Plain JavaScript may have given anything. What is wrong is not shown, since it may hold prompts. */
function checkCall({ body, options }: Call, report: Report): CallOptions {
  if (!isRecord(body)) addIssue(report, 'request', `expected an object, got ${Array.isArray(body) ? 'an array' : typeof body}`, 'such as { model, messages }');
  return checkOptions(options, report);
}

/** @internal The options of a call. @throws {InvalidOptionsError} when they are none, with whatever is in the report. */
export function checkOptions<Options extends Pick<CallOptions, 'signal'>>(options: Options | null | undefined, report: Report): Options | Record<string, never> {
  const given: unknown = options ?? {};
  if (!isRecord(given)) addIssue(report, 'options', `expected an object, got ${typeof given}`);
  else if (given['signal'] != null && !(isRecord(given['signal']) && 'aborted' in given['signal'])) {
    addIssue(report, 'signal', `expected an AbortSignal, got ${typeof given['signal']}`);
  }
  throwIssues(report);
  return options ?? {};
}

function policyOf(options: CallOptions): Omit<RequestLayer, 'name'> {
  const { provider, allowedModels, region, acknowledge, allowUnknownPreferences, models } = options;
  return { provider, allowedModels, region, acknowledge, allowUnknownPreferences, models };
}

/**
 * The authorization header, unless the caller's own headers have one.
 *
 * @throws {InvalidOptionsError} when there is no key, or it is not fit for a header.
 */
export async function authorization(config: ClientConfig, headers: { readonly [name: string]: string }): Promise<Record<string, string>> {
  if (headers['authorization'] !== undefined) return {};
  const key: unknown = typeof config.apiKey === 'function' ? await config.apiKey() : config.apiKey;
  const report = createReport();
  if (typeof key !== 'string') addIssue(report, 'apiKey', 'is missing', 'pass apiKey, or set OPENROUTER_API_KEY');
  else checkKey(key, report);
  throwIssues(report);
  return { authorization: `Bearer ${String(key)}` };
}

// Server tools and plugins that pass parts of a conversation to services other than the model's provider.
const SHARING = /^(openrouter:(web_search|web_fetch|image_generation|fusion|advisor|subagent|bash|files)|web_search.*|web|web-fetch|file-parser|fusion)$/;

function sharesData(body: { readonly [field: string]: unknown }): boolean {
  const tools = [body['tools'], body['plugins']].flatMap((list) => (Array.isArray(list) ? list : []));
  return tools.some((one) => isRecord(one) && one['enabled'] !== false && SHARING.test(String(one['id'] ?? one['type'])));
}

