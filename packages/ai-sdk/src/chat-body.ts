import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';
import type { ReasoningOptions, ResponseFormat } from '@waypost/core';
import { convertToolChoice, convertTools } from './convert-tools.js';
import { asJson } from './convert-metadata.js';
import type { OpenRouterChatSettings, RequestDefaults } from './options.js';

type Body = { readonly [field: string]: unknown };

/** What may be set for provider and model alike, in the spelling of the wire. */
export function defaultsBody({ reasoning, plugins, user, sessionId }: RequestDefaults): Body {
  return { reasoning, plugins, user, session_id: sessionId };
}

/** A chat model's settings in the spelling of the wire. */
export function settingsBody(settings: OpenRouterChatSettings): Body {
  const { logprobs } = settings;
  const counted = typeof logprobs === 'number';
  return {
    ...defaultsBody(settings),
    logit_bias: settings.logitBias,
    logprobs: counted || logprobs === true ? true : undefined,
    top_logprobs: counted ? logprobs : logprobs === true ? 0 : undefined,
    parallel_tool_calls: settings.parallelToolCalls,
    max_tokens: settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    top_k: settings.topK,
    frequency_penalty: settings.frequencyPenalty,
    presence_penalty: settings.presencePenalty,
    include_reasoning: settings.includeReasoning,
    usage: settings.usage,
    web_search_options: settings.web_search_options,
    debug: settings.debug,
    cache_control: settings.cache_control,
  };
}

/** The AI SDK's call settings on the wire, all but the model and the messages. */
export function callBody(options: LanguageModelV4CallOptions, settings: OpenRouterChatSettings, reasoning: ReasoningOptions | undefined, warnings: SharedV4Warning[]): Body {
  const { stopSequences, tools, toolChoice } = options;
  if (stopSequences && stopSequences.length > 4) {
    warnings.push({ type: 'unsupported', feature: 'more than 4 stop sequences', details: 'The API takes at most 4.' });
  }
  const converted = convertTools(tools, warnings);
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
