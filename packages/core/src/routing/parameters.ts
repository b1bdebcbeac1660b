import type { RouteBody } from './context.js';

const PLAIN = [
  'temperature', 'top_p', 'top_k', 'min_p', 'top_a', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'max_tokens',
  'max_completion_tokens', 'logit_bias', 'logprobs', 'top_logprobs', 'prediction', 'seed', 'stop', 'tool_choice', 'parallel_tool_calls',
  'include_reasoning', 'reasoning', 'reasoning_effort', 'web_search_options', 'verbosity',
] as const;

/** The output format's parameter, where the request asks for one. */
export function formatParameter(body: RouteBody): 'structured_outputs' | 'response_format' | undefined {
  const type = body.response_format?.type;
  if (type === undefined || type === 'text') return undefined;
  return type === 'json_schema' ? 'structured_outputs' : 'response_format';
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

/** Tokens that the answer may have, where the request says so. */
export function requestedTokens(body: RouteBody): number | undefined {
  return body.max_completion_tokens ?? body.max_tokens ?? undefined;
}
