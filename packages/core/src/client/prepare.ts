import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import type { Overruled, Warning } from '../policy/policy.js';
import { addIssue, createReport, isPlain, isRecord, type Report, throwIssues } from '../policy/report.js';
import type { RouteName } from '../policy/routes.js';
import { createReceiptCollector, type ReceiptCollector } from '../receipt/collect.js';
import { sharesData } from '../receipt/shares-data.js';
import { effectiveBaseURL } from '../request/base-url.js';
import { asksForCache } from '../request/headers.js';
import type { RequestLayer } from '../request/layers.js';
import { type ResolvedRequest, resolveWithin } from '../request/resolve-request.js';
import type { AttemptOptions, Window } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import { authorization } from './authorization.js';
import type { ClientConfig } from './config.js';
import { type CallInfo, type Tell, teller } from './hooks.js';
import { jsonOf } from './json-of.js';
import type { CallOptions } from './options.js';
import { type Settings, settingsWithin } from './settings.js';

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
  readonly url: string;
  readonly warnings: readonly Warning[];
  readonly collector: ReceiptCollector;
  readonly settings: Settings;
  readonly signal: AbortSignal | undefined;
  readonly deadlineAt: number | undefined;
  readonly info: CallInfo;
  readonly tell: Tell;
  /** What is odd about the call itself. */
  readonly found: readonly Warning[];
  /** Until when the call has waited already, in milliseconds since the epoch. */
  waitedUntil?: number | undefined;
  /** Gives back the place of the request that is under way, and takes notice of what it failed with. */
  leave?: ((error?: unknown) => void) | undefined;
  /** What one HTTP request for a window needs; asks for the key. */
  attempt(window: Window): Promise<AttemptOptions>;
}

// Creating a picture or a film again costs again, and a failure does not show whether the first one was made.
const NEVER_REPEATED: readonly RouteName[] = ['images', 'videos'];

/** A copy of a body, which is JSON, so that a hook cannot change what is sent. */
const copyOf = (body: ChatRequest): ChatRequest => JSON.parse(jsonOf(body)) as ChatRequest;

let calls = 0;

/**
 * Folds the layers of a call and checks everything that can be checked before sending.
 *
 * @throws {InvalidOptionsError} {@link PolicyConflictError}
 */
export function prepareCall(config: ClientConfig, call: Call, route: RouteName, path: string, stream = false): PreparedCall {
  const { effects, sizes } = config;
  const { body } = call;
  const report = createReport();
  // plain JavaScript may have given anything; it is not shown, since it may hold prompts
  if (!isRecord(body)) addIssue(report, 'request', `expected an object, got ${Array.isArray(body) ? 'an array' : typeof body}`, 'such as { model, messages }');
  const options = checkOptions(call.options, report);
  const given = settingsWithin(config, options, report);
  const settings: Settings = NEVER_REPEATED.includes(route) ? { ...given, retry: undefined, failover: false } : given;
  const { headers, limits, receipt = 'full', catalogue, hooks } = settings;
  throwIssues(report);
  const { signal, provider, allowedModels, region, acknowledge, allowUnknownPreferences, models, extends: presets } = options;
  const own: RequestLayer = { name: 'call', provider, allowedModels, region, acknowledge, allowUnknownPreferences, models, extends: presets };
  const resolved = resolveWithin(config.layers, [...(call.layers ?? []), own], body, { route });
  const { policy, requested, overruled, windows } = resolved;
  if (policy.uncached && asksForCache(headers)) {
    throw new PolicyConflictError({
      field: 'provider.zdr',
      message: 'a cached response is data that was retained',
      suggestion: "leave the cache off, or say acknowledge: ['cached-zdr'] where zdr is set",
    });
  }
  if (settings.failover === false && windows.length > 1) {
    throw new InvalidOptionsError([
      { path: 'models', message: `${requested.length} models do not fit one request`, suggestion: 'name at most 3 fallbacks, without limits of their own, or allow failover' },
    ]);
  }
  const baseURL = effectiveBaseURL(config.baseURL, policy.region);
  const url = (path.startsWith('/alpha/') ? baseURL.replace(/\/v1$/, '') : baseURL) + path;
  const startedAt = effects.now();
  const linted = config.lint?.({ ...windows[0]?.body, ...(stream && { stream }) }, { headers, path }) ?? [];
  const found = [...report.warnings, ...resolved.warnings];
  // hot: see the note on arrays in `resolveWithin`
  for (const one of overruled) found.push(overruledWarning(one));
  found.push(...linted);
  const bodyOf = (fields: ChatRequest): ChatRequest => (stream ? { ...fields, stream } : fields);
  const info: CallInfo = { id: String((calls += 1)), route, url, models: requested, stream, body: () => copyOf(bodyOf(windows[0]?.body ?? { messages: [] })) };
  const tell = teller(hooks, info);
  return {
    resolved,
    url,
    warnings: [...config.warnings, ...found],
    collector: createReceiptCollector({
      ...resolved,
      now: effects.now,
      detail: receipt,
      catalogue,
      sharesData: windows.some((window) => sharesData(window.body, requested)),
    }),
    settings,
    signal,
    deadlineAt: limits.deadline && startedAt + limits.deadline,
    info,
    tell,
    found,
    async attempt({ models: named, timeout = Infinity, body: fields }) {
      tell('onRequest', { url, models: named });
      return {
        effects,
        url,
        headers: { 'content-type': 'application/json', ...(await authorization(config, headers, { signal, limits, startedAt })), ...headers },
        body: jsonOf(bodyOf(fields)),
        signal,
        // an entry's own limit only tightens
        limits: { ...limits, timeout: Math.min(timeout, limits.timeout ?? Infinity) },
        startedAt,
        sizes,
      };
    },
  };
}

/** A loosening that changed nothing is told, since whoever asked for it expects it to hold. */
function overruledWarning({ field, layer, asked, effective }: Overruled): Warning {
  const holds = effective === undefined ? 'the outer policy' : JSON.stringify(effective);
  return { code: 'overruled', path: `provider.${field}`, message: `${JSON.stringify(asked)}, set by ${layer}, is overruled by a tighter policy; ${holds} holds` };
}

/** @internal The options of a call. @throws {InvalidOptionsError} when they are none, with whatever is in the report. */
export function checkOptions<Options extends Pick<CallOptions, 'signal'>>(options: Options | null | undefined, report: Report): Options | Record<string, never> {
  const given: unknown = options ?? {};
  // of anything else a copy, such as a stream makes, may lack a guardrail
  if (!isPlain(given)) addIssue(report, 'options', `expected ${isRecord(given) ? 'a plain object' : `an object, got ${typeof given}`}`);
  else if (given['signal'] != null && !(isRecord(given['signal']) && 'aborted' in given['signal'])) {
    addIssue(report, 'signal', `expected an AbortSignal, got ${typeof given['signal']}`);
  }
  throwIssues(report);
  return options ?? {};
}
