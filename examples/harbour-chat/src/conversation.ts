import { convertToModelMessages, type ModelMessage, safeValidateUIMessages } from 'ai';
import type { ChatMessage } from './chat-message.js';
import type { Tools } from './tools.js';

/** The conversation in a body that the page sent; `undefined` where it holds none. Instructions are the server's own affair. */
export async function readConversation(body: unknown, tools: Tools): Promise<ChatMessage[] | undefined> {
  const { messages } = (body ?? {}) as { messages?: unknown };
  const read = await safeValidateUIMessages<ChatMessage>({ messages, tools });
  return read.success && read.data.every(({ role }) => role !== 'system') ? read.data : undefined;
}

/**
 * The conversation of the page as the model takes it. What was stopped half way leaves nothing behind that a provider would refuse: no
 * tool call without a result, and no thoughts that led to nothing.
 */
export async function toModelMessages(messages: ChatMessage[], tools: Tools): Promise<ModelMessage[]> {
  const converted = await convertToModelMessages(messages, { tools, ignoreIncompleteToolCalls: true });
  return converted.filter(({ role, content }) => role !== 'assistant' || typeof content === 'string' || content.some(({ type }) => type !== 'reasoning'));
}
