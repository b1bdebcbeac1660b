import type { ChatChunk, ChatDelta } from '../wire/chunk.js';
import type { ResponseMessage } from '../wire/message.js';

/** Any field but the role counts, known to this version or not, that is not empty. */
const isSomething = ([name, value]: [string, unknown]): boolean => name !== 'role' && (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Whether a delta, or a whole message, says anything: role and empty fields are nothing. */
export const saysSomething = (part: ChatDelta | ResponseMessage | null | undefined): boolean => Object.entries(part ?? {}).some(isSomething);

/**
 * Whether a chunk holds anything of the answer. First chunks are often a role and an empty string, which is nothing; a finish
 * reason or usage is something, since it shows that the answer is over. Source: OpenRouter API, streaming.
 */
export function carries({ choices, usage }: ChatChunk): boolean {
  if (usage) return true;
  if (!Array.isArray(choices)) return false;
  return choices.some((choice) => Boolean(choice?.finish_reason || saysSomething(choice?.delta)));
}
