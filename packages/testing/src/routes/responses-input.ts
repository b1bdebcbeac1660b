import type { ContentPart, Message } from '@waypost/core';
import { type Fields, given, type Invalid, isFields } from '../validate.js';
import { promptInvalid } from './responses-invalid.js';

const ROLES = new Set(['system', 'developer', 'user', 'assistant']);

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

function missingIn(item: Fields, names: readonly string[]): string | undefined {
  return names.find((name) => typeof item[name] !== 'string');
}

function checkItem(item: unknown, place: number): string | undefined {
  const at = `input[${place}]`;
  if (!isFields(item)) return `${at}: expected object`;
  if (item.type === undefined || item.type === 'message') {
    if (typeof item.role !== 'string' || !ROLES.has(item.role)) return `${at}.role: expected one of "system"|"developer"|"user"|"assistant"`;
    if (typeof item.content !== 'string' && !Array.isArray(item.content)) return `${at}.content: expected string or array`;
    // What an earlier response said is told from a new message by these two.
    const missing = item.role === 'assistant' ? missingIn(item, ['id', 'status']) : undefined;
    return missing === undefined ? undefined : `${at}.${missing}: required for assistant messages`;
  }
  if (item.type === 'function_call') {
    const missing = missingIn(item, ['call_id', 'name', 'arguments']);
    return missing === undefined ? undefined : `${at}.${missing}: expected string`;
  }
  if (item.type === 'function_call_output') {
    if (typeof item.call_id !== 'string') return `${at}.call_id: expected string`;
    return typeof item.output === 'string' || Array.isArray(item.output) ? undefined : `${at}.output: expected string or array`;
  }
  return typeof item.type === 'string' ? undefined : `${at}.type: expected string`;
}

/** The `input` and `instructions` of a request as messages. */
export function inputMessages({ input, instructions }: Fields): readonly Message[] | Invalid {
  const items: readonly unknown[] | undefined = typeof input === 'string' && input !== '' ? [{ role: 'user', content: input }] : Array.isArray(input) ? input : undefined;
  if (items === undefined || items.length === 0) return promptInvalid('Input required: "input" is a string or a list of items');
  if (given(instructions) && typeof instructions !== 'string') return promptInvalid('instructions: expected string');
  const complaint = items.map(checkItem).find((found) => found !== undefined);
  if (complaint !== undefined) return promptInvalid(complaint);
  const system: readonly Message[] = typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : [];
  return [...system, ...items.filter(isFields).map(itemMessage)];
}
