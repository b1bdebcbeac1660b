export type { DecisionModel, EvaluationCallOptions, EvaluationResult } from './models/decision-model.js';
export { OpenRouter } from './facade.js';
export type {
  OpenRouterDecisionSettings, OpenRouterEmbeddingSettings, OpenRouterImageSettings, OpenRouterModelSettings, OpenRouterRerankingSettings,
  OpenRouterSpeechSettings, OpenRouterTranscriptionSettings, OpenRouterVideoSettings,
} from './model-settings.js';
export type { OpenRouterChatSettings, OpenRouterCompletionSettings, OpenRouterProviderSettings, RequestDefaults } from './options.js';
export type {
  OpenRouterEmbeddingModelId, OpenRouterEvaluationModelId, OpenRouterEvaluationProviderPreferences, OpenRouterEvaluationSettings, OpenRouterImageModelId,
  OpenRouterPercentileCutoffs, OpenRouterSharedSettings, OpenRouterVideoModelId,
} from './official-types.js';
export type { OpenRouterUsageAccounting } from './answer/convert-usage.js';
export type { LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';
export type {
  AdvisorToolOptions, BashToolOptions, DatetimeToolOptions, FilesToolOptions, FusionToolOptions, ImageGenerationToolOptions, SearchModelsToolOptions,
  SubagentToolOptions, WebFetchToolOptions, WebSearchLocation, WebSearchToolOptions,
} from './tools/tool-options.js';
export type { OpenRouterTool, OpenRouterToolCall, OpenRouterToolCallbacks, OpenRouterToolFactory, OpenRouterTools } from './tools/tools.js';
export type { OpenRouterProvider } from './provider.js';
export { createOpenRouter, openrouter } from './provider.js';
export type { OpenRouterProviderOptions } from './call/provider-options.js';
export { presets } from '@waypost/core';
