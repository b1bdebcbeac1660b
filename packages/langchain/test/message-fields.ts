import { AIMessageChunk } from '@langchain/core/messages';

/** A chunk of LangChain's own with the same fields. */
export function coreChunk(message: AIMessageChunk): AIMessageChunk {
  const { id, content, additional_kwargs, response_metadata, tool_call_chunks: pieces, usage_metadata: usage } = message;
  return new AIMessageChunk({
    content, additional_kwargs, response_metadata,
    ...(id !== undefined && { id }),
    ...(usage && { usage_metadata: usage }),
    ...(pieces && { tool_call_chunks: pieces }),
  });
}

/** All that can be seen of a message. */
export function seen(message: AIMessageChunk): Record<string, unknown> {
  const { id, name, content, text, tool_call_chunks, tool_calls, invalid_tool_calls, usage_metadata, response_metadata, additional_kwargs, contentBlocks } = message;
  return { id, name, content, text, tool_call_chunks, tool_calls, invalid_tool_calls, usage_metadata, response_metadata, additional_kwargs, contentBlocks };
}

/** How many characters of JSON are parsed by `work`. */
export function parsedBy(work: () => void): number {
  const parse = JSON.parse;
  let characters = 0;
  JSON.parse = (json: string) => {
    characters += json.length;
    return parse(json) as unknown;
  };
  try {
    work();
  } finally {
    JSON.parse = parse;
  }
  return characters;
}
