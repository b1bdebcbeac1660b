import type { JSONObject, LanguageModelV4Usage } from '@ai-sdk/provider';
import { tokenUsage, type Usage } from '@waypost/core';

/** `providerMetadata.openrouter.usage` of an answer. What the server did not say is missing. */
export type OpenRouterUsageAccounting = {
  promptTokens?: number;
  promptTokensDetails?: { cachedTokens: number };
  completionTokens?: number;
  completionTokensDetails?: { reasoningTokens: number };
  totalTokens?: number;
  /** In USD. */
  cost?: number;
  /** In USD, what the upstream provider charged. */
  costDetails?: { upstreamInferenceCost: number };
  /** Whether a key of the caller's own at the upstream provider was used. */
  isByok?: boolean;
};

const less = (total: number | undefined, part: number | undefined): number | undefined =>
  total === undefined || part === undefined || part > total ? undefined : total - part;

/** The wire's usage for the AI SDK. What the server did not say is undefined, and so is what would follow from it. */
export function convertUsage(usage: Usage | null | undefined): LanguageModelV4Usage {
  const tokens = tokenUsage(usage);
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = tokens ?? {};
  return {
    inputTokens: { total: inputTokens, noCache: less(inputTokens, cachedInputTokens), cacheRead: cachedInputTokens, cacheWrite: cacheWriteTokens },
    outputTokens: { total: outputTokens, text: less(outputTokens, reasoningTokens), reasoning: reasoningTokens },
    // It came as JSON.
    ...(usage ? { raw: usage as JSONObject } : {}),
  };
}

/** The same with its cost in USD, under the names of `providerMetadata.openrouter.usage`. */
export function usageMetadata(usage: Usage | null | undefined): OpenRouterUsageAccounting {
  const { inputTokens, outputTokens, totalTokens, cachedInputTokens, reasoningTokens } = tokenUsage(usage) ?? {};
  const upstream = usage?.cost_details?.upstream_inference_cost;
  return {
    ...(inputTokens !== undefined && { promptTokens: inputTokens }),
    ...(cachedInputTokens !== undefined && { promptTokensDetails: { cachedTokens: cachedInputTokens } }),
    ...(outputTokens !== undefined && { completionTokens: outputTokens }),
    ...(reasoningTokens !== undefined && { completionTokensDetails: { reasoningTokens } }),
    ...(totalTokens !== undefined && { totalTokens }),
    ...(usage?.cost != null && { cost: usage.cost }),
    ...(upstream != null && { costDetails: { upstreamInferenceCost: upstream } }),
    ...(usage?.is_byok != null && { isByok: usage.is_byok }),
  };
}
