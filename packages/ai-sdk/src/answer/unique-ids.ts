import { toolCallId } from '@waypost/core';

/**
 * Ids of the tool calls of one answer: the server's own, or made up where it sent none, or the same twice. The AI SDK
 * tells calls and their results apart by nothing else.
 */
export function uniqueIds(generationId: string | undefined): (call: { readonly id: string; readonly position: number }) => string {
  const used = new Set<string>();
  return (call) => {
    let id = toolCallId(call, generationId);
    if (used.has(id)) id = toolCallId({ id: '', position: call.position }, generationId);
    used.add(id);
    return id;
  };
}
