import type { AIMessageChunk } from '@langchain/core/messages';
import { joinPieces, piecesOf, type Pieces } from './join-pieces.js';

/** What messages add up to that have nothing but text, reasoning and pieces of tool calls. Never changed, since totals share it. */
export interface PlainSum {
  readonly id: string | undefined;
  readonly content: string;
  readonly reasoning: string;
  /** Under which name LangChain knows the provider. */
  readonly provider: string;
  readonly pieces: Pieces;
}

/** The text under `name`, `''` where there is none; undefined for an object with anything else in it, be it an empty text. */
function onlyText(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  for (const key in fields) if (key !== name) return undefined;
  const value = fields[name];
  if (value === undefined) return '';
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A message as a sum; undefined for one that has more to it. */
export function plainSum(message: AIMessageChunk): PlainSum | undefined {
  const { id, content } = message;
  if (typeof content !== 'string' || message.usage_metadata !== undefined) return undefined;
  const pieces = piecesOf(message);
  const reasoning = onlyText(message.additional_kwargs, 'reasoning_content');
  const provider = onlyText(message.response_metadata, 'model_provider');
  if (pieces === undefined || reasoning === undefined || provider === undefined) return undefined;
  return { id, content, reasoning, provider, pieces };
}

/** hot: once per chunk. Strings and short arrays, so that nothing of the chunks themselves is kept. */
export function addSums(sum: PlainSum, next: PlainSum): PlainSum {
  return {
    id: sum.id ?? next.id,
    content: sum.content + next.content,
    reasoning: sum.reasoning + next.reasoning,
    provider: next.provider || sum.provider,
    pieces: joinPieces(sum.pieces, next.pieces),
  };
}
