import type { UIMessage } from 'ai';
import type { ChatTools } from './tools.js';

/** Who served one step of an answer: one request to OpenRouter. */
export interface ServedStep {
  /** Display name. */
  readonly provider?: string;
  readonly model?: string;
  /** USD. */
  readonly cost?: number;
  /** Another endpoint or model than the first choice served. */
  readonly fallback: boolean;
  /** Who was asked before, and with which status each refused. */
  readonly refused: readonly { readonly provider: string; readonly status: string }[];
}

/** What the server tells the page about an answer, beside the answer. */
export interface AnswerMetadata {
  readonly steps: readonly ServedStep[];
}

/** A message as page and server exchange it. */
export type ChatMessage = UIMessage<AnswerMetadata, never, ChatTools>;
