import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';
import type { Call, ClientConfig, ReasoningOptions, RequestLayer } from '@waypost/core';
import { callBody } from './chat-body.js';
import { type ErrorContext, errorContext } from '../call/convert-error.js';
import { convertMessages } from '../request/convert-messages.js';
import type { OpenRouterChatSettings } from '../options.js';
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
  // A raw body may add tools, but not take away those that the AI SDK is about to run.
  if (request['tools']) layers.push({ name: 'call', body: { tools: request['tools'], tool_choice: request['tool_choice'] } });
  if (own) layers.push({ name: 'providerOptions', path: 'providerOptions.openrouter', body: own });
  return {
    call: {
      layers,
      body: { model: modelId, messages: convertMessages(options.prompt, warnings) },
      options: { ...callOptions, headers: options.headers, ...(options.abortSignal && { signal: options.abortSignal }) },
    },
    warnings,
    errors: errorContext(model, '/chat/completions', layers),
  };
}
