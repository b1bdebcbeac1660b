import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';
import type { Call, ClientConfig, ReasoningOptions, RequestLayer } from '@waypost/core';
import { callBody } from './chat-body.js';
import { type ErrorContext, errorContext } from '../call/convert-error.js';
import { convertMessages } from '../request/convert-messages.js';
import type { OpenRouterChatSettings } from '../options.js';
import { isRecord } from '../call/is-record.js';
import { splitProviderOptions } from '../call/provider-options.js';

/** What a chat model is made of. */
export interface ChatModelParts {
  readonly modelId: string;
  /** The client, with the model's layer in it. */
  readonly config: ClientConfig;
  readonly settings: OpenRouterChatSettings;
  /** The provider's. */
  readonly reasoning: ReasoningOptions | undefined;
  /** The provider's and the model's, outermost first. */
  readonly extraBodies: readonly ({ readonly [field: string]: unknown } | undefined)[];
  readonly mergeDeltas: boolean;
  /** Sends `stream_options` with streams. */
  readonly strict: boolean;
}

export interface PreparedChat {
  readonly call: Call;
  readonly warnings: SharedV4Warning[];
  readonly errors: ErrorContext;
}

/** The call's effort in the `reasoning` of its provider options, where that does not say how much to think itself. */
function withEffort(own: { readonly [field: string]: unknown }, { reasoning: asked }: { readonly [field: string]: unknown }): { readonly [field: string]: unknown } {
  const { reasoning } = own;
  if (!isRecord(asked) || !isRecord(reasoning) || (reasoning['effort'] ?? reasoning['max_tokens'] ?? reasoning['enabled']) != null) return own;
  return { ...own, reasoning: { ...reasoning, effort: asked['effort'] } };
}

/**
 * A call of the AI SDK as a call of the client. Layers from outside in: provider, model, the call's settings, raw bodies, and
 * `providerOptions.openrouter`.
 */
export function prepareChat(model: ChatModelParts, options: LanguageModelV4CallOptions, stream: boolean): PreparedChat {
  const { modelId, settings } = model;
  const warnings: SharedV4Warning[] = [];
  const { callOptions, body: own } = splitProviderOptions(options);
  const request: RequestLayer['body'] = {
    ...callBody(options, settings, settings.reasoning ?? model.reasoning, warnings),
    ...(stream && model.strict && { stream_options: { include_usage: true } }),
  };
  const layers: RequestLayer[] = [{ name: 'call', body: request }];
  for (const body of model.extraBodies) if (body) layers.push({ name: 'extraBody', path: 'extraBody', body });
  // Tools of a raw body are for calls that have none: those that the AI SDK is about to run stay.
  if (request['tools']) layers.push({ name: 'call', body: { tools: request['tools'], tool_choice: request['tool_choice'] } });
  if (own) layers.push({ name: 'providerOptions', path: 'providerOptions.openrouter', body: withEffort(own, request) });
  const call: Call = {
    layers,
    body: { model: modelId, messages: convertMessages(options.prompt, warnings) },
    options: { ...callOptions, headers: options.headers, ...(options.abortSignal && { signal: options.abortSignal }) },
  };
  return { call, warnings, errors: errorContext(model, '/chat/completions', call) };
}
