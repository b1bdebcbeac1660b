import type { ChatChoice, ChatResponse } from '../wire/chat.js';
import type { ResponseMessage } from '../wire/message.js';
import type { ChatChunk, ChatChunkChoice } from '../wire/chunk.js';

/** What is no choice, or has no message, says nothing. */
function toChoice(given: ChatChoice | null): ChatChunkChoice {
  const { message, ...choice }: Partial<ChatChoice> = given ?? {};
  const { tool_calls, ...rest }: Partial<ResponseMessage> = message ?? {};
  return { ...choice, delta: { ...rest, ...(Array.isArray(tool_calls) && { tool_calls: tool_calls.map((call, index) => ({ ...call, index })) }) } };
}

/** A whole answer as the one chunk of a stream: some gateways answer a streaming request so. */
export function responseToChunk({ choices, ...response }: ChatResponse): ChatChunk {
  return { ...response, object: 'chat.completion.chunk', choices: choices.map(toChoice) };
}
