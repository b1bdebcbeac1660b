import { isRecord } from '../policy/report.js';
import type { Endpoint } from '../wire/models.js';
import type { RouteBody } from './context.js';

const PLAIN = [
  'temperature', 'top_p', 'top_k', 'min_p', 'top_a', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'max_tokens',
  'max_completion_tokens', 'logit_bias', 'logprobs', 'top_logprobs', 'prediction', 'seed', 'stop', 'tool_choice', 'parallel_tool_calls',
  'include_reasoning', 'reasoning', 'reasoning_effort', 'web_search_options', 'verbosity',
] as const;

/** The output format's parameter, where a request asks for one. */
export function formatParameter({ response_format: format }: { readonly response_format?: unknown }): 'structured_outputs' | 'response_format' | undefined {
  const type = isRecord(format) ? format['type'] : undefined;
  if (type == null || type === 'text') return undefined;
  return type === 'json_schema' ? 'structured_outputs' : 'response_format';
}

/** Which kind of `tool_choice` a request demands; `undefined` for those that any endpoint with tools takes. */
export function demandedChoice({ tool_choice: choice }: { readonly tool_choice?: unknown }): 'function' | 'required' | undefined {
  if (choice == null || choice === 'auto' || choice === 'none') return undefined;
  return choice === 'required' ? 'required' : 'function';
}

/**
 * Names for one thing: OpenRouter makes of them what the endpoint takes, and a listing often has one alone. Source: OpenRouter API,
 * parameters; recorded listings, of which none has `max_completion_tokens`.
 */
const SYNONYMS: readonly (readonly string[])[] = [['max_tokens', 'max_completion_tokens'], ['reasoning', 'reasoning_effort', 'include_reasoning']];

/** A parameter and its synonyms. */
export function namesOf(parameter: string): readonly string[] {
  return SYNONYMS.find((names) => names.includes(parameter)) ?? [parameter];
}

export function hasTools(body: RouteBody): boolean {
  return Array.isArray(body.tools) && body.tools.length > 0;
}

/** Names, as `supported_parameters` has them, of the parameters that a request supplies. */
export function suppliedParameters(body: RouteBody): readonly string[] {
  const names: string[] = PLAIN.filter((name) => body[name] !== undefined && body[name] !== null);
  const format = formatParameter(body);
  if (format !== undefined) names.push(format);
  if (hasTools(body)) names.push('tools');
  return names;
}

/** The fields that bound the answer. */
export const LENGTHS = ['max_tokens', 'max_completion_tokens'] as const;

/** Tokens that the answer may have, where the request says so; the more, where it says so twice: which of them counts is not published. */
export function requestedTokens(body: RouteBody): number | undefined {
  const given = LENGTHS.map((field) => body[field]).filter((tokens): tokens is number => typeof tokens === 'number' && !Number.isNaN(tokens));
  return given.length > 0 ? Math.max(...given) : undefined;
}

/** Tokens that an endpoint's answer may have at most; its context, where nothing less is listed. */
export function longestAnswer({ max_completion_tokens: most, context_length: context }: Endpoint): number | undefined {
  return most ?? context ?? undefined;
}
