import type { UsageMetadata } from '@langchain/core/messages';
import type { LLMResult } from '@langchain/core/outputs';
import { isRecord } from './convert-tools.js';

/** The usage under the names that older callbacks read from `llmOutput`. */
export function tokenUsageOf(usage: UsageMetadata | undefined): LLMResult['llmOutput'] {
  if (usage === undefined) return undefined;
  return { tokenUsage: { promptTokens: usage.input_tokens, completionTokens: usage.output_tokens, totalTokens: usage.total_tokens } };
}

/** The sum over a batch. */
export function combineTokenUsage(outputs: readonly LLMResult['llmOutput'][]): LLMResult['llmOutput'] {
  const sum: Record<string, number> = {};
  for (const output of outputs) {
    const usage: unknown = output?.['tokenUsage'];
    if (!isRecord(usage)) continue;
    for (const [name, count] of Object.entries(usage)) if (typeof count === 'number') sum[name] = (sum[name] ?? 0) + count;
  }
  return { tokenUsage: sum };
}
