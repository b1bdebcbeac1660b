import type { AIMessage, ToolCallChunk } from '@langchain/core/messages';
import { type ChatGeneration, ChatGenerationChunk } from '@langchain/core/outputs';
import { OpenRouterMessageChunk } from './message-chunk.js';

/** An answer that came whole as the only chunk of a stream, for whoever reads a model that does not stream as if it did. */
export function wholeChunk({ text, generationInfo }: ChatGeneration, message: AIMessage): ChatGenerationChunk {
  const { id, content, additional_kwargs, response_metadata, usage_metadata, tool_calls: valid = [], invalid_tool_calls: invalid = [] } = message;
  const calls = [...valid.map((call) => ({ ...call, args: JSON.stringify(call.args) })), ...invalid];
  const pieces = calls.map(({ id: callId, name, args }, index): ToolCallChunk => ({
    type: 'tool_call_chunk', index, ...(callId !== undefined && { id: callId }), ...(name !== undefined && { name }), ...(args !== undefined && { args }),
  }));
  const fields = { content, additional_kwargs, response_metadata, ...(id !== undefined && { id }), ...(usage_metadata && { usage_metadata }) };
  return new ChatGenerationChunk({ text, message: new OpenRouterMessageChunk({ ...fields, tool_call_chunks: pieces }), ...(generationInfo && { generationInfo }) });
}
