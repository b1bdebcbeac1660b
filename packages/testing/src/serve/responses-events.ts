import type { ResponsesEvent, ResponsesOutputItem, ResponsesOutputPart } from '@waypost/core';
import type { Wire } from '../scenario/wire.js';
import type { Fields } from '../validate.js';
import { type Answer, errorDetail } from './answer.js';
import { pieces } from './deltas.js';
import { outputItems } from './responses-items.js';
import { closedResponse, errorCode, failedResponse, openResponse } from './responses-object.js';
import type { EventList } from './sse.js';

type Unnumbered = Omit<ResponsesEvent, 'sequence_number'> & Pick<ResponsesEvent, 'type'>;

function partEvents(part: ResponsesOutputPart, place: object, wire: Wire): readonly Unnumbered[] {
  const text = part.text ?? '';
  if (part.type === 'refusal') {
    const refusal = part.refusal ?? '';
    return [
      { type: 'response.content_part.added', ...place, part: { type: 'refusal', refusal: '' } },
      ...pieces(refusal, wire.textSize).map((delta) => ({ type: 'response.refusal.delta', ...place, delta })),
      { type: 'response.refusal.done', ...place, refusal },
      { type: 'response.content_part.done', ...place, part },
    ];
  }
  const kind = part.type === 'reasoning_text' ? 'reasoning_text' : 'output_text';
  const more = kind === 'output_text' ? { logprobs: [] } : {};
  const huge = kind === 'output_text' ? (wire.hugeEvent ?? 0) : 0;
  return [
    { type: 'response.content_part.added', ...place, part: { ...part, text: '', ...(kind === 'output_text' ? { annotations: [] } : {}) } },
    ...[...(huge > 0 ? [text.slice(0, huge)] : []), ...pieces(text.slice(huge), wire.textSize)].map((delta) => ({ type: `response.${kind}.delta`, ...place, delta, ...more })),
    ...(part.annotations ?? []).map((annotation, annotation_index) => ({ type: 'response.output_text.annotation.added', ...place, annotation_index, annotation })),
    { type: `response.${kind}.done`, ...place, text, ...more },
    { type: 'response.content_part.done', ...place, part },
  ];
}

function summaryEvents(text: string, place: object, wire: Wire): readonly Unnumbered[] {
  const part = { type: 'summary_text', text };
  return [
    { type: 'response.reasoning_summary_part.added', ...place, part: { ...part, text: '' } },
    ...pieces(text, wire.textSize).map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...place, delta })),
    { type: 'response.reasoning_summary_text.done', ...place, text },
    { type: 'response.reasoning_summary_part.done', ...place, part },
  ];
}

/** An item that has just begun, and the events between that and its end. */
function bodyOf(item: ResponsesOutputItem, place: { readonly output_index: number; readonly item_id: string }, wire: Wire): { readonly begun: ResponsesOutputItem; readonly events: readonly Unnumbered[] } {
  const begun = { ...item, status: 'in_progress' };
  if (item.type === 'message' && Array.isArray(item.content)) {
    const parts: readonly ResponsesOutputPart[] = item.content;
    return { begun: { ...begun, content: [] }, events: parts.flatMap((part, content_index) => partEvents(part, { ...place, content_index }, wire)) };
  }
  if (item.type === 'function_call' && typeof item.arguments === 'string') {
    const { name, arguments: args } = item;
    return {
      begun: { ...begun, arguments: '' },
      events: [
        ...pieces(args, wire.toolDeltas?.size ?? 8).map((delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta })),
        { type: 'response.function_call_arguments.done', ...place, arguments: args, ...(typeof name === 'string' ? { name } : {}) },
      ],
    };
  }
  if (item.type === 'reasoning' && Array.isArray(item.summary)) {
    const { content, summary, encrypted_content: _later, signature: _too, ...rest } = item;
    const thoughts: readonly ResponsesOutputPart[] = Array.isArray(content) ? content : [];
    const summaries: readonly ResponsesOutputPart[] = summary;
    return {
      begun: { ...rest, status: 'in_progress', summary: [] },
      events: [
        ...summaries.flatMap(({ text = '' }, summary_index) => summaryEvents(text, { ...place, summary_index }, wire)),
        ...thoughts.flatMap((part, content_index) => partEvents(part, { ...place, content_index }, wire)),
      ],
    };
  }
  return { begun, events: [] };
}

function itemEvents(item: ResponsesOutputItem, output_index: number, wire: Wire): readonly Unnumbered[] {
  const { begun, events } = bodyOf(item, { output_index, item_id: item.id ?? '' }, wire);
  return [{ type: 'response.output_item.added', output_index, item: begun }, ...events, { type: 'response.output_item.done', output_index, item }];
}

/** An error in one of the shapes that it comes in. */
function errorEvent(answer: Answer, fields: Fields): Unnumbered {
  const { shape = 'chunk' } = answer.wire.error ?? {};
  const detail = errorDetail(answer.wire);
  switch (shape) {
    case 'bare': return { type: 'error', code: errorCode(detail), message: detail.message ?? '', param: null };
    case 'choice': return { type: 'error', error: { ...detail } };
    default: return { type: 'response.failed', response: failedResponse(answer, fields, []) };
  }
}

function cutIndex({ wire }: Answer, said: readonly Unnumbered[]): number | undefined {
  const { cut } = wire;
  if (typeof cut === 'number') return cut;
  if (cut === 'before-finish') return said.length;
  if (cut !== 'tool-call') return undefined;
  const first = said.findIndex(({ type }) => type === 'response.function_call_arguments.delta');
  return first < 0 ? said.length : first + 1;
}

function numbered(events: readonly Unnumbered[], done: boolean): EventList {
  return { chunks: events.map((event, sequence_number) => ({ ...event, sequence_number })), done };
}

/** The events of an answer in order, with the errors and cuts that its wire asks for. */
export function responsesEvents(answer: Answer, fields: Fields): EventList {
  const { wire } = answer;
  const begun = openResponse(answer, fields);
  const output = outputItems(answer);
  const said: readonly Unnumbered[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...output.flatMap((item, i) => itemEvents(item, i, wire)),
  ];
  if (wire.error !== undefined) {
    const { after = said.findIndex(({ type }) => type.endsWith('.delta')) + 1 || said.length, done = false } = wire.error;
    return numbered([...said.slice(0, after === 'end' ? said.length : after), errorEvent(answer, fields)], done);
  }
  const closed = closedResponse(answer, fields, output);
  const last: readonly Unnumbered[] = wire.finish === 'missing' ? [] : [{ type: `response.${closed.status ?? 'completed'}`, response: closed }];
  const index = cutIndex(answer, said);
  if (index !== undefined) return numbered([...said, ...last].slice(0, index), false);
  return numbered([...said, ...last], wire.done !== false && wire.cut !== 'before-done');
}
