import type { JSONObject, LanguageModelV4ToolCall } from '@ai-sdk/provider';
import { completeArguments } from '@waypost/core';
import { endedByModel } from './convert-finish.js';

/** A call as it arrived. */
export interface ArrivedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string | null | undefined;
}

export interface ConvertedCalls {
  readonly calls: LanguageModelV4ToolCall[];
  /** Calls that were cut off, for the metadata: they must not be executed. */
  readonly incomplete: JSONObject[];
}

/**
 * The tool calls of an answer. Arguments that are not JSON are passed on raw where the model ended by itself, so that
 * the AI SDK can repair them; where it was cut off, the call is incomplete.
 */
export function convertToolCalls(arrived: readonly ArrivedCall[], finish: string | null | undefined): ConvertedCalls {
  const calls: LanguageModelV4ToolCall[] = [];
  const incomplete: JSONObject[] = [];
  for (const call of arrived) {
    const input = completeArguments(call)?.trim() ?? (endedByModel(finish) ? (call.arguments ?? '') : undefined);
    if (input === undefined) incomplete.push({ toolCallId: call.id, toolName: call.name, input: call.arguments ?? '' });
    else calls.push({ type: 'tool-call', toolCallId: call.id, toolName: call.name, input });
  }
  return { calls, incomplete };
}
