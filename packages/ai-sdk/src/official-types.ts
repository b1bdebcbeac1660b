import type { PercentileThresholds, ProviderPreferencesInput } from '@waypost/core';
import type { OpenRouterDecisionSettings } from './model-settings.js';
import type { OpenRouterCompletionSettings } from './options.js';

// Names that code written for `@openrouter/ai-sdk-provider` imports.

/** Settings that chat and completion models have in common. */
export type OpenRouterSharedSettings = Omit<OpenRouterCompletionSettings, 'logitBias' | 'logprobs' | 'suffix'>;
/** Thresholds by percentile; a preference holds where every one that is given is met. */
export type OpenRouterPercentileCutoffs = PercentileThresholds;
/** @deprecated Write `OpenRouterDecisionSettings`. */
export type OpenRouterEvaluationSettings = OpenRouterDecisionSettings;
/** @deprecated Write `ProviderPreferencesInput` of `@waypost/core`. */
export type OpenRouterEvaluationProviderPreferences = ProviderPreferencesInput;
export type OpenRouterEmbeddingModelId = string;
export type OpenRouterEvaluationModelId = string;
export type OpenRouterImageModelId = string;
export type OpenRouterVideoModelId = string;
