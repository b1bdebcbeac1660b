import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';
import type { ReasoningOptions, ResponseFormat } from '@waypost/core';
import { convertToolChoice, convertTools } from '../request/convert-tools.js';
import { asJson } from '../answer/convert-metadata.js';
import type { OpenRouterChatSettings, OpenRouterCompletionSettings, RequestDefaults } from '../options.js';

type Body = { readonly [field: string]: unknown };

/** A completion model's settings in the spelling of the wire; what it leaves open, the provider says. */
export function completionSettingsBody(settings: OpenRouterCompletionSettings, provider: RequestDefaults = {}): Body {
  const { logprobs } = settings;
  return {
    reasoning: settings.reasoning ?? provider.reasoning,
    user: settings.user ?? provider.user,
    session_id: settings.sessionId ?? provider.sessionId,
    logit_bias: settings.logitBias,
    logprobs: logprobs === true ? 0 : logprobs === false ? undefined : logprobs,
    suffix: settings.suffix,
    max_tokens: settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    top_k: settings.topK,
    frequency_penalty: settings.frequencyPenalty,
    presence_penalty: settings.presencePenalty,
    include_reasoning: settings.includeReasoning,
    usage: settings.usage,
  };
}

/** A chat model's settings in the spelling of the wire; what it leaves open, the provider says. */
export function settingsBody(settings: OpenRouterChatSettings, provider: RequestDefaults = {}): Body {
  const { logprobs } = settings;
  const counted = typeof logprobs === 'number';
  return {
    ...completionSettingsBody(settings, provider),
    plugins: settings.plugins ?? provider.plugins,
    logprobs: counted || logprobs === true ? true : undefined,
    top_logprobs: counted ? logprobs : logprobs === true ? 0 : undefined,
    parallel_tool_calls: settings.parallelToolCalls,
    web_search_options: settings.web_search_options,
    debug: settings.debug,
    cache_control: settings.cache_control,
  };
}

/** The AI SDK's call settings on the wire, those that any language model takes. */
export function callSettings(options: LanguageModelV4CallOptions, reasoning: ReasoningOptions | undefined, warnings: SharedV4Warning[]): Body {
  const { stopSequences } = options;
  if (stopSequences && stopSequences.length > 4) {
    warnings.push({ type: 'unsupported', feature: 'more than 4 stop sequences', details: 'The API takes at most 4.' });
  }
  return {
    max_tokens: options.maxOutputTokens,
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    presence_penalty: options.presencePenalty,
    frequency_penalty: options.frequencyPenalty,
    seed: options.seed,
    stop: stopSequences,
    reasoning: callReasoning(options.reasoning, reasoning),
  };
}

/** The same with what only chat models take; all but the model and the messages. */
export function callBody(options: LanguageModelV4CallOptions, settings: OpenRouterChatSettings, reasoning: ReasoningOptions | undefined, warnings: SharedV4Warning[]): Body {
  const { tools, toolChoice } = options;
  const converted = convertTools(tools, warnings);
  return {
    ...callSettings(options, reasoning, warnings),
    response_format: responseFormat(options.responseFormat, settings.structuredOutputs?.strict),
    tools: converted,
    tool_choice: converted && convertToolChoice(toolChoice, tools),
  };
}

/** The call's effort stands in place of any effort or budget set before; what else was set stays. */
function callReasoning(effort: LanguageModelV4CallOptions['reasoning'], before: ReasoningOptions | undefined): ReasoningOptions | undefined {
  if (effort === undefined || effort === 'provider-default') return undefined;
  const { effort: _effort, max_tokens: _budget, enabled: _enabled, ...rest } = before ?? {};
  return { ...rest, effort };
}

function responseFormat(format: LanguageModelV4CallOptions['responseFormat'], strict = true): ResponseFormat | undefined {
  if (format?.type !== 'json') return undefined;
  const { schema, name = 'response', description } = format;
  if (!schema) return { type: 'json_object' };
  return { type: 'json_schema', json_schema: { schema: asJson(schema), strict, name, ...(description && { description }) } };
}
