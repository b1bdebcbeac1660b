import type { Annotation, ReasoningDetail, ResponsesAnnotation, ResponsesOutputItem, ResponsesOutputPart, ResponsesReasoning } from '@waypost/core';
import type { Answer } from './answer.js';

/** Text that is no string counts as none. */
function textOf(detail: ReasoningDetail, key: 'text' | 'summary' | 'data' | 'signature'): string | undefined {
  const fields: Readonly<Record<string, unknown>> = { ...detail };
  const value = fields[key];
  return typeof value === 'string' ? value : undefined;
}

/** Details of one id are one item, as a summary and what is encrypted are. */
function addDetail(items: ResponsesReasoning[], detail: ReasoningDetail, newId: () => string): void {
  const last = items.at(-1);
  const same = last !== undefined && detail.id !== undefined && detail.id !== null && last.id === detail.id;
  const item: ResponsesReasoning = same ? last : { type: 'reasoning', id: detail.id ?? newId(), status: 'completed', summary: [] };
  if (!same) items.push(item);
  const [text, summary, data, signature] = [textOf(detail, 'text'), textOf(detail, 'summary'), textOf(detail, 'data'), textOf(detail, 'signature')];
  if (text !== undefined) item.content = [...(item.content ?? []), { type: 'reasoning_text', text }];
  if (summary !== undefined) item.summary = [...item.summary, { type: 'summary_text', text: summary }];
  if (data !== undefined) item.encrypted_content = data;
  if (signature !== undefined) item.signature = signature;
  if (detail.format !== undefined) item.format = detail.format;
}

function reasoningItems({ reply: { message } }: Answer, newId: () => string): readonly ResponsesReasoning[] {
  const items: ResponsesReasoning[] = [];
  for (const detail of message.reasoning_details ?? []) addDetail(items, detail, newId);
  if (items.length > 0 || !message.reasoning) return items;
  return [{ type: 'reasoning', id: newId(), status: 'completed', summary: [], content: [{ type: 'reasoning_text', text: message.reasoning }] }];
}

function toAnnotation(annotation: Annotation): ResponsesAnnotation {
  if (annotation.type !== 'url_citation' || !('url_citation' in annotation)) return { ...annotation };
  const { url_citation: citation } = annotation;
  return typeof citation === 'object' ? { type: 'url_citation', ...citation } : { type: 'url_citation' };
}

function messageParts({ reply: { message }, wire }: Answer): readonly ResponsesOutputPart[] {
  const { content, refusal, annotations = [] } = message;
  const text = 'x'.repeat(wire.hugeEvent ?? 0) + (content ?? '');
  return [
    ...(text === '' && annotations.length === 0 ? [] : [{ type: 'output_text', text, annotations: annotations.map(toAnnotation), logprobs: [] }]),
    ...(typeof refusal === 'string' ? [{ type: 'refusal', refusal }] : []),
  ];
}

/** What a reply says, as the items of an output: thoughts, the message, pictures, calls. */
export function outputItems(answer: Answer): readonly ResponsesOutputItem[] {
  const { reply: { message }, wire } = answer;
  let made = 0;
  const tail = answer.id.slice(-8).toLowerCase();
  const newId = (prefix: string): string => `${prefix}_tmp_${tail}${(made += 1)}`;
  const status = answer.finishReason === 'length' || answer.finishReason === 'content_filter' ? 'incomplete' : 'completed';
  const thoughts = reasoningItems(answer, () => newId('rs'));
  const parts = messageParts(answer);
  const said: readonly ResponsesOutputItem[] = parts.length === 0 ? [] : [{ type: 'message', id: newId('msg'), role: 'assistant', status, content: [...parts] }];
  return [
    ...(wire.reasoning === 'after' ? [...said, ...thoughts] : [...thoughts, ...said]),
    ...(message.images ?? []).map(({ image_url: { url } }) => ({ type: 'image_generation_call', id: newId('ig'), status: 'completed', result: url })),
    ...(message.tool_calls ?? []).map((call): ResponsesOutputItem => ({
      type: 'function_call', id: newId('fc'), status: 'completed', call_id: call.id, name: call.function.name, arguments: call.function.arguments,
    })),
  ];
}
