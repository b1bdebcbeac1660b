import { AIMessageChunk, type AIMessageChunkFields, collapseToolCallChunks, type ContentBlock, type ToolCallChunk } from '@langchain/core/messages';
import { joinBlocks, withMedia } from './content-blocks.js';
import { convertToolCalls } from './convert-response.js';
import { addSums, type PlainSum, plainSum } from './plain-sum.js';
import { joinPieces, piecesOf } from './join-pieces.js';

type Calls = Required<Pick<AIMessageChunkFields, 'tool_calls' | 'invalid_tool_calls'>>;

/**
 * LangChain's chunk, but for two things. Once the response has ended, only calls whose arguments are complete JSON are `tool_calls`:
 * LangChain mends arguments that were cut off at the token limit, and would have a tool executed with half of them. And while a
 * sum of chunks grows, its calls are parsed when they are read, not at every fragment.
 */
export class OpenRouterMessageChunk extends AIMessageChunk {
  constructor(fields: AIMessageChunkFields) {
    const { tool_call_chunks: pieces, tool_calls: valid, invalid_tool_calls: invalid } = fields;
    // hot: most chunks have no tool call
    if (pieces === undefined || pieces.length === 0) {
      super(fields);
      return;
    }
    // Given pieces, LangChain would parse them.
    super({ ...fields, tool_call_chunks: [] });
    // LangChain copies messages by their fields.
    const copied = valid && invalid && { tool_calls: valid, invalid_tool_calls: invalid };
    const known = copied ?? ('finish_reason' in this.response_metadata ? completeCalls(pieces) : undefined);
    let calls = known;
    for (const holder of [this, this.lc_kwargs]) {
      Object.assign(holder, { tool_call_chunks: pieces }, known);
      if (known === undefined) parseWhenRead(holder, () => (calls ??= partialCalls(pieces)));
    }
  }

  /** Blocks for images, sound and citations too. */
  override get contentBlocks(): ContentBlock.Standard[] {
    return withMedia(this, super.contentBlocks);
  }

  /** Serialised, it is LangChain's. */
  override get lc_id(): string[] {
    return ['langchain_core', 'messages', 'AIMessageChunk'];
  }

  /** Stored, the calls of a response that has ended stay as they are: from pieces, LangChain would parse them anew. */
  override get lc_attributes(): { tool_call_chunks?: ToolCallChunk[] } {
    const { tool_calls: valid = [], invalid_tool_calls: invalid = [] } = this;
    return 'finish_reason' in this.response_metadata && valid.length + invalid.length > 0 ? { tool_call_chunks: [] } : {};
  }

  override concat(next: AIMessageChunk): this {
    const sum = this.added(next);
    if (Array.isArray(this.content) && Array.isArray(next.content)) {
      const content = joinBlocks(this.content, next.content);
      for (const holder of [sum, sum.lc_kwargs]) Object.assign(holder, { content });
    }
    return sum;
  }

  private added(next: AIMessageChunk): this {
    const sum = plainSum(this);
    const more = sum && plainSum(next);
    // There is no subclass.
    if (more) return messageOf(addSums(sum, more)) as this;
    const all = piecesOf(this);
    const pieces = piecesOf(next);
    if (!all || !pieces) return super.concat(next);
    // as above
    return new OpenRouterMessageChunk({ ...fieldsOf(withoutCalls(this).concat(withoutCalls(next))), tool_call_chunks: [...joinPieces(all, pieces)] }) as this;
  }
}

const completeCalls = (pieces: readonly ToolCallChunk[]): Calls => convertToolCalls(pieces.map(({ id, name, args }) => ({ id, name: name ?? '', arguments: args })));

function partialCalls(pieces: readonly ToolCallChunk[]): Calls {
  const { tool_calls: valid, invalid_tool_calls: invalid } = collapseToolCallChunks([...pieces]);
  return { tool_calls: valid, invalid_tool_calls: invalid };
}

/** Has `holder` find its calls when it is asked for them. */
function parseWhenRead(holder: object, calls: () => Calls): void {
  for (const name of ['tool_calls', 'invalid_tool_calls'] as const) {
    Object.defineProperty(holder, name, {
      get: () => calls()[name],
      set: (value: unknown) => {
        Object.defineProperty(holder, name, { value, writable: true });
      },
      enumerable: true,
      configurable: true,
    });
  }
}

function fieldsOf({ id, content, additional_kwargs, response_metadata, usage_metadata }: AIMessageChunk): AIMessageChunkFields {
  return { content, additional_kwargs, response_metadata, ...(id !== undefined && { id }), ...(usage_metadata && { usage_metadata }) };
}

const withoutCalls = (message: AIMessageChunk): AIMessageChunk => new AIMessageChunk(fieldsOf(message));

/** A sum as the message that LangChain's own `concat` would have made. */
export function messageOf({ id, content, reasoning, provider, pieces }: PlainSum): OpenRouterMessageChunk {
  return new OpenRouterMessageChunk({
    ...(id !== undefined && { id }),
    content,
    additional_kwargs: reasoning === '' ? {} : { reasoning_content: reasoning },
    response_metadata: provider === '' ? {} : { model_provider: provider },
    tool_call_chunks: [...pieces],
  });
}
