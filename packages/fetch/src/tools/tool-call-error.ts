import { identify, isMarked, OpenRouterError } from '@waypost/core';
import type { StandardIssue } from '../schema/standard-schema.js';

/** The model called what is not there; its arguments are no JSON or do not fit; the tool threw, or gave what is no JSON. */
export type ToolCallErrorReason = 'unknown-tool' | 'invalid-arguments' | 'failed';

/** What a {@link ToolCallError} is made of; see its fields. */
export interface ToolCallErrorOptions {
  reason: ToolCallErrorReason;
  toolName: string;
  toolCallId: string;
  issues?: readonly StandardIssue[];
  cause?: unknown;
}

const MESSAGES: Readonly<Record<ToolCallErrorReason, string>> = {
  'unknown-tool': 'The model called a tool that it was not offered',
  'invalid-arguments': 'The model called a tool with arguments that do not fit its parameters',
  failed: 'A tool failed',
};

/**
 * A tool call that gave no result. It is told to the model, or thrown, as `onToolError` says. What a tool threw is its `cause`. It does
 * not cover calls that were cut off: those stop the loop.
 */
export class ToolCallError extends OpenRouterError {
  declare readonly reason: ToolCallErrorReason;
  /** As the model wrote it. */
  declare readonly toolName: string;
  declare readonly toolCallId: string;
  /** What the schema found. Not enumerable, since it may echo what the model wrote. */
  declare readonly issues: readonly StandardIssue[];

  constructor({ reason, toolName, toolCallId, issues = [], cause }: ToolCallErrorOptions) {
    super('tool_call', MESSAGES[reason], { cause });
    identify(this, 'ToolCallError', { reason, toolName, toolCallId }, { issues });
  }

  static override isInstance(value: unknown): value is ToolCallError {
    return isMarked(value, 'ToolCallError');
  }
}
