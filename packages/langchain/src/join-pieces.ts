import type { AIMessageChunk, ToolCallChunk } from '@langchain/core/messages';

/** Pieces of tool calls, at most one for each call. */
export type Pieces = readonly ToolCallChunk[];

const NONE: Pieces = [];
const KNOWN: ReadonlySet<string> = new Set(['type', 'id', 'name', 'args', 'index']);

/** Whether a piece has a place, and nothing that only LangChain would know how to join. */
function isPlain(piece: ToolCallChunk): boolean {
  for (const key in piece) if (!KNOWN.has(key)) return false;
  return piece.type === 'tool_call_chunk' && typeof piece.index === 'number';
}

/** The pieces of a message, all that there is to its calls; undefined where LangChain must look closer. */
export function piecesOf(message: AIMessageChunk): Pieces | undefined {
  const pieces = message.tool_call_chunks;
  // Calls that did not come in pieces are joined in a way of their own.
  if (pieces === undefined || pieces.length === 0) return message.tool_calls?.length ? undefined : NONE;
  return pieces.every(isPlain) ? pieces : undefined;
}

const isSameCall = (call: ToolCallChunk, piece: ToolCallChunk): boolean =>
  call.index === piece.index && (!call.id || !piece.id || call.id === piece.id);

/** What LangChain's merging of lists gives for pieces. Neither list is changed. */
export function joinPieces(all: Pieces, more: Pieces): Pieces {
  if (more.length === 0) return all;
  const calls = [...all];
  for (const piece of more) {
    const place = calls.findIndex((call) => isSameCall(call, piece));
    const call = calls[place];
    if (call === undefined) {
      calls.push(piece);
      continue;
    }
    const { id, name, args } = call;
    const sum = (calls[place] = { ...call });
    if (piece.id || (piece.id != null && id == null)) sum.id = piece.id;
    if (piece.name || (piece.name != null && name == null)) sum.name = piece.name;
    if (piece.args != null) sum.args = args == null ? piece.args : args + piece.args;
  }
  return calls;
}
