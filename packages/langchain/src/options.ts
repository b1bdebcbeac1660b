import type { BaseChatModelCallOptions, BaseChatModelParams, BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { ModelProfile } from '@langchain/core/language_models/profile';
import type { CallOptions, ClientOptions, Plugin, ResponseFormat, ToolChoice } from '@waypost/core';
import type { ChatOpenRouterSettings } from './settings.js';

/** Fields of a request in wire spelling, for what Waypost has no name for. They pass through the same checks as everything else. */
export type ModelKwargs = Readonly<Record<string, unknown>>;

/**
 * What `new ChatOpenRouter` takes. LangChain's own `cache` and `metadata` keep their meaning, so OpenRouter's response cache is
 * `responseCache` here, and its routing metadata `routerMetadata`. `maxRetries` (default 6) and `onFailedAttempt` are LangChain's.
 */
export interface ChatOpenRouterInput
  extends BaseChatModelParams, Omit<ClientOptions, 'cache' | 'metadata' | 'retry'>, ChatOpenRouterSettings {
  /** `author/slug`, with variants and preset. Default: the account's default model. */
  model?: string | undefined;
  /** The same as `model`. */
  modelName?: string | undefined;
  /**
   * Further fields of the request in wire spelling, over those that have a name here; a call's options stand over both. Guardrails
   * hold against a `provider` in it, `models` replaces, and `model`, `messages` and `stream` are refused.
   */
  modelKwargs?: ModelKwargs | undefined;
  /** The same as `appUrl`. */
  siteUrl?: string | undefined;
  /** The same as `appTitle`. */
  siteName?: string | undefined;
  /** Streams even for `invoke`. Default `false`. */
  streaming?: boolean | undefined;
  /** Whether the last chunk of a stream carries `usage_metadata`. Default `true`. */
  streamUsage?: boolean | undefined;
  /** Response caching by OpenRouter. Default off. */
  responseCache?: ClientOptions['cache'];
  /** Whether to ask for the router's account of each request. Default: `true` outside browsers. */
  routerMetadata?: boolean | undefined;
  /**
   * What the model can do: agents look at it, and `withStructuredOutput` asks for a JSON Schema by itself only where
   * `structuredOutput` is `true`. Default: nothing is known.
   */
  profile?: ModelProfile | undefined;
}

/** Options of one call. LangChain's `timeout` limits the whole call, by a signal. */
export interface ChatOpenRouterCallOptions
  extends BaseChatModelCallOptions, Omit<CallOptions, 'cache' | 'retry' | 'timeout' | 'signal'>, Omit<ChatOpenRouterSettings, 'stop'> {
  model?: string | undefined;
  tools?: readonly BindToolsInput[] | undefined;
  tool_choice?: ToolChoice | 'any' | (string & {});
  /** Asks the model to keep to the schemas of tools strictly, where a tool does not say. */
  strict?: boolean | undefined;
  modelKwargs?: ModelKwargs | undefined;
  streamUsage?: boolean | undefined;
  responseCache?: CallOptions['cache'];
}

/** The settings, under the name that `@langchain/openrouter` has for them. */
export type ChatOpenRouterFields = ChatOpenRouterSettings;
/** A plugin, such as `{ id: 'web' }`. */
export type OpenRouterPlugin = Plugin;
/** What an answer has to look like. */
export type OpenRouterResponseFormat = ResponseFormat;
