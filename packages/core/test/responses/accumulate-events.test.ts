import { describe, expect, it } from 'vitest';
import { createResponsesAccumulator } from '../../src/responses/accumulate-events.js';
import type { ResponsesEvent } from '../../src/wire/responses-event.js';
import type { ResponsesResponse } from '../../src/wire/responses.js';

function accumulate(...events: ResponsesEvent[]): ResponsesResponse {
  const accumulator = createResponsesAccumulator();
  for (const event of events) accumulator.add(event);
  return accumulator.response();
}

const created: ResponsesEvent = { type: 'response.created', response: { id: 'gen-1', model: 'a/b', status: 'in_progress', created_at: 7, output: [] } };
const text = (delta: string, more: Partial<ResponsesEvent> = {}): ResponsesEvent => ({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta, ...more });

describe('createResponsesAccumulator', () => {
  it('puts items together from their pieces', () => {
    expect(accumulate(
      created,
      { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
      { type: 'response.reasoning_summary_part.added', output_index: 0, summary_index: 0, part: { type: 'summary_text', text: '' } },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'Hm' },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 1, delta: 'so' },
      { type: 'response.output_item.added', output_index: 1, item: { type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress', content: [] } },
      { type: 'response.content_part.added', output_index: 1, content_index: 0, part: { type: 'output_text', text: '', annotations: [] } },
      text('Hel', { output_index: 1 }),
      text('lo', { output_index: 1 }),
      { type: 'response.output_text.annotation.added', output_index: 1, content_index: 0, annotation_index: 0, annotation: { type: 'url_citation', url: 'https://example.com/' } },
      { type: 'response.refusal.delta', output_index: 1, content_index: 1, delta: 'No' },
      { type: 'response.output_item.added', output_index: 2, item: { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '' } },
      { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a":' },
      { type: 'response.custom_tool_call_input.delta', output_index: 3, delta: 'ls' },
    )).toEqual({
      id: 'gen-1', model: 'a/b', status: 'in_progress', created_at: 7,
      output: [
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }, { type: 'summary_text', text: 'so' }] },
        {
          type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress',
          content: [{ type: 'output_text', text: 'Hello', annotations: [{ type: 'url_citation', url: 'https://example.com/' }] }, { type: 'refusal', refusal: 'No' }],
        },
        { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{"a":' },
        { type: 'custom_tool_call', input: 'ls' },
      ],
    });
  });

  it('does without what a server leaves out', () => {
    expect(accumulate(text('Hi', { output_index: undefined })).output).toEqual([{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] }]);
    expect(accumulate({ type: 'response.reasoning_text.delta', delta: 'Hm' }).output).toEqual([{ type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Hm' }] }]);
    expect(accumulate({ type: 'response.function_call_arguments.done', output_index: 0, arguments: '{}' }).output).toEqual([{ type: 'function_call', arguments: '{}' }]);
    expect(accumulate({ type: 'response.output_text.done', output_index: 0, text: 'Hi' }).output).toMatchObject([{ content: [{ text: 'Hi' }] }]);
    const byId = accumulate(
      { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'msg_1' } },
      text('a', { output_index: 0, item_id: 'msg_1' }), text('x', { output_index: 1, item_id: 'msg_2' }),
      text('b', { output_index: undefined, item_id: 'msg_1' }), text('c', { output_index: undefined }),
    );
    expect(byId.output).toMatchObject([{ content: [{ text: 'abc' }] }, { content: [{ text: 'x' }] }]);
  });

  it('takes what is whole over its pieces, and counts nothing twice', () => {
    const item = { type: 'message' as const, id: 'msg_1', role: 'assistant' as const, status: 'completed', content: [{ type: 'output_text' as const, text: 'Hello' }] };
    expect(accumulate(created, text('Hel'), { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hello' }).output).toMatchObject([{ content: [{ text: 'Hello' }] }]);
    expect(accumulate(created, text('Hel'), { type: 'response.content_part.done', output_index: 0, content_index: 0, part: { type: 'output_text', text: 'Hello' } }, text('!')).output)
      .toMatchObject([{ content: [{ text: 'Hello!' }] }]);
    expect(accumulate(created, text('Hel'), { type: 'response.output_item.done', output_index: 0, item }).output).toEqual([item]);
  });

  it('believes the last event, but keeps what only came before it', () => {
    const last: ResponsesResponse = { id: 'gen-1', model: 'a/b-2', status: 'completed', output: [{ type: 'message', role: 'assistant', content: [] }], usage: { cost: 1 } };
    expect(accumulate(created, text('Hi'), { type: 'response.completed', response: last })).toEqual({ created_at: 7, ...last });
    expect(accumulate(created, text('Hi'), { type: 'response.completed', response: { ...last, output: [] } }).output).toMatchObject([{ content: [{ text: 'Hi' }] }]);
    expect(accumulate(created, text('Hi'), { type: 'response.incomplete', response: { output: [] } })).toMatchObject({ id: 'gen-1', status: 'incomplete' });
    expect(accumulate(created, { type: 'response.completed', response: last, openrouter_metadata: { attempt: 2 } })).toMatchObject({ openrouter_metadata: { attempt: 2 } });
  });

  it('says who serves as soon as it is told', () => {
    const accumulator = createResponsesAccumulator();
    expect(accumulator.head()).toEqual({});
    accumulator.add(created);
    expect(accumulator.head()).toEqual({ id: 'gen-1', model: 'a/b' });
    const available = [{ provider: 'OpenAI', model: 'a/b' }, { provider: 'Azure', model: 'a/b', selected: true }];
    accumulator.add({ type: 'response.completed', response: { output: [], openrouter_metadata: { endpoints: { available } } } });
    expect(accumulator.head()).toEqual({ id: 'gen-1', model: 'a/b', provider: 'Azure' });
  });

  it('takes whatever is no event of these', () => {
    const odd: unknown[] = [{}, { type: 7 }, { type: 'response.x' }, { type: 'response.output_item.added', item: 'text' }, { type: 'response.content_part.added', part: null },
      { type: 'response.output_text.delta', delta: null }, { type: 'response.completed', response: 'text' }, { type: 'response.completed', response: { output: 'text' } }];
    const accumulator = createResponsesAccumulator();
    // what a server sends is not what the types say
    for (const event of odd) accumulator.add(event as ResponsesEvent);
    expect(accumulator.response().output).toEqual([{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: '' }] }]);
  });
});
