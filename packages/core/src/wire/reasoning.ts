import type { JsonValue, Open } from './open.js';

/** How much a model may think. `none` switches thinking off where the model allows that. */
export type ReasoningEffort = Open<'max' | 'xhigh' | 'high' | 'medium' | 'low' | 'minimal' | 'none'>;

/** The `reasoning` object of a request. `effort` and `max_tokens` exclude each other. */
export interface ReasoningOptions {
  effort?: ReasoningEffort | null;
  /** Thinking budget in tokens; must be smaller than the request's `max_tokens` for Anthropic models. */
  max_tokens?: number | null;
  /** Default `false`. `true`: think, but do not return the thinking. */
  exclude?: boolean | null;
  /** `true` means medium effort. */
  enabled?: boolean | null;
  summary?: Open<'auto' | 'concise' | 'detailed'> | null;
  context?: Open<'auto' | 'all_turns' | 'current_turn'> | null;
  mode?: Open<'standard' | 'pro'> | null;
}

/** Which upstream API wrote a reasoning detail. */
export type ReasoningFormat = Open<
  | 'unknown'
  | 'openai-responses-v1'
  | 'azure-openai-responses-v1'
  | 'bedrock-openai-responses-v1'
  | 'bedrock-xai-responses-v1'
  | 'xai-responses-v1'
  | 'meta-responses-v1'
  | 'anthropic-claude-v1'
  | 'google-gemini-v1'
>;

interface ReasoningDetailBase {
  id?: string | null;
  format?: ReasoningFormat | null;
  index?: number | null;
}
/** Thinking in the clear; Anthropic signs it, sometimes in a detail of its own that has no text. */
export interface ReasoningTextDetail extends ReasoningDetailBase {
  type: 'reasoning.text';
  text?: string | null;
  signature?: string | null;
}
/** A summary of thinking that stays hidden. */
export interface ReasoningSummaryDetail extends ReasoningDetailBase {
  type: 'reasoning.summary';
  summary: string;
}
/** Thinking as an opaque blob, to be sent back as it came. */
export interface ReasoningEncryptedDetail extends ReasoningDetailBase {
  type: 'reasoning.encrypted';
  data?: string | null;
}
/** A call of a server tool that happened while the model was thinking. */
export interface ReasoningServerToolCallDetail extends ReasoningDetailBase {
  type: 'reasoning.server_tool_call';
  tool_name: string;
  tool_call_id?: string | null;
  arguments?: JsonValue;
  result?: JsonValue;
}
/** A detail of a type that this version does not know; it is kept and replayed as it came. */
export interface ReasoningUnknownDetail extends ReasoningDetailBase {
  type: string & {};
  [key: string]: unknown;
}

/**
 * One block of a model's thinking. The array of a turn is to be sent back unmodified and in order on the next turn,
 * above all where tools were called. Source: OpenRouter API, reasoning tokens.
 */
export type ReasoningDetail =
  | ReasoningTextDetail
  | ReasoningSummaryDetail
  | ReasoningEncryptedDetail
  | ReasoningServerToolCallDetail
  | ReasoningUnknownDetail;
