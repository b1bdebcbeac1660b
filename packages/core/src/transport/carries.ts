import type { ChatChunk, ChatDelta } from '../wire/chunk.js';

const some = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

function deltaCarries(delta: ChatDelta): boolean {
  return Boolean(
    delta.content || delta.reasoning || delta['reasoning_content'] || delta.refusal || delta.audio ||
      some(delta.tool_calls) || some(delta.reasoning_details) || some(delta.images) || some(delta.annotations),
  );
}

/**
 * Whether a chunk holds anything of the answer. First chunks are often a role and an empty string, which is nothing; a finish
 * reason or usage is something, since it shows that the answer is over. Source: OpenRouter API, streaming.
 */
export function carries({ choices, usage }: ChatChunk): boolean {
  if (usage) return true;
  if (!Array.isArray(choices)) return false;
  return choices.some((choice) => Boolean(choice?.finish_reason || (choice?.delta && deltaCarries(choice.delta))));
}
