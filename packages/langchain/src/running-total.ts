import type { AIMessageChunk, ToolCallChunk } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { OpenRouterMessageChunk } from './message-chunk.js';

/**
 * A chunk of a stream. LangChain adds each chunk to a running total that it reads once, at the end. For tool calls each of its own
 * additions parses all arguments so far, so that a long call takes time by the square: here their pieces are kept, and joined
 * when the total is read.
 */
export class StreamedChunk extends ChatGenerationChunk {
  // hot: once per chunk
  override concat(next: ChatGenerationChunk): ChatGenerationChunk {
    // The chunks of one stream are all of the model's own making, or sums of them.
    const message = this.message as AIMessageChunk;
    const added = next.message as AIMessageChunk;
    if (message.tool_call_chunks?.length || added.tool_call_chunks?.length) return totalOf([this, next], 2);
    // Text is not kept in pieces: joining it at once leaves less for the garbage collector.
    return sumOf(this, next);
  }
}

/** Two chunks as one, at once. */
function sumOf(total: ChatGenerationChunk, next: ChatGenerationChunk): ChatGenerationChunk {
  const info = (total.generationInfo ?? next.generationInfo) && { ...total.generationInfo, ...next.generationInfo };
  return new StreamedChunk({
    text: total.text + next.text,
    // as in concat
    message: (total.message as AIMessageChunk).concat(next.message as AIMessageChunk),
    ...(info && { generationInfo: info }),
  });
}

/** The first `count` of `pieces` as one chunk. Totals share `pieces`: each only ever looks at its own part. */
function totalOf(pieces: ChatGenerationChunk[], count: number): ChatGenerationChunk {
  let joined: ChatGenerationChunk | undefined;
  const join = (): ChatGenerationChunk => (joined ??= joinChunks(pieces.slice(0, count)));
  // hot: one of these per piece of a tool call
  const total = {
    __proto__: ChatGenerationChunk.prototype,
    get text(): string {
      return join().text;
    },
    set text(text: string) {
      join().text = text;
    },
    get message(): AIMessageChunk {
      // as in concat
      return join().message as AIMessageChunk;
    },
    set message(message: AIMessageChunk) {
      join().message = message;
    },
    get generationInfo(): Record<string, unknown> | undefined {
      return join().generationInfo;
    },
    set generationInfo(info: Record<string, unknown>) {
      join().generationInfo = info;
    },
    concat(next: ChatGenerationChunk): ChatGenerationChunk {
      if (joined !== undefined) return totalOf([joined, next], 2);
      if (pieces.length > count) return totalOf([...pieces.slice(0, count), next], count + 1);
      pieces.push(next);
      return totalOf(pieces, count + 1);
    },
  };
  return total;
}

const KNOWN_KWARG = 'reasoning_content';

/** Whether a chunk has nothing but text, reasoning and pieces of tool calls. */
function isPlain({ message, generationInfo }: ChatGenerationChunk): boolean {
  if (!(message instanceof OpenRouterMessageChunk) || generationInfo !== undefined) return false;
  if (typeof message.content !== 'string' || message.usage_metadata !== undefined || message.name !== undefined) return false;
  if (message.tool_call_chunks?.some((piece) => piece.index === undefined)) return false;
  for (const key in message.response_metadata) if (key !== 'model_provider') return false;
  for (const key in message.additional_kwargs) if (key !== KNOWN_KWARG || typeof message.additional_kwargs[key] !== 'string') return false;
  return true;
}

function joinPieces(calls: Map<number, ToolCallChunk>, pieces: readonly ToolCallChunk[]): void {
  for (const piece of pieces) {
    const index = piece.index ?? 0;
    const call = calls.get(index);
    if (call === undefined) {
      calls.set(index, { ...piece });
      continue;
    }
    if (piece.id !== undefined) call.id = piece.id;
    if (piece.name !== undefined) call.name = piece.name;
    call.args = (call.args ?? '') + (piece.args ?? '');
  }
}

/** One chunk out of several plain ones: what LangChain's own `concat` gives for them, in one pass. */
function joinPlain(chunks: readonly ChatGenerationChunk[]): ChatGenerationChunk {
  let text = '';
  let content = '';
  let reasoning = '';
  let id: string | undefined;
  let metadata: Record<string, unknown> = {};
  const calls = new Map<number, ToolCallChunk>();
  for (const chunk of chunks) {
    // These three as `isPlain` has found.
    const message = chunk.message as OpenRouterMessageChunk;
    text += chunk.text;
    content += message.content as string;
    reasoning += (message.additional_kwargs[KNOWN_KWARG] as string | undefined) ?? '';
    id ??= message.id;
    metadata = { ...metadata, ...message.response_metadata };
    if (message.tool_call_chunks?.length) joinPieces(calls, message.tool_call_chunks);
  }
  const message = new OpenRouterMessageChunk({
    ...(id !== undefined && { id }),
    content,
    additional_kwargs: reasoning === '' ? {} : { [KNOWN_KWARG]: reasoning },
    response_metadata: metadata,
    tool_call_chunks: [...calls.values()],
  });
  return new ChatGenerationChunk({ text, message });
}

/** All chunks as one. */
export function joinChunks(chunks: readonly ChatGenerationChunk[]): ChatGenerationChunk {
  const joined: ChatGenerationChunk[] = [];
  for (let from = 0; from < chunks.length; ) {
    let to = from;
    for (let chunk = chunks[to]; chunk !== undefined && isPlain(chunk); chunk = chunks[to]) to += 1;
    const [single] = chunks.slice(from, from + 1);
    if (to > from + 1) joined.push(joinPlain(chunks.slice(from, to)));
    else if (single) joined.push(single);
    from = Math.max(to, from + 1);
  }
  const [first, ...rest] = joined;
  if (first === undefined) throw new RangeError('nothing to join');
  return rest.reduce(sumOf, first);
}
