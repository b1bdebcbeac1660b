import {
  chatUsage,
  completeArguments,
  type FinishReason,
  functionCalls,
  outputReasoning,
  outputText,
  type Receipt,
  type ResponsesFunctionCall,
  type ResponsesOutputItem,
  type ResponsesResponse,
  type ResponsesStatus,
  responsesFinishReason,
  tokenUsage,
  type TokenUsage,
  toolCallId,
  type Warning,
} from '@waypost/core';
import type { ChatToolCall } from '../convert-response.js';

/** What a call of `/responses` gives. */
export interface RespondResult {
  /** The text of the answer; empty where there is none. */
  text: string;
  /** The items as the wire has them: put them into the next request's `input` unchanged, reasoning included. */
  output: ResponsesOutputItem[];
  /** The calls to execute; `id` is the `call_id` that a `function_call_output` names. One that was cut off is not among them, but is in `output`. */
  toolCalls: ChatToolCall[];
  /** What the model thought, in the clear or in summary. Undefined where that is not told. */
  reasoning: string | undefined;
  /** In the words of chat: `stop`, `tool_calls`, `length` … `null` where the server said none. */
  finishReason: FinishReason | null;
  /** The server's word; older servers say none. */
  status: ResponsesStatus | undefined;
  usage: TokenUsage | undefined;
  /** Undefined when receipts are off. */
  receipt: Receipt | undefined;
  /** The wire's JSON, untouched; of a stream, that of its last event, with what only the first one said. */
  response: ResponsesResponse;
  warnings: readonly Warning[];
}

/** No arguments at all are those of a function without parameters only where nothing was cut off. */
function argumentsOf({ arguments: given, status }: ResponsesFunctionCall, whole: boolean): string | undefined {
  if (status !== undefined && status !== 'completed') return undefined;
  // the wire has arguments as text; a server that parsed them already sends the object, or null
  const args: unknown = given;
  const text = typeof args === 'string' ? args : JSON.stringify(args ?? null);
  return !whole && text.trim() === '' ? undefined : completeArguments({ arguments: text });
}

function toolCallsOf({ output, status, id: generationId }: ResponsesResponse): ChatToolCall[] {
  const whole = status === undefined || status === 'completed';
  return functionCalls(output).flatMap((call, position) => {
    const complete = argumentsOf(call, whole);
    if (complete === undefined) return [];
    const id = toolCallId({ id: call.call_id ?? call.id ?? '', position }, generationId);
    return [{ id, name: call.name ?? '', arguments: complete, input: JSON.parse(complete) }];
  });
}

/** The result of a call. */
export function convertResult(response: ResponsesResponse, receipt: Receipt | undefined, warnings: readonly Warning[]): RespondResult {
  const { output, status, usage } = response;
  return {
    text: outputText(output),
    output,
    toolCalls: toolCallsOf(response),
    reasoning: outputReasoning(output) || undefined,
    finishReason: responsesFinishReason(response),
    status,
    usage: tokenUsage(chatUsage(usage)),
    receipt,
    response,
    warnings,
  };
}
