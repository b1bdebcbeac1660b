import type { ChatModelStreamEvent, FinishReason } from '@langchain/core/language_models/event';
import type { ToolCallChunk } from '@langchain/core/messages';
import type { ChatChunk, ChatResponse } from '@waypost/core';
import { withMedia } from './content-blocks.js';
import { convertToolCalls, otherFields, reasoningOf, type ResponseContext, responseMetadata } from './convert-response.js';
import { createToolPieces } from './convert-stream.js';
import { convertUsage } from './convert-usage.js';

/** Turns the chunks of one stream into the events that LangChain's `streamEvents` hands out. */
export interface EventConverter {
  convert(chunk: ChatChunk): ChatModelStreamEvent[];
  /** Ends all blocks and the message. */
  close(response: ChatResponse, context: ResponseContext): ChatModelStreamEvent[];
}

type Block =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; reasoning: string }
  | { type: 'tool_call_chunk'; id?: string; name?: string; args: string };

function finishReason(reason: string | null | undefined): FinishReason | undefined {
  switch (reason) {
    case 'stop':
    case 'length':
    case 'content_filter':
      return reason;
    case 'tool_calls':
      return 'tool_use';
    default:
      return undefined;
  }
}

/** A block as it stands at the end: a call is one only if its arguments are complete. */
function finished(block: Block): { type: string } {
  if (block.type !== 'tool_call_chunk') return { ...block };
  const { tool_calls: [call], invalid_tool_calls: [invalid] } = convertToolCalls([{ id: block.id, name: block.name ?? '', arguments: block.args }]);
  return { type: block.type, ...(call ?? invalid) };
}

export function createEventConverter(streamUsage: boolean): EventConverter {
  const blocks: Block[] = [];
  /** The block of the text, of the reasoning, and of each tool call. */
  const places = new Map<string, number>();
  const tools = createToolPieces();
  let started = false;

  const start = (events: ChatModelStreamEvent[], id: string | undefined): void => {
    if (started) return;
    started = true;
    events.push({ event: 'message-start', ...(id !== undefined && { id }) });
  };

  const place = (events: ChatModelStreamEvent[], key: string, fresh: Block): { index: number; block: Block } => {
    let index = places.get(key);
    if (index === undefined) {
      index = blocks.length;
      blocks.push(fresh);
      places.set(key, index);
      events.push({ event: 'content-block-start', index, content: { ...fresh } });
    }
    return { index, block: blocks[index] ?? fresh };
  };

  const addCall = (events: ChatModelStreamEvent[], piece: ToolCallChunk): void => {
    const { index, block } = place(events, `tool ${piece.index}`, { type: 'tool_call_chunk', args: '' });
    if (block.type !== 'tool_call_chunk') return;
    if (piece.id !== undefined) block.id = piece.id;
    if (piece.name !== undefined) block.name = piece.name;
    block.args += piece.args ?? '';
    events.push({ event: 'content-block-delta', index, delta: { type: 'block-delta', fields: { ...block } } });
  };

  return {
    convert(chunk) {
      const events: ChatModelStreamEvent[] = [];
      start(events, chunk.id);
      const delta = chunk.choices?.[0]?.delta;
      if (!delta) return events;
      const reasoning = reasoningOf(delta);
      if (reasoning !== '') {
        const { index, block } = place(events, 'reasoning', { type: 'reasoning', reasoning: '' });
        if (block.type === 'reasoning') block.reasoning += reasoning;
        events.push({ event: 'content-block-delta', index, delta: { type: 'reasoning-delta', reasoning } });
      }
      if (typeof delta.content === 'string' && delta.content !== '') {
        const { index, block } = place(events, 'text', { type: 'text', text: '' });
        if (block.type === 'text') block.text += delta.content;
        events.push({ event: 'content-block-delta', index, delta: { type: 'text-delta', text: delta.content } });
      }
      if (Array.isArray(delta.tool_calls)) for (const piece of tools.add(delta.tool_calls)) addCall(events, piece);
      return events;
    },
    close(response, context) {
      const events: ChatModelStreamEvent[] = [];
      start(events, response.id);
      for (const piece of tools.missingIds(response.id)) addCall(events, piece);
      const [choice] = response.choices;
      const media = choice ? withMedia({ additional_kwargs: otherFields(choice.message), response_metadata: {} }, []) : [];
      const citations = media.find(({ type }) => type === 'text');
      blocks.forEach((block, index) => events.push({ event: 'content-block-finish', index, content: { ...(block.type === 'text' && citations), ...finished(block) } }));
      media.filter((block) => block !== citations).forEach((content, i) => {
        const index = blocks.length + i;
        events.push({ event: 'content-block-start', index, content }, { event: 'content-block-finish', index, content });
      });
      const usage = streamUsage ? convertUsage(response.usage) : undefined;
      if (usage) events.push({ event: 'usage', usage });
      const reason = finishReason(choice?.finish_reason);
      // The message that LangChain puts together from events has no other place for what is to be replayed.
      const responseFields = { ...(choice && otherFields(choice.message)), ...responseMetadata(response, context) };
      events.push({ event: 'message-finish', ...(reason && { reason }), ...(usage && { usage }), responseMetadata: responseFields });
      return events;
    },
  };
}
