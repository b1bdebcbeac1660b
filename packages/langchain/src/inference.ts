import type { AsyncCallerParams } from '@langchain/core/utils/async_caller';
import { type Call, type CallOptions, type ClientConfig, type ClientOptions, createConfig, InvalidOptionsError, refuseRetries, type RequestLayer } from '@waypost/core';
import { onFailedAttempt } from './convert-error.js';
import type { ModelKwargs } from './options.js';

/**
 * What `OpenRouterEmbeddings` and `OpenRouterRerank` both take: the options of every Waypost client, under the names that
 * `ChatOpenRouter` has for them, so that one object can be shared. `maxRetries` (default 6), `maxConcurrency` (default no limit) and
 * `onFailedAttempt` are LangChain's. These routes take no fallback models.
 */
export interface InferenceInput extends AsyncCallerParams, Omit<ClientOptions, 'models' | 'failover' | 'retry' | 'cache' | 'metadata'> {
  /** `author/slug`. Needed, here or as the constructor's first argument. */
  model?: string | undefined;
  /** The same as `model`. */
  modelName?: string | undefined;
  /** Id of the end user. */
  user?: string | undefined;
  /** The same as `appUrl`. */
  siteUrl?: string | undefined;
  /** The same as `appTitle`. */
  siteName?: string | undefined;
  /** Groups requests; at most 256 characters. Default: `OPENROUTER_SESSION_ID`. */
  sessionId?: string | undefined;
  /** Further fields of the request in wire spelling. Guardrails hold against a `provider` in it; what the call itself says is refused. */
  modelKwargs?: ModelKwargs | undefined;
  /** Response caching by OpenRouter. Default off. */
  responseCache?: ClientOptions['cache'];
  /** Whether to ask for the router's account of each request. Default: `true` outside browsers. */
  routerMetadata?: boolean | undefined;
}

/** Options of one call: its own layer of policy, time limits, headers, a signal. */
export interface InferenceCallOptions extends Omit<CallOptions, 'models' | 'failover' | 'retry' | 'cache'> {
  /** Instead of the constructor's. */
  model?: string | undefined;
  /** LangChain's retries for this call. */
  maxRetries?: number | undefined;
  modelKwargs?: ModelKwargs | undefined;
  responseCache?: CallOptions['cache'];
}

type Fields = { readonly [field: string]: unknown };

/** A model of a route other than chat. It holds the key: not to be shown. */
export interface InferenceModel {
  readonly model: string;
  readonly config: ClientConfig;
  /** Fields of every request, in wire spelling. */
  readonly settings: Fields;
  readonly modelKwargs: ModelKwargs | undefined;
}

export const invalid = (path: string, message: string, suggestion?: string): InvalidOptionsError =>
  new InvalidOptionsError([{ path, message, ...(suggestion !== undefined && { suggestion }) }]);

/** @throws {InvalidOptionsError} for wrong options, and where no model is named. */
export function createModel(fields: InferenceInput, settings: Fields): InferenceModel {
  const { model, user, sessionId, modelKwargs, responseCache, routerMetadata, ...options } = fields;
  refuseRetries(options);
  if (model === undefined) throw invalid('model', 'no model is named', 'such as author/slug');
  return {
    model,
    config: createConfig({ ...options, cache: responseCache, metadata: routerMetadata }),
    settings: { user, session_id: sessionId, ...settings },
    modelKwargs,
  };
}

/** What LangChain's caller is made of. Unless the user has a say in it, only what may pass is tried again. */
export function callerParams({ maxConcurrency, maxRetries, onFailedAttempt: own }: AsyncCallerParams): AsyncCallerParams {
  return { ...(maxConcurrency !== undefined && { maxConcurrency }), ...(maxRetries !== undefined && { maxRetries }), onFailedAttempt: own ?? onFailedAttempt };
}

/** What a call says: nothing else may state its `content`, and its `settings` stand over the model's. */
export interface InferenceRequest {
  readonly content: Fields;
  readonly settings?: Fields;
}

/**
 * One call as core takes it. What is said raw stands over what has a name, and the call over the model.
 *
 * @throws {InvalidOptionsError} for `modelKwargs` that state the content.
 */
export function inferenceCall({ model, settings, modelKwargs }: InferenceModel, request: InferenceRequest, options: InferenceCallOptions): Call {
  const { responseCache, modelKwargs: own, model: named, ...rest } = options;
  const raw = (body: ModelKwargs | undefined): RequestLayer => {
    const stated = Object.keys(request.content).find((field) => body?.[field] !== undefined);
    if (stated !== undefined) throw invalid(`modelKwargs.${stated}`, 'cannot be set here', `${stated} belongs to the call itself`);
    return { name: 'modelKwargs', path: 'modelKwargs', body };
  };
  return {
    layers: [{ name: 'settings', body: settings }, raw(modelKwargs), { name: 'settings', body: request.settings }, raw(own)],
    body: { ...request.content, model: named ?? model },
    options: { ...rest, cache: responseCache },
  };
}

/** @throws {InvalidOptionsError} for what is no whole number of at least 1. */
export function checkCount(value: number | undefined, path: string): void {
  if (value !== undefined && !(Number.isInteger(value) && value > 0)) throw invalid(path, `expected a whole number of at least 1, got ${String(value)}`, 'leave it out for the default');
}
