import type { CacheControl, ChatRequest, Plugin, ReasoningOptions, ResponseFormat, StopServerToolsWhen } from '@waypost/core';

/**
 * What shapes a response, for the constructor and for one call. A call's value stands over the constructor's; left out, the
 * model's own default holds. Source: OpenRouter API, chat completions.
 */
export interface ChatOpenRouterSettings {
  /** From 0 to 2. */
  temperature?: number | undefined;
  /** Most tokens to generate, reasoning included. */
  maxTokens?: number | undefined;
  /** The same as `maxTokens`, under the newer name of the wire. */
  maxCompletionTokens?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
  minP?: number | undefined;
  topA?: number | undefined;
  frequencyPenalty?: number | undefined;
  presencePenalty?: number | undefined;
  repetitionPenalty?: number | undefined;
  seed?: number | undefined;
  /** Texts at which generation ends. */
  stop?: string[] | undefined;
  logitBias?: Record<string, number> | undefined;
  logprobs?: boolean | undefined;
  topLogprobs?: number | undefined;
  parallelToolCalls?: boolean | undefined;
  /** How much the model thinks, and whether the thinking is returned. */
  reasoning?: ReasoningOptions | undefined;
  /** The same as `reasoning.effort`. */
  reasoningEffort?: ChatRequest['reasoning_effort'] | undefined;
  plugins?: readonly Plugin[] | undefined;
  /** Id of the end user. */
  user?: string | undefined;
  /** Groups requests and keeps them at one provider; at most 256 characters. The constructor's default: `OPENROUTER_SESSION_ID`. */
  sessionId?: string | undefined;
  serviceTier?: ChatRequest['service_tier'] | undefined;
  modalities?: ChatRequest['modalities'] | undefined;
  verbosity?: ChatRequest['verbosity'] | undefined;
  prediction?: ChatRequest['prediction'] | undefined;
  preset?: string | undefined;
  trace?: Record<string, unknown> | undefined;
  /** Caching of the prompt by the provider. */
  cacheControl?: CacheControl | undefined;
  /** Keeps requests with the same beginning together, for the provider's cache. */
  promptCacheKey?: string | undefined;
  /** The request's own `metadata`; LangChain's, for tracing, is another. */
  requestMetadata?: ChatRequest['metadata'] | undefined;
  webSearchOptions?: ChatRequest['web_search_options'] | undefined;
  imageConfig?: Record<string, unknown> | undefined;
  audio?: ChatRequest['audio'] | undefined;
  maxToolCalls?: number | undefined;
  stopServerToolsWhen?: readonly StopServerToolsWhen[] | undefined;
  /** Whether the answer repeats what was sent to the provider. */
  debug?: ChatRequest['debug'] | undefined;
  /** @deprecated Replaced by `plugins: [{ id: 'context-compression' }]`. */
  transforms?: readonly string[] | undefined;
  /** @deprecated Without effect: `models` fall back by themselves. */
  route?: 'fallback' | undefined;
  /** Under its wire name, as other LangChain models have it. */
  response_format?: ResponseFormat | undefined;
  /** The same as `parallelToolCalls`, under its wire name, as other LangChain models have it. */
  parallel_tool_calls?: boolean | undefined;
}

/** The wire's name of each setting. */
const WIRE_NAMES: Readonly<Record<keyof ChatOpenRouterSettings, string>> = {
  temperature: 'temperature',
  maxTokens: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p',
  topA: 'top_a',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  repetitionPenalty: 'repetition_penalty',
  seed: 'seed',
  stop: 'stop',
  logitBias: 'logit_bias',
  logprobs: 'logprobs',
  topLogprobs: 'top_logprobs',
  parallelToolCalls: 'parallel_tool_calls',
  reasoning: 'reasoning',
  reasoningEffort: 'reasoning_effort',
  plugins: 'plugins',
  user: 'user',
  sessionId: 'session_id',
  serviceTier: 'service_tier',
  modalities: 'modalities',
  verbosity: 'verbosity',
  prediction: 'prediction',
  preset: 'preset',
  trace: 'trace',
  cacheControl: 'cache_control',
  promptCacheKey: 'prompt_cache_key',
  requestMetadata: 'metadata',
  webSearchOptions: 'web_search_options',
  imageConfig: 'image_config',
  audio: 'audio',
  maxToolCalls: 'max_tool_calls',
  stopServerToolsWhen: 'stop_server_tools_when',
  debug: 'debug',
  transforms: 'transforms',
  route: 'route',
  response_format: 'response_format',
  parallel_tool_calls: 'parallel_tool_calls',
};

export const SETTING_NAMES: readonly string[] = Object.keys(WIRE_NAMES);

/** The settings that are stated, in wire spelling. */
export function wireSettings(settings: ChatOpenRouterSettings): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, wireName] of Object.entries(WIRE_NAMES)) {
    // The keys of WIRE_NAMES are those of the settings.
    const value = settings[name as keyof ChatOpenRouterSettings];
    if (value !== undefined) body[wireName] = value;
  }
  // An empty one is none, as an empty environment variable is.
  if (body['session_id'] === '') delete body['session_id'];
  return body;
}
