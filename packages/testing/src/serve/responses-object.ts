import type { ErrorDetail, ResponsesError, ResponsesOutputItem, ResponsesResponse, ResponsesUsage } from '@waypost/core';
import { type Fields, given, isFields } from '../validate.js';
import { type Answer, errorDetail, shapedUsage } from './answer.js';
import { outputItems } from './responses-items.js';

function usageOf(answer: Answer): ResponsesUsage {
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details: input, completion_tokens_details: output, cost_details: costs, ...rest } = shapedUsage(answer);
  const { cached_tokens, cache_write_tokens } = input ?? {};
  return {
    input_tokens: prompt_tokens ?? 0,
    input_tokens_details: input ? { cached_tokens: cached_tokens ?? 0, ...(cache_write_tokens ? { cache_write_tokens } : {}) } : null,
    output_tokens: completion_tokens ?? 0,
    output_tokens_details: output ? { reasoning_tokens: output.reasoning_tokens ?? 0 } : null,
    total_tokens: total_tokens ?? 0,
    ...rest,
    ...(costs ? {
      cost_details: {
        upstream_inference_cost: costs.upstream_inference_cost ?? null,
        upstream_inference_input_cost: costs.upstream_inference_prompt_cost ?? null,
        upstream_inference_output_cost: costs.upstream_inference_completions_cost ?? null,
      },
    } : {}),
  };
}

/** Many kinds of errors share a code on this route. */
export function errorCode({ code }: ErrorDetail): NonNullable<ResponsesError['code']> {
  if (typeof code === 'string') return code;
  if (code === 429) return 'rate_limit_exceeded';
  return code === 400 || code === 413 || code === 422 ? 'invalid_prompt' : 'server_error';
}

/** A function says whether it is strict, even where it was not asked. */
function toolsOf({ tools }: Fields): readonly unknown[] {
  if (!Array.isArray(tools)) return [];
  return tools.map((tool: unknown) => (isFields(tool) && tool.type === 'function' ? { strict: null, ...tool } : tool));
}

/** A response that has begun: what it repeats of the request, and nothing put out. */
export function openResponse(answer: Answer, fields: Fields): ResponsesResponse {
  const echo = (name: string, otherwise: unknown): unknown => (given(fields[name]) ? fields[name] : otherwise);
  return {
    id: answer.reply.id ?? answer.id, object: 'response', created_at: answer.created, model: answer.model, status: 'in_progress', completed_at: null,
    output: [], error: null, incomplete_details: null,
    tools: toolsOf(fields), tool_choice: echo('tool_choice', 'auto'), parallel_tool_calls: echo('parallel_tool_calls', true),
    max_output_tokens: echo('max_output_tokens', null), max_tool_calls: echo('max_tool_calls', null),
    temperature: echo('temperature', 1), top_p: echo('top_p', 1), presence_penalty: echo('presence_penalty', 0),
    frequency_penalty: echo('frequency_penalty', 0), top_logprobs: echo('top_logprobs', 0),
    metadata: echo('metadata', {}), background: false, previous_response_id: null, service_tier: answer.serviceTier ?? 'auto',
    truncation: echo('truncation', 'disabled'), store: false, instructions: echo('instructions', null), text: echo('text', { format: { type: 'text' } }),
    reasoning: echo('reasoning', null), safety_identifier: echo('safety_identifier', null), prompt_cache_key: echo('prompt_cache_key', null),
    prompt_cache_options: echo('prompt_cache_options', null), ...(given(fields.user) ? { user: fields.user } : {}),
    usage: null,
    ...answer.reply.fields,
  };
}

/** The end of a response: whole, cut short by a limit or a filter, or failed. */
export function closedResponse(answer: Answer, fields: Fields, output: readonly ResponsesOutputItem[]): ResponsesResponse {
  const { finishReason, wire, metadata } = answer;
  const reason = finishReason === 'length' ? 'max_output_tokens' : finishReason === 'content_filter' ? 'content_filter' : undefined;
  return {
    ...openResponse(answer, fields),
    status: finishReason === 'error' ? 'failed' : reason === undefined ? 'completed' : 'incomplete',
    completed_at: answer.created, output: [...output],
    ...(reason === undefined ? {} : { incomplete_details: { reason } }),
    ...(wire.usage === 'missing' ? {} : { usage: usageOf(answer) }),
    ...answer.reply.fields,
    ...(metadata === undefined ? {} : { openrouter_metadata: metadata }),
  };
}

/** A response that an error ended. */
export function failedResponse(answer: Answer, fields: Fields, output: readonly ResponsesOutputItem[]): ResponsesResponse {
  const { error } = answer.wire;
  const detail = errorDetail(answer.wire);
  const { usage, ...closed } = closedResponse(answer, fields, output);
  const type = detail.metadata?.error_type;
  return {
    ...closed, status: 'failed', completed_at: null, usage: error?.usage === true && usage !== undefined ? usage : null,
    ...(error?.shape === 'finish' ? {} : { error: { code: errorCode(detail), message: detail.message ?? '' }, ...(type === undefined ? {} : { error_type: type }) }),
  };
}

/** The body of a response without streaming. */
export function responsesBody(answer: Answer, fields: Fields): object {
  const { error, finish } = answer.wire;
  if (error?.shape === 'bare') return { error: errorDetail(answer.wire) };
  const output = outputItems(answer);
  if (error !== undefined) return failedResponse(answer, fields, output);
  const closed = closedResponse(answer, fields, output);
  if (finish !== 'missing') return closed;
  // As answers were before there was a `status`.
  const { status: _status, ...older } = closed;
  return { ...older, output_text: '' };
}
