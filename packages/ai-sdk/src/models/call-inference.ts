import type { JSONObject, SharedV4ProviderMetadata, SharedV4Warning } from '@ai-sdk/provider';
import type { Call, ClientConfig, InferenceAnswer, RequestLayer } from '@waypost/core';
import { convertError, type ErrorContext, errorContext } from '../call/convert-error.js';
import { asJson } from '../answer/convert-metadata.js';
import { usageMetadata } from '../answer/convert-usage.js';
import { convertWarnings } from '../call/convert-warnings.js';
import { isRecord } from '../call/is-record.js';
import { splitProviderOptions } from '../call/provider-options.js';

/** What every model but a chat model is made of. */
export interface ModelParts {
  readonly modelId: string;
  /** The client, with the model's layer in it. */
  readonly config: ClientConfig;
  /** The provider's and the model's, outermost first. */
  readonly extraBodies: readonly ({ readonly [field: string]: unknown } | undefined)[];
}

/** What all calls of the AI SDK have. */
export interface AnyCall {
  providerOptions?: { readonly [provider: string]: JSONObject };
  headers?: { readonly [name: string]: string | undefined };
  abortSignal?: AbortSignal;
}

type Fields = { readonly [field: string]: unknown };

/** An answer, with what core found odd about the request, as the AI SDK has it. */
export type Answered<Answer> = Answer & { readonly convertedWarnings: SharedV4Warning[] };

/** What goes into a request: `content` is what nothing else can replace, `settings` may be set by inner layers too. */
export interface Request {
  readonly content: Fields;
  readonly settings?: Fields;
}

/**
 * A call of a route other than chat. Layers from outside in: provider, model, the call's `settings`, raw bodies, and
 * `providerOptions.openrouter`; then `content`.
 *
 * @param path below the base URL; only for errors.
 */
export function prepareInference(model: ModelParts, path: string, options: AnyCall, { content, settings = {} }: Request): { call: Call; errors: ErrorContext } {
  const { callOptions, body } = splitProviderOptions(options);
  const layers: RequestLayer[] = [{ name: 'call', body: settings }];
  for (const extra of model.extraBodies) if (extra) layers.push({ name: 'extraBody', path: 'extraBody', body: extra });
  if (body) layers.push({ name: 'providerOptions', path: 'providerOptions.openrouter', body });
  const { headers, abortSignal } = options;
  const call: Call = {
    layers,
    body: { ...content, model: model.modelId },
    options: { ...callOptions, headers, ...(abortSignal && { signal: abortSignal }) },
  };
  return { call, errors: errorContext(model, path, call) };
}

/** Makes such a call with `send`, and converts what is thrown. */
export async function callInference<Answer extends InferenceAnswer<unknown>>(
  model: ModelParts,
  path: string,
  options: AnyCall,
  request: Request,
  send: (config: ClientConfig, call: Call) => Promise<Answer>,
): Promise<Answered<Answer>> {
  const { call, errors } = prepareInference(model, path, options, request);
  try {
    const answer = await send(model.config, call);
    return { ...answer, convertedWarnings: convertWarnings(answer.warnings) };
  } catch (error) {
    throw convertError(error, errors);
  }
}

/** `providerMetadata.openrouter` of an answer: who served it, what it cost, its id and its receipt. */
export function inferenceMetadata({ response, headers, receipt }: InferenceAnswer<unknown>): JSONObject {
  const { id, provider, usage }: Fields = isRecord(response) ? response : {};
  const served = provider ?? headers['x-provider-name'];
  const generationId = headers['x-generation-id'] ?? id;
  return {
    ...(typeof served === 'string' && { provider: served }),
    // every field of a usage is optional and read with care, so any object is one
    ...(isRecord(usage) && { usage: usageMetadata(usage) }),
    ...(typeof generationId === 'string' && { generationId }),
    ...(receipt && { receipt: asJson(receipt) }),
  };
}

/** The same as provider metadata. */
export function providerMetadata(answer: InferenceAnswer<unknown>, extra?: JSONObject): SharedV4ProviderMetadata {
  return { openrouter: { ...inferenceMetadata(answer), ...extra } };
}
