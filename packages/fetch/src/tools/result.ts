import type { Message } from '@waypost/core';
import type { ChatResult, ChatToolCall } from '../convert-response.js';
import type { Total } from '../total.js';
import type { ToolResult } from './execute-calls.js';

/** One answer of the model, with its own receipt, and what its tool calls came to. */
export interface ToolStep extends ChatResult {
  /** In the order of the calls. */
  toolResults: readonly ToolResult[];
}

/**
 * Why a run ended: the model called no more tools; the bound was reached; it called tools that the caller runs; an answer was cut
 * off while it called tools, so that none of its calls is to be trusted.
 */
export type StoppedBy = 'finished' | 'max-steps' | 'pending-calls' | 'cut';

/** What had happened up to some point of a run. */
export interface ToolProgress {
  steps: readonly ToolStep[];
  /**
   * The whole conversation: that of the request, answers and results. Send it again to go on from there; where a step was interrupted or cut off, its
   * calls without a result want one first, or its messages taken off.
   */
  messages: readonly Message[];
  /** All steps together. */
  total: Total;
}

/** What a run gives: the last answer, and how it came about. */
export interface ToolRun extends ChatResult, ToolProgress {
  stoppedBy: StoppedBy;
  /** Calls of tools without `execute`. To go on, add a `tool` message for each to `messages`. */
  pendingCalls: readonly ChatToolCall[];
}
