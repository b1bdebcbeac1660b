import type { ResponsesEvent, ResponsesOutputItem, ResponsesResponse } from '@waypost/core';

export const REQUEST = { model: 'a/b', input: 'hi' };

export const message = (text: string, more: Record<string, unknown> = {}): ResponsesOutputItem => ({
  type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations: [] }], ...more,
});

export const call = (args: string, more: Record<string, unknown> = {}): ResponsesOutputItem => ({
  type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: args, status: 'completed', ...more,
});

export const response = (output: ResponsesOutputItem[], more: Partial<ResponsesResponse> = {}): ResponsesResponse => ({
  id: 'gen-1', object: 'response', model: 'a/b', status: 'completed', error: null, incomplete_details: null, output,
  usage: {
    input_tokens: 3, output_tokens: 2, total_tokens: 5, cost: 0.00001, input_tokens_details: { cached_tokens: 1 }, output_tokens_details: { reasoning_tokens: 0 },
    cost_details: { upstream_inference_cost: 0.00001, upstream_inference_input_cost: 0.000006, upstream_inference_output_cost: 0.000004 },
  },
  openrouter_metadata: { attempt: 1, endpoints: { total: 1, available: [{ provider: 'Azure', model: 'a/b', selected: true }] } },
  ...more,
});

export const CREATED: ResponsesEvent = { type: 'response.created', sequence_number: 0, response: { id: 'gen-1', model: 'a/b', status: 'in_progress', output: [] } };
export const ADDED: ResponsesEvent = { type: 'response.output_item.added', output_index: 0, item: message('', { status: 'in_progress', content: [] }) };
export const delta = (text: string): ResponsesEvent => ({ type: 'response.output_text.delta', output_index: 0, item_id: 'msg_1', content_index: 0, delta: text });
export const completed = (text: string): ResponsesEvent => ({ type: 'response.completed', response: response([message(text)]) });

/** A stream that says `Hello`. */
export const HELLO: readonly ResponsesEvent[] = [CREATED, ADDED, delta('Hel'), delta('lo'), { type: 'response.output_item.done', output_index: 0, item: message('Hello') }, completed('Hello')];
