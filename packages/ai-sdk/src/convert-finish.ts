import type { LanguageModelV4FinishReason } from '@ai-sdk/provider';

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

/** Why generation ended; some models say `stop`, or nothing, after calling tools. */
export function convertFinish(reason: string | null | undefined, calledTools: boolean): LanguageModelV4FinishReason {
  const unified = unify(reason);
  return { unified: calledTools && (unified === 'stop' || unified === 'other') ? 'tool-calls' : unified, raw: reason ?? undefined };
}

/** Whether the model came to an end of its own, so that what it wrote is what it meant, malformed or not. */
export function endedByModel(reason: string | null | undefined): boolean {
  const unified = unify(reason);
  return unified === 'stop' || unified === 'tool-calls';
}
