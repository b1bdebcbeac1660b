import type { LanguageModelV4FinishReason } from '@ai-sdk/provider';
import type { ReasoningDetail } from '@waypost/core';

type Unified = LanguageModelV4FinishReason['unified'];

/** Words of the wire, and of upstream APIs where they come through. */
function unify(reason: string | null | undefined): Unified {
  switch (reason) {
    case 'stop':
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'length':
    case 'max_tokens':
      return 'length';
    case 'tool_calls':
    case 'function_call':
    case 'tool_use':
      return 'tool-calls';
    case 'content_filter':
      return 'content-filter';
    case 'error':
      return 'error';
    default:
      return 'other';
  }
}

/**
 * Why generation ended. Some models say nothing that makes sense after calling tools, and Gemini says `stop` where it signs
 * its thinking with an encrypted detail. Any other `stop` is what the model said: the AI SDK runs its tools all the same.
 */
export function convertFinish(reason: string | null | undefined, calledTools: boolean, details: readonly ReasoningDetail[] | undefined): LanguageModelV4FinishReason {
  const unified = unify(reason);
  const called = calledTools && (unified === 'other' || (unified === 'stop' && details?.some(({ type }) => type === 'reasoning.encrypted')));
  return { unified: called ? 'tool-calls' : unified, raw: reason ?? undefined };
}

/** Whether the model came to an end of its own, so that what it wrote is what it meant, malformed or not. */
export function endedByModel(reason: string | null | undefined): boolean {
  const unified = unify(reason);
  return unified === 'stop' || unified === 'tool-calls';
}
