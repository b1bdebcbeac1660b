import type { AIMessage, BaseMessage } from '@langchain/core/messages';
import { type AssistantMessage, completeArguments, InvalidOptionsError, type Message, type ToolCall } from '@waypost/core';
import { convertContent } from './convert-content.js';
import { isRecord } from './convert-tools.js';
import { blockFields, withoutFields } from './replay-blocks.js';

type Fields = Readonly<Record<string, unknown>>;

const filled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;

/** @param answered ids of the calls that tools of the conversation answer. */
function toolCallsOf(message: AIMessage, answered: ReadonlySet<unknown>): ToolCall[] {
  const calls = (message.tool_calls ?? []).map((call, i): ToolCall => ({
    id: call.id ?? `call_${i}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.args ?? {}) },
  }));
  // One that could not be executed goes back with the answer that says so, and without what was malformed: providers take JSON alone.
  for (const { id, name = '', args = '' } of message.invalid_tool_calls ?? []) {
    if (id !== undefined && answered.has(id)) calls.push({ id, type: 'function', function: { name, arguments: completeArguments({ arguments: args }) ?? '{}' } });
  }
  const legacy = message.additional_kwargs.function_call;
  if (calls.length === 0 && legacy) {
    calls.push({ id: `call_${legacy.name}`, type: 'function', function: { name: legacy.name, arguments: legacy.arguments } });
  }
  return calls;
}

/** What the model sent besides text and calls; `streamEvents` leaves LangChain no place for it but the response metadata. */
function replay(message: BaseMessage): Partial<AssistantMessage> {
  const kwargs: Fields = { ...message.response_metadata, ...message.additional_kwargs };
  const { reasoning_details: details, reasoning_content: reasoning, images, annotations, refusal, audio } = kwargs;
  const fields: Record<string, unknown> = {
    // unmodified and in order
    ...(filled(details) ? { reasoning_details: details } : typeof reasoning === 'string' && reasoning !== '' && { reasoning }),
    ...(filled(images) && { images }),
    ...(filled(annotations) && { annotations }),
    ...(typeof refusal === 'string' && refusal !== '' && { refusal }),
    ...(isRecord(audio) && { audio }),
  };
  return fields;
}

function assistantMessage(message: AIMessage, path: string, answered: ReadonlySet<unknown>): Message {
  const content = convertContent(withoutFields(message.content), `${path}.content`);
  const { reasoning, ...fields } = blockFields(message.content);
  const replayed = replay(message);
  const hasThought = replayed.reasoning !== undefined || replayed.reasoning_details !== undefined;
  const calls = toolCallsOf(message, answered);
  return {
    role: 'assistant',
    content: content.length === 0 ? (calls.length > 0 ? null : '') : content,
    ...(message.name !== undefined && { name: message.name }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(reasoning != null && !hasThought && { reasoning }),
    ...fields,
    // What the model sent stands over what was made of it.
    ...replayed,
  };
}

const ROLES: Readonly<Record<string, 'system' | 'developer' | 'user' | 'assistant' | 'tool'>> = {
  human: 'user', user: 'user', system: 'system', developer: 'developer', ai: 'assistant', assistant: 'assistant', tool: 'tool', function: 'tool',
};

function roleOf(message: BaseMessage): string {
  const type = message.getType();
  if (type === 'generic') return 'role' in message ? String(message.role) : type;
  return type === 'system' && message.additional_kwargs['__openai_role__'] === 'developer' ? 'developer' : type;
}

function convertMessage(message: BaseMessage, path: string, answered: ReadonlySet<unknown>): Message {
  const said = roleOf(message);
  const role = Object.hasOwn(ROLES, said) ? ROLES[said] : undefined;
  const name = message.name === undefined ? {} : { name: message.name };
  switch (role) {
    case 'assistant':
      // Of a message with another type, such as a generic one, the fields of an AIMessage are just missing.
      return assistantMessage(message as AIMessage, path, answered);
    case 'tool': {
      const id = 'tool_call_id' in message ? message.tool_call_id : said === 'function' ? `call_${message.name ?? ''}` : undefined;
      if (typeof id !== 'string') throw new InvalidOptionsError([{ path: `${path}.tool_call_id`, message: 'is missing' }]);
      return { role, tool_call_id: id, content: convertContent(message.content, `${path}.content`), ...name };
    }
    case 'user':
    case 'system':
    case 'developer':
      return { role, content: convertContent(message.content, `${path}.content`), ...name };
    case undefined:
      throw new InvalidOptionsError([{ path, message: `a message of type ${JSON.stringify(said)} cannot be sent` }]);
  }
}

/**
 * A conversation as the wire has it. An assistant's reasoning details go back unmodified and in order, with its images and
 * annotations; artifacts of tools stay here. Source: OpenRouter API, messages and reasoning tokens.
 *
 * @throws {InvalidOptionsError} naming the message and the block that cannot be sent.
 */
export function convertMessages(messages: readonly BaseMessage[]): Message[] {
  const answered = new Set(messages.map((message) => ('tool_call_id' in message ? message.tool_call_id : undefined)));
  return messages.map((message, i) => convertMessage(message, `messages[${i}]`, answered));
}
