import { completeArguments, type ResponseMessage, toolCallId } from '@waypost/core';
import { argumentsOf, callsOf, type ChatResult, type ChatToolCall, idOf } from '../convert-response.js';

/** A call as the model made it. */
export interface ReadCall {
  readonly id: string;
  readonly name: string;
  /** With its input, where its arguments are complete JSON. */
  readonly whole: ChatToolCall | undefined;
}

/** The calls of an answer, and its message as it goes into the next request. */
export interface ReadCalls {
  readonly calls: readonly ReadCall[];
  readonly message: ResponseMessage;
}

/**
 * Reads the calls of an answer. Its message stays as it is, but that each call gets an id of its own where the server sent none, or
 * the same twice: results name the call that they are for.
 */
export function readCalls({ message, response }: ChatResult): ReadCalls {
  const given = callsOf(message);
  const taken = new Set<string>();
  let changed = given.length < (message.tool_calls?.length ?? 0);
  const read = given.map((call, position) => {
    const args = argumentsOf(call);
    const complete = completeArguments({ arguments: args });
    const own = taken.has(idOf(call)) ? '' : idOf(call);
    const id = toolCallId({ id: own, position }, response.id);
    taken.add(id);
    const name = call.function?.name ?? '';
    const whole = complete === undefined ? undefined : { id, name, arguments: complete, input: JSON.parse(complete) as unknown };
    const asSent = id === call.id && typeof call.function?.arguments === 'string';
    changed ||= !asSent;
    return { call: { id, name, whole }, sent: asSent ? call : { ...call, id, function: { ...call.function, name, arguments: complete ?? args } } };
  });
  return { calls: read.map(({ call }) => call), message: changed ? { ...message, tool_calls: read.map(({ sent }) => sent) } : message };
}
