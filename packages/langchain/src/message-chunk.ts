import { AIMessageChunk, type AIMessageChunkFields } from '@langchain/core/messages';
import { convertToolCalls } from './convert-response.js';

/**
 * LangChain's chunk, but for one thing: once the response has ended, only calls whose arguments are complete JSON are
 * `tool_calls`. LangChain mends arguments that were cut off at the token limit, and would have a tool executed with half of them.
 */
export class OpenRouterMessageChunk extends AIMessageChunk {
  constructor(fields: AIMessageChunkFields) {
    super(fields);
    const { tool_call_chunks: pieces } = this;
    // hot: most chunks have no tool call
    if (pieces === undefined || pieces.length === 0 || !('finish_reason' in this.response_metadata)) return;
    Object.assign(this, convertToolCalls(pieces.map(({ id, name, args }) => ({ id, name: name ?? '', arguments: args }))));
  }

  /** Serialised, it is LangChain's. */
  override get lc_id(): string[] {
    return ['langchain_core', 'messages', 'AIMessageChunk'];
  }
}
