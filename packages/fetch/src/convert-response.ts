import {
  type ChatResponse,
  completeArguments,
  type FinishReason,
  type Receipt,
  type ResponseMessage,
  tokenUsage,
  type TokenUsage,
  type ToolCall,
  toolCallId,
  type Warning,
} from '@waypost/core';

/** A tool call whose arguments are complete JSON. */
export interface ChatToolCall {
  id: string;
  name: string;
  /** The arguments' JSON; `{}` where the model sent none. */
  arguments: string;
  /** The same, parsed. Not checked against the tool's schema. */
  input: unknown;
}

/** What a chat call gives. */
export interface ChatResult {
  /** The text of the answer; empty where there is none. */
  text: string;
  /** The answer's message as the wire has it: put it into the next request unchanged, reasoning details included. */
  message: ResponseMessage;
  /** The calls to execute. One that was cut off is not among them, but is in `message.tool_calls`. */
  toolCalls: ChatToolCall[];
  /** The server's word; `null` where it said none. */
  finishReason: FinishReason | null;
  usage: TokenUsage | undefined;
  /** Undefined when receipts are off. */
  receipt: Receipt | undefined;
  /** The wire's JSON, untouched; of a stream, its chunks put together. */
  response: ChatResponse;
  warnings: readonly Warning[];
}

/** The wire has arguments as text; a server that parsed them already sends the object, or null. */
export function argumentsOf(call: ToolCall): string {
  const given: unknown = call.function?.arguments;
  return typeof given === 'string' ? given : JSON.stringify(given ?? null);
}

/** The calls of a message; what is none is no call. */
export const callsOf = ({ tool_calls: calls }: ResponseMessage): ToolCall[] => (Array.isArray(calls) ? calls.filter((call: unknown) => typeof call === 'object' && call !== null) : []);

/** The id that the server gave a call, if any. */
export const idOf = ({ id }: ToolCall): string => (typeof id === 'string' ? id : '');

/** The complete calls among those of a message. */
function toolCallsOf(message: ResponseMessage, generationId: string | undefined): ChatToolCall[] {
  return callsOf(message).flatMap((call, position) => {
    const whole = completeArguments({ arguments: argumentsOf(call) });
    if (whole === undefined) return [];
    const id = toolCallId({ id: idOf(call), position }, generationId);
    const name: unknown = call.function?.name;
    return [{ id, name: typeof name === 'string' ? name : '', arguments: whole, input: JSON.parse(whole) }];
  });
}

/** The result of a call, by its first choice. */
export function convertResponse(response: ChatResponse, receipt: Receipt | undefined, warnings: readonly Warning[]): ChatResult {
  const { choices, id, usage } = response;
  const message: ResponseMessage = choices[0]?.message ?? { role: 'assistant', content: null };
  return {
    text: typeof message.content === 'string' ? message.content : '',
    message,
    toolCalls: toolCallsOf(message, id),
    finishReason: choices[0]?.finish_reason ?? null,
    usage: tokenUsage(usage),
    receipt,
    response,
    warnings,
  };
}
