import type { ChatRequest, ContentPart, Message } from '@waypost/core';
import type { ReplyMessage } from '../scenario/reply.js';

/** Four characters to a token: no tokenizer, but the same count on every machine. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Tokens that a picture, a sound, a video or a file counts for. */
export const MEDIA_TOKENS = 85;
const MESSAGE_OVERHEAD = 3;

function partTokens(part: ContentPart): number {
  return part.type === 'text' && 'text' in part && typeof part.text === 'string' ? countTokens(part.text) : MEDIA_TOKENS;
}

function messageTokens(message: Message): number {
  const { content } = message;
  if (content === undefined || content === null) return 0;
  if (typeof content === 'string') return countTokens(content);
  return content.reduce((sum, part) => sum + partTokens(part), 0);
}

export function promptTokens(body: ChatRequest): number {
  const tools = body.tools === undefined || body.tools.length === 0 ? 0 : countTokens(JSON.stringify(body.tools));
  return body.messages.reduce((sum, message) => sum + MESSAGE_OVERHEAD + messageTokens(message), tools);
}

/** Tokens of an answer; those of its reasoning are a part of them. */
export function completionTokens(message: ReplyMessage): { readonly total: number; readonly reasoning: number } {
  const details = (message.reasoning_details ?? []).reduce((sum, detail) => sum + countTokens(JSON.stringify(detail)), 0);
  const reasoning = typeof message.reasoning === 'string' ? countTokens(message.reasoning) : details;
  const calls = (message.tool_calls ?? []).reduce((sum, call) => sum + countTokens(call.function.name + (call.function.arguments ?? '')), 0);
  const media = ((message.images?.length ?? 0) + (message.audio ? 1 : 0)) * MEDIA_TOKENS;
  const text = countTokens(message.content ?? '') + countTokens(message.refusal ?? '');
  return { total: reasoning + calls + media + text, reasoning };
}

/** Tokens that the answer may have, where the request says so. */
export function requestedTokens(body: ChatRequest): number | undefined {
  return body.max_completion_tokens ?? body.max_tokens ?? undefined;
}
