import { compact } from '../compact.js';
import type { Usage } from '../wire/usage.js';
import type { ReceiptCost, TokenUsage } from './receipt.js';

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The wire's usage by kinds of tokens; undefined without usage. What the server did not say is absent, not zero. */
export function tokenUsage(usage: Usage | null | undefined): TokenUsage | undefined {
  if (!usage) return undefined;
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage;
  return compact<TokenUsage>({
    // as routes other than chat's name them
    inputTokens: number(usage.prompt_tokens) ?? number(usage['input_tokens']),
    outputTokens: number(usage.completion_tokens) ?? number(usage['output_tokens']),
    totalTokens: number(usage.total_tokens),
    reasoningTokens: number(output?.reasoning_tokens),
    cachedInputTokens: number(input?.cached_tokens),
    cacheWriteTokens: number(input?.cache_write_tokens),
  });
}

/** Cost in USD. `partial` when it is not told, or `unknownAttempts` may have cost something too. */
export function costOfUsage(usage: Usage | null | undefined, unknownAttempts: boolean): ReceiptCost {
  const total = number(usage?.cost);
  return compact<ReceiptCost>({
    total,
    upstream: number(usage?.cost_details?.upstream_inference_cost),
    isByok: typeof usage?.is_byok === 'boolean' ? usage.is_byok : undefined,
    partial: total === undefined || unknownAttempts,
  });
}
