import {
  authorization,
  type ClientConfig,
  type ClientOptions,
  createConfig,
  effectiveBaseURL,
  InvalidOptionsError,
  NetworkError,
  OpenRouterError,
  PolicyConflictError,
  policyOf,
  refuseRetries,
  requirePlain,
  type RouteName,
} from '@waypost/core';
import { errorResponse } from './error-response.js';
import { forwardRequest, parseBody } from './forward-request.js';
import { forwardRoute, isAccountPath, isCreation } from './forward-routes.js';
import { defaultsBody, type RequestDefaults } from './options.js';
import { readForm } from './sdk-form.js';
import { type FetchInput, isRequest, readArguments, type SdkRequest } from './sdk-request.js';
import { type ApiTarget, createTargets } from './target.js';

/** A `fetch` as SDKs take it. */
export type Fetch = (input: FetchInput, init?: RequestInit) => Promise<Response>;

/**
 * Options of a policy fetch: those of a client, but for `retry`, since the SDK retries by itself. `apiKey` has no default: without it the
 * SDK's own key stays.
 */
export interface PolicyFetchOptions extends Omit<ClientOptions, 'retry' | 'fetch'>, RequestDefaults {
  /** What sends. Default: the platform's. */
  fetch?: Fetch | undefined;
}

/** What a policy fetch runs on. */
interface Enforcer {
  readonly config: ClientConfig;
  readonly hasKey: boolean;
  /** Whether there is anything to enforce on what is sent; the region is where it is sent to. */
  readonly guarded: boolean;
  readonly lenient: boolean;
  readonly send: Fetch;
}

// What belongs to one connection, or to a body that is written anew.
const NOT_PASSED = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'connection', 'host', 'expect'];

/** The headers of the SDK that go on. */
function passedHeaders(headers: Headers, hasKey: boolean): Record<string, string> {
  const passed: Record<string, string> = Object.fromEntries(headers);
  for (const name of hasKey ? [...NOT_PASSED, 'authorization', 'x-api-key'] : NOT_PASSED) delete passed[name];
  return passed;
}

const READING = /^(GET|HEAD|DELETE|OPTIONS)$/;
// Some servers take the method from here. OpenRouter is not known to.
const METHOD_HEADERS = ['x-http-method-override', 'x-http-method', 'x-method-override'];
// What the body says, and so the policy; `?beta=true` and the like are nothing of it.
const OF_THE_BODY = /^\W*(models?|provider|preset|plugins|route|_method)\b/i;

/** Whether a request only reads, by any word on it. */
const isReading = ({ method, headers }: SdkRequest): boolean => READING.test(method) && !METHOD_HEADERS.some((name) => headers.has(name));

/** @throws {InvalidOptionsError} for a parameter of the address that a server might take for a field of the body. */
function checkParameter(name: string): void {
  if (!OF_THE_BODY.test(name)) return;
  throw new InvalidOptionsError([{ path: 'url', message: `its query has a parameter ${JSON.stringify(name.slice(0, 40))}, which no policy is held against`, suggestion: 'put it into the body' }]);
}

const refuse = (field: string, message: string, suggestion: string): never => {
  throw new PolicyConflictError({ field, message, suggestion });
};

/** A request to the API that is no inference: it goes on as it is, with the key and the application's name where there are any. */
async function passOn({ config, hasKey, send }: Enforcer, request: SdkRequest, input: FetchInput, init: RequestInit | undefined): Promise<Response> {
  if (!hasKey) return send(input, init);
  const headers = new Headers(request.headers);
  const { 'x-openrouter-metadata': _metadata, 'x-openrouter-cache': _cache, ...own } = config.headers;
  for (const [name, value] of Object.entries({ ...own, ...(await authorization(config, {})) })) if (name === 'authorization' || !headers.has(name)) headers.set(name, value);
  // a redirect may lead to another host, where the key has no business
  const changed: RequestInit = { ...init, headers, redirect: 'manual' };
  return isRequest(input) ? send(new Request(input, changed)) : send(input, changed);
}

