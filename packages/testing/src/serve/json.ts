import type { ChatResponse, ResponseMessage, ToolCall } from '@waypost/core';
import { type Answer, errorDetail, shapedUsage } from './answer.js';

function withNullArguments(call: ToolCall): object {
  return { ...call, function: { ...call.function, arguments: null } };
}

function messageOf({ reply, wire }: Answer): object {
  const { content = null, refusal = null, reasoning = null, reasoning_details, tool_calls, ...rest } = reply.message;
  const calls = tool_calls?.map((call, index) => ({ index, ...(wire.toolDeltas?.firstArguments === 'null' ? withNullArguments(call) : call) }));
  const spoken = wire.idleContent === 'empty' ? (content ?? '') : content;
  return {
    role: 'assistant' satisfies ResponseMessage['role'], content: spoken, refusal,
    ...(wire.reasoningText === false ? {} : { reasoning }),
    ...(reasoning_details === undefined ? {} : { reasoning_details }),
    ...(calls === undefined ? {} : { tool_calls: calls }),
    ...rest,
  };
}

/** The body of a response without streaming. An error of the wire shows here as the same shape in JSON. */
export function jsonBody(answer: Answer): object {
  const { wire } = answer;
  const detail = errorDetail(wire);
  const shape = wire.error === undefined ? undefined : (wire.error.shape ?? 'chunk');
  if (shape === 'bare') return { error: detail };
  const failed = shape !== undefined;
  const missing = wire.finish === 'missing';
  const finish = failed ? 'error' : missing ? null : answer.finishReason;
  const native = failed ? 'error' : missing ? null : answer.nativeFinishReason;
  const head: Omit<ChatResponse, 'choices'> = {
    id: answer.reply.id ?? answer.id, object: 'chat.completion', created: answer.created, model: answer.model, provider: answer.provider,
    system_fingerprint: null, service_tier: answer.serviceTier,
  };
  return {
    ...head,
    choices: [{
      index: 0, finish_reason: finish, message: messageOf(answer),
      ...(wire.bareChoices === true ? {} : { logprobs: null, native_finish_reason: native }),
      ...(shape === 'choice' ? { error: detail } : {}),
    }],
    ...(shape === 'chunk' ? { error: detail } : {}),
    ...(wire.usage === 'missing' ? {} : { usage: shapedUsage(answer) }),
    ...answer.reply.fields,
    ...(answer.metadata === undefined ? {} : { openrouter_metadata: answer.metadata }),
  };
}
