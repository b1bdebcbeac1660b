import type { ToolCallChunk } from '@langchain/core/messages';
import { type ChatChunk, type ChatResponse, createToolCallTracker, type ToolCallDelta, toolCallId, type TrackedToolCall } from '@waypost/core';
import { withMedia } from './content-blocks.js';
import { otherFields, reasoningOf, type ResponseContext, responseMetadata } from './convert-response.js';
import { convertUsage } from './convert-usage.js';
import { OpenRouterMessageChunk } from './message-chunk.js';
import { StreamedChunk } from './running-total.js';

/** Turns the chunks of one stream into LangChain's. */
export interface StreamConverter {
  /** What a chunk adds to the message; undefined for one that adds nothing to it. */
  convert(chunk: ChatChunk): StreamedChunk | undefined;
  /** The last chunk: all that is to be said once, so that LangChain's merging does not repeat or sum it. */
  close(response: ChatResponse, context: ResponseContext): StreamedChunk;
}

/** Places pieces of tool calls: `index` is the call's place among the calls, since servers repeat and leave out theirs. */
export interface ToolPieces {
  add(deltas: readonly ToolCallDelta[]): ToolCallChunk[];
  /** Ids for the calls that never got one. */
  missingIds(generationId: string | undefined): ToolCallChunk[];
}

function argumentsOf(piece: unknown): string {
  if (typeof piece === 'string') return piece;
  return piece == null ? '' : JSON.stringify(piece);
}

export function createToolPieces(): ToolPieces {
  const tracker = createToolCallTracker();
  /** What has been told of each call. LangChain wants an id and a name once. */
  const told: { id: boolean; name: boolean }[] = [];
  const ids = new Set<string>();

  const pieceOf = (call: TrackedToolCall, args: string): ToolCallChunk => {
    const piece: ToolCallChunk = { type: 'tool_call_chunk', index: call.position, args };
    const state = (told[call.position] ??= { id: false, name: false });
    // Results are told apart by nothing else, so an id that came twice is none.
    if (!state.id && call.id !== '' && !ids.has(call.id)) {
      ids.add(call.id);
      piece.id = call.id;
      state.id = true;
    }
    if (!state.name && call.name !== '') {
      piece.name = call.name;
      state.name = true;
    }
    return piece;
  };

  return {
    add(deltas) {
      const pieces: ToolCallChunk[] = [];
      for (const delta of deltas) {
        if (!delta) continue;
        const piece = pieceOf(tracker.track(delta), argumentsOf(delta.function?.arguments));
        const known = pieces.length === 0 ? undefined : pieces.find((one) => one.index === piece.index);
        if (known) Object.assign(known, piece, { args: `${known.args ?? ''}${piece.args ?? ''}` });
        else pieces.push(piece);
      }
      return pieces;
    },
    missingIds: (generationId) =>
      tracker.calls
        .filter((call) => !told[call.position]?.id)
        .map(({ position }) => ({ type: 'tool_call_chunk', index: position, id: toolCallId({ id: '', position }, generationId), args: '' })),
  };
}

/** @param streamUsage whether the last chunk carries the usage. */
export function createStreamConverter(streamUsage: boolean): StreamConverter {
  let tools: ToolPieces | undefined;
  return {
    // hot: once per chunk
    convert(chunk) {
      const delta = chunk.choices?.[0]?.delta;
      if (!delta) return undefined;
      const content = typeof delta.content === 'string' ? delta.content : '';
      const reasoning = delta.reasoning != null || delta.reasoning_details || delta['reasoning_content'] ? reasoningOf(delta) : '';
      const deltas = delta.tool_calls;
      const pieces = Array.isArray(deltas) && deltas.length > 0 ? (tools ??= createToolPieces()).add(deltas) : undefined;
      if (content === '' && reasoning === '' && pieces === undefined) return undefined;
      const message = new OpenRouterMessageChunk({
        id: chunk.id,
        content,
        additional_kwargs: reasoning === '' ? {} : { reasoning_content: reasoning },
        response_metadata: { model_provider: 'openrouter' },
      });
      // Set here, since the constructor would try to parse every fragment as JSON. A fragment is no call yet, valid or not.
      if (pieces) message.tool_call_chunks = pieces;
      return new StreamedChunk({ message, text: content });
    },
    close(response, context) {
      const usage = streamUsage ? convertUsage(response.usage) : undefined;
      const [choice] = response.choices;
      const message = new OpenRouterMessageChunk({
        id: response.id,
        content: '',
        additional_kwargs: choice ? otherFields(choice.message) : {},
        response_metadata: responseMetadata(response, context),
        ...(usage && { usage_metadata: usage }),
      });
      const ids = tools?.missingIds(response.id);
      if (ids) message.tool_call_chunks = ids;
      // The details repeat what has been streamed as reasoning, and would be shown twice.
      Object.defineProperty(message, 'contentBlocks', { value: withMedia(message, []), configurable: true });
      return new StreamedChunk({ message, text: '', generationInfo: { finish_reason: choice?.finish_reason ?? null } });
    },
  };
}
