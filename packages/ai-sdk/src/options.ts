import type { ClientOptions, Plugin, ReasoningOptions, SharedOptions } from '@waypost/core';

/** Settings of the wire that may be set for the provider, for a model, and for a call. */
export interface RequestDefaults {
  /** How much the model may think; a call's own `reasoning` stands over it. */
  reasoning?: ReasoningOptions | undefined;
  /** Plugins, in the spelling of the API. */
  plugins?: readonly Plugin[] | undefined;
  /** Id of the end user, for isolating abuse. */
  user?: string | undefined;
  /** At most 256 characters: sticky routing and grouping. */
  sessionId?: string | undefined;
}

/**
 * Options of `createOpenRouter`. Policy, time limits, attribution and headers mean what they mean in every Waypost client;
 * repeating a failed call is the AI SDK's own affair (`maxRetries`).
 */
export interface OpenRouterProviderSettings extends Omit<ClientOptions, 'retry'>, RequestDefaults {
  /** Joins the deltas that arrived in one network packet: fewer, larger parts, and less work for the AI SDK. Default `false`. */
  mergeDeltas?: boolean | undefined;
  /**
   * Fields for every request body, in the spelling of the API. A `provider` in it is folded like any other layer; `model`,
   * `messages` and `stream` are refused.
   */
  extraBody?: { readonly [field: string]: unknown } | undefined;
  /** @deprecated Write `baseURL`. */
  baseUrl?: string | undefined;
  /** `strict` sends `stream_options`, which the API takes and ignores. Kept for those who come from another provider. */
  compatibility?: 'strict' | 'compatible' | undefined;
  /** Base URL of the Decisions API. Default: `baseURL` with `/alpha` in place of its `/v1`. */
  decisionsBaseURL?: string | undefined;
  /** Keys of the upstream providers by their slug, sent as the header `X-Provider-API-Keys`. */
  api_keys?: { readonly [provider: string]: string } | undefined;
  /** The same as `appTitle`. */
  appName?: string | undefined;
}

/** Settings of a completion model; the policy among them is a layer inside the provider's, and can only tighten it. */
export interface OpenRouterCompletionSettings extends SharedOptions, Omit<RequestDefaults, 'plugins'> {
  /** Token id → bias from -100 to 100. */
  logitBias?: { readonly [token: number]: number } | undefined;
  /** `true`: log probabilities of the tokens; a number: of that many alternatives too. They come in the provider metadata. */
  logprobs?: boolean | number | undefined;
  /** What comes after the text that is to be written. Only of completion models. */
  suffix?: string | undefined;
  /** @deprecated Write `reasoning: {}` for true, `reasoning: { exclude: true }` for false. */
  includeReasoning?: boolean | undefined;
  /** @deprecated Usage and cost always come. */
  usage?: { include: boolean } | undefined;
  /** From 0 to 2; a call's own setting stands over this and the following. */
  temperature?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
  frequencyPenalty?: number | undefined;
  presencePenalty?: number | undefined;
  maxTokens?: number | undefined;
  /** As the provider's, for this model. */
  extraBody?: { readonly [field: string]: unknown } | undefined;
  /** As the provider's, for this model. */
  mergeDeltas?: boolean | undefined;
}

/** Settings of a chat model; the policy among them is a layer inside the provider's, and can only tighten it. */
export interface OpenRouterChatSettings extends Omit<OpenRouterCompletionSettings, 'suffix'>, RequestDefaults {
  /** Whether the model may call several tools at once. Default: the API's, `true`. */
  parallelToolCalls?: boolean | undefined;
  web_search_options?: { readonly [option: string]: unknown } | undefined;
  /** Automatic caching of the prompt, where the model's family has it. */
  cache_control?: { type: 'ephemeral'; ttl?: '5m' | '1h' } | undefined;
  /** `echo_upstream_body`: what was sent upstream comes as chunks of its own; see `includeRawChunks`. */
  debug?: { echo_upstream_body?: boolean } | undefined;
  /** Whether a JSON schema is to be kept to the letter. Default `strict: true`. */
  structuredOutputs?: { strict?: boolean } | undefined;
}
