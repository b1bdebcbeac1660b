import type { BaseMessage } from '@langchain/core/messages';
import type { CallOptions, RequestLayer } from '@waypost/core';
import { convertMessages } from './convert-messages.js';
import { convertToolChoice, convertTools } from './convert-tools.js';
import type { ChatOpenRouterCallOptions, ModelKwargs } from './options.js';
import { type ChatOpenRouterSettings, wireSettings } from './settings.js';

type Fields = Record<string, unknown>;

/** What a model was made with, as far as requests show it. */
export interface ModelDefaults {
  readonly model: string | undefined;
  readonly settings: ChatOpenRouterSettings;
  readonly modelKwargs: ModelKwargs | undefined;
}

/** A call's options as LangChain hands them on; its `signal` stays in them. */
export type ParsedOptions = Partial<ChatOpenRouterCallOptions>;

function callFields(options: ParsedOptions): Fields {
  const tools = convertTools(options.tools, options.strict);
  const choice = convertToolChoice(options.tool_choice);
  return { ...wireSettings(options), ...(tools && { tools }), ...(choice !== undefined && { tool_choice: choice }) };
}

const modelOf = (defaults: ModelDefaults, options: ParsedOptions): Fields => {
  const model = options.model ?? defaults.model;
  return model === undefined ? {} : { model };
};

/** The fields of the request but for messages, in wire spelling: what is said raw stands over what has a name, and the call over the model. */
export function requestFields(defaults: ModelDefaults, options: ParsedOptions): Fields {
  return { ...modelOf(defaults, options), ...wireSettings(defaults.settings), ...defaults.modelKwargs, ...callFields(options), ...options.modelKwargs };
}

/** The same as layers, for what is raw goes through core's checks as such. */
function rawLayers({ settings, modelKwargs: outer }: ModelDefaults, options: ParsedOptions): RequestLayer[] {
  const named = (body: Fields): RequestLayer => ({ name: 'settings', body });
  const raw = (body: ModelKwargs | undefined): RequestLayer[] => (body === undefined ? [] : [{ name: 'modelKwargs', path: 'modelKwargs', body }]);
  return [named(wireSettings(settings)), ...raw(outer), named(callFields(options)), ...raw(options.modelKwargs)];
}

/** Core's options among LangChain's. Core reads only what it knows, so the settings need not be taken out; `cache` is LangChain's, and raw bodies are layers. */
function callOptions(parsed: ParsedOptions): CallOptions {
  const { responseCache, modelKwargs: _, ...options } = parsed;
  return { ...options, cache: responseCache };
}

/** One call as core takes it. */
export interface CallRequest {
  readonly layers: RequestLayer[];
  readonly body: Fields;
  readonly options: CallOptions;
}

/** @throws {InvalidOptionsError} for messages and tools that cannot be sent. */
export function callRequest(defaults: ModelDefaults, messages: readonly BaseMessage[], options: ParsedOptions): CallRequest {
  const isRaw = defaults.modelKwargs != null || options.modelKwargs != null;
  return {
    layers: isRaw ? rawLayers(defaults, options) : [],
    body: { ...(isRaw ? modelOf(defaults, options) : requestFields(defaults, options)), messages: convertMessages(messages) },
    options: callOptions(options),
  };
}
