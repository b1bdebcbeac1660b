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
  plugins?: readonly Plugin[] | undefined;
  /** Id of the end user. */
  user?: string | undefined;
  /** Groups requests and keeps them at one provider; at most 256 characters. */
  sessionId?: string | undefined;
  serviceTier?: ChatRequest['service_tier'] | undefined;
  modalities?: ChatRequest['modalities'] | undefined;
  verbosity?: ChatRequest['verbosity'] | undefined;
  prediction?: ChatRequest['prediction'] | undefined;
  preset?: string | undefined;
  trace?: Record<string, unknown> | undefined;
  /** Caching of the prompt by the provider. */
  cacheControl?: CacheControl | undefined;
  imageConfig?: Record<string, unknown> | undefined;
  audio?: ChatRequest['audio'] | undefined;
  maxToolCalls?: number | undefined;
  stopServerToolsWhen?: readonly StopServerToolsWhen[] | undefined;
  /** Under its wire name, as other LangChain models have it. */
  response_format?: ResponseFormat | undefined;
}

/** The wire's name of each setting. */
const WIRE_NAMES: Readonly<Record<keyof ChatOpenRouterSettings, string>> = {
  temperature: 'temperature',
  maxTokens: 'max_tokens',
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
  imageConfig: 'image_config',
  audio: 'audio',
  maxToolCalls: 'max_tool_calls',
  stopServerToolsWhen: 'stop_server_tools_when',
  response_format: 'response_format',
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
  return body;
}
