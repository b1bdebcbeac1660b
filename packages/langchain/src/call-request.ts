import type { BaseMessage } from '@langchain/core/messages';
import type { CallOptions, RequestLayer } from '@waypost/core';
import { convertMessages } from './convert-messages.js';
import { convertToolChoice, convertTools } from './convert-tools.js';
import type { ChatOpenRouterCallOptions, ModelKwargs } from './options.js';
import { type ChatOpenRouterSettings, wireSettings } from './settings.js';

/** What a model was made with, as far as requests show it. */
export interface ModelDefaults {
  readonly model: string | undefined;
  readonly settings: ChatOpenRouterSettings;
  readonly modelKwargs: ModelKwargs | undefined;
}

/** A call's options as LangChain hands them on; its `signal` stays in them. */
export type ParsedOptions = Partial<ChatOpenRouterCallOptions>;

/** The fields of the request but for messages and the raw ones, in wire spelling. */
export function requestFields(defaults: ModelDefaults, options: ParsedOptions): Record<string, unknown> {
  const model = options.model ?? defaults.model;
  const tools = convertTools(options.tools, options.strict);
  const choice = convertToolChoice(options.tool_choice);
  return {
    ...(model !== undefined && { model }),
    ...wireSettings(defaults.settings),
    ...wireSettings(options),
    ...(tools && { tools }),
    ...(choice !== undefined && { tool_choice: choice }),
  };
}

const rawLayers = (...all: readonly (ModelKwargs | undefined)[]): RequestLayer[] =>
  all.filter((body) => body !== undefined).map((body) => ({ name: 'modelKwargs', path: 'modelKwargs', body }));

/** Core's options among LangChain's. Core reads only what it knows, so the settings need not be taken out; `cache` is LangChain's. */
const callOptions = ({ responseCache, ...options }: ParsedOptions): CallOptions => ({ ...options, cache: responseCache });

/** One call as core takes it. */
export interface CallRequest {
  readonly layers: RequestLayer[];
  readonly body: Record<string, unknown>;
  readonly options: CallOptions;
}

/** @throws {InvalidOptionsError} for messages and tools that cannot be sent. */
export function callRequest(defaults: ModelDefaults, messages: readonly BaseMessage[], options: ParsedOptions): CallRequest {
  return {
    layers: rawLayers(defaults.modelKwargs, options.modelKwargs),
    body: { ...requestFields(defaults, options), messages: convertMessages(messages) },
    options: callOptions(options),
  };
}
