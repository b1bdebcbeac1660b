import type { ChatChoice, ChatResponse } from '../wire/chat.js';
import type { ChatChunk, ChatChunkChoice } from '../wire/chunk.js';

function toChoice({ message, ...choice }: ChatChoice): ChatChunkChoice {
  const { tool_calls, ...rest } = message;
  return { ...choice, delta: { ...rest, ...(tool_calls ? { tool_calls: tool_calls.map((call, index) => ({ ...call, index })) } : {}) } };
}

/** A whole answer as the one chunk of a stream: some gateways answer a streaming request so. */
export function responseToChunk({ choices, ...response }: ChatResponse): ChatChunk {
  return { ...response, object: 'chat.completion.chunk', choices: choices.map(toChoice) };
}
