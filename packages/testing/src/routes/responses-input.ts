import type { ContentPart, Message } from '@waypost/core';
import { type Fields, type Invalid, isFields } from '../validate.js';
import { promptInvalid } from './responses-invalid.js';

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toPart(part: Fields): ContentPart {
  switch (part.type) {
    case 'input_image': return { type: 'image_url', image_url: { url: text(part.image_url) } };
    case 'input_file': return { type: 'file', file: { filename: text(part.filename), file_data: text(part.file_data ?? part.file_url) } };
    case 'input_audio': return { type: 'input_audio', input_audio: part.input_audio };
    case 'input_video': return { type: 'video_url', video_url: { url: text(part.video_url) } };
    default: return { type: 'text', text: text(part.text ?? part.refusal) };
  }
}

function toContent(content: unknown): string | readonly ContentPart[] {
  return Array.isArray(content) ? content.filter(isFields).map(toPart) : text(content);
}

function texts(parts: unknown): string {
  return Array.isArray(parts) ? parts.map((part) => (isFields(part) ? text(part.text) : '')).join('') : '';
}

function toMessage(item: Fields): Message {
  const content = toContent(item.content);
  switch (item.role) {
    case 'assistant': return { role: 'assistant', content };
    case 'system': case 'developer': return { role: item.role, content };
    default: return { role: 'user', content };
  }
}

/** An item as the message that routing and billing read. */
function itemMessage(item: Fields): Message {
  switch (item.type) {
    case undefined: case 'message': return toMessage(item);
    case 'function_call': {
      const call = { id: text(item.call_id), type: 'function' as const, function: { name: text(item.name), arguments: text(item.arguments) } };
      return { role: 'assistant', content: null, tool_calls: [call] };
    }
    case 'function_call_output': return { role: 'tool', tool_call_id: text(item.call_id), content: toContent(item.output) };
    case 'reasoning': return { role: 'assistant', content: null, reasoning: texts(item.content) || texts(item.summary) };
    default: return { role: 'assistant', content: null };
  }
}

/** The `input` and `instructions` of a request whose items have been checked, as messages. */
export function inputMessages({ input, instructions }: Fields): readonly Message[] | Invalid {
  const items: readonly unknown[] = typeof input === 'string' && input !== '' ? [{ role: 'user', content: input }] : Array.isArray(input) ? input : [];
  if (items.length === 0) return promptInvalid('Input required: "input" is a string or a list of items');
  const system: readonly Message[] = typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : [];
  return [...system, ...items.filter(isFields).map(itemMessage)];
}