/** A request of inference: folded, or refused. */
async function enforce({ config, hasKey, lenient, guarded }: Enforcer, request: SdkRequest, route: RouteName, { path, search }: ApiTarget): Promise<Response> {
  if (guarded) new URLSearchParams(search).forEach((_, name) => checkParameter(name));
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw new InvalidOptionsError([{ path: 'headers.content-encoding', message: `a body in ${encoding} cannot be checked`, suggestion: 'send it as it is' }]);
  if (request.isForm && route !== 'transcriptions') throw new InvalidOptionsError([{ path: 'body', message: `the ${route} route takes no forms`, suggestion: 'send JSON' }]);
  const form = request.isForm ? readForm(await request.form()) : undefined;
  const body = form?.fields ?? parseBody(await request.text());
  const headers = passedHeaders(request.headers, hasKey);
  return forwardRequest(config, lenient, { path: path + search, route, body, headers, signal: request.signal, rest: request.rest, ...(form && { form }) });
}

/** An error as an SDK can make something of it: a response, or, where there was no connection, what the platform threw. */
function asSdkExpects(error: unknown, once: boolean): Response {
  if (!OpenRouterError.isInstance(error)) throw error;
  if (NetworkError.isInstance(error)) throw error.cause ?? error;
  return errorResponse(error, once);
}

/**
 * Makes a `fetch` that enforces a policy on whatever an OpenAI-compatible SDK sends to the base URL. The SDK's own `provider`, `models` and
 * model variants are an inner layer: they tighten, and cannot loosen. What cannot be kept is refused before anything is sent, as a
 * response with status 400 that the SDK raises and does not repeat. Requests elsewhere pass as they are, without the key.
 *
 * @throws {InvalidOptionsError} {@link PolicyConflictError} for options that are wrong, or contradict one another.
 * @example
 * const openai = new OpenAI({ baseURL: 'https://openrouter.ai/api/v1', apiKey, fetch: createPolicyFetch({ provider: { zdr: true } }) });
 */
export function createPolicyFetch(options: PolicyFetchOptions = {}): Fetch {
  requirePlain(options);
  refuseRetries(options);
  const { fetch, ...others } = options;
  const send: Fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));
  const made = createConfig({ ...others, fetch: send }, { body: defaultsBody(options) });
  const config: ClientConfig = { ...made, apiKey: options.apiKey };
  const { region, ...rest } = policyOf(config.layers);
  const baseURL = effectiveBaseURL(config.baseURL, region);
  const targetOf = createTargets(baseURL);
  const enforcer: Enforcer = {
    config,
    hasKey: options.apiKey !== undefined,
    guarded: Object.keys(rest).length > 0,
    lenient: options.allowUnknownPreferences ?? false,
    send,
  };

  return async (input, init) => {
    const request = readArguments(input, init);
    const target = request.url ? targetOf(request.url) : undefined;
    if (target === undefined || target.kind === 'elsewhere') return send(input, init);
    const reads = isReading(request);
    const once = target.kind === 'api' && isCreation(target.path);
    try {
      if (target.kind !== 'api') {
        if (reads || (!enforcer.guarded && region === undefined)) return await send(input, init);
        if (target.kind === 'disguised') return refuse('url', 'it may be read as a route of the base URL, and is not written as one', 'write the path as it is, without escapes, empty segments and user-info');
        return refuse(region === undefined ? 'baseURL' : 'region', `the SDK sends to ${request.url?.host}${request.url?.pathname}, but the policy is for ${baseURL}`, `give the SDK the base URL ${baseURL}`);
      }
      if (reads || isAccountPath(target.path)) return await passOn(enforcer, request, input, init);
      const route = request.method === 'POST' ? forwardRoute(target.path) : undefined;
      if (route !== undefined) return await enforce(enforcer, request, route, target);
      if (!enforcer.guarded) return await passOn(enforcer, request, input, init);
      return refuse('path', `${request.method} ${target.path} is no route that this version knows, so that nothing tells what it honours`, 'use a documented route of inference');
    } catch (error) {
      return asSdkExpects(error, once);
    }
  };
}
