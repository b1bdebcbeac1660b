import type { UsageMetadata } from '@langchain/core/messages';
import type { Usage } from '@waypost/core';

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** The fields that are numbers. */
function numbers<Field extends string>(fields: Readonly<Record<Field, unknown>>): { [Name in Field]?: number } {
  // Only entries of `fields` that are numbers are left.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isNumber(value))) as { [Name in Field]?: number };
}

/**
 * The wire's usage as LangChain counts it; undefined where the server counted nothing. Details that the server left out are
 * absent, not zero. Both detail objects are always there, since LangChain adds them when it merges chunks.
 */
export function convertUsage(usage: Usage | null | undefined): UsageMetadata | undefined {
  if (!usage) return undefined;
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage;
  if (!isNumber(input) && !isNumber(output) && !isNumber(total)) return undefined;
  const prompt = usage.prompt_tokens_details;
  const completion = usage.completion_tokens_details;
  return {
    input_tokens: input ?? 0,
    output_tokens: output ?? 0,
    total_tokens: total ?? (input ?? 0) + (output ?? 0),
    input_token_details: numbers({
      audio: prompt?.audio_tokens,
      video: prompt?.video_tokens,
      cache_read: prompt?.cached_tokens,
      cache_creation: prompt?.cache_write_tokens,
    }),
    output_token_details: numbers({
      audio: completion?.audio_tokens,
      image: completion?.image_tokens,
      reasoning: completion?.reasoning_tokens,
    }),
  };
}
