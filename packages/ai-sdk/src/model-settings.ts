import type { SharedOptions } from '@waypost/core';

/**
 * Settings of every model that is not a chat model. The policy among them is a layer inside the provider's, and can only tighten
 * it. A guardrail that the model's route does not honour is refused before anything is sent.
 */
export interface OpenRouterModelSettings extends SharedOptions {
  /** Id of the end user, for isolating abuse. */
  user?: string | undefined;
  /** At most 256 characters: grouping. */
  sessionId?: string | undefined;
  /** Fields for every request body, in the spelling of the API; a `provider` in it is folded like any other layer. */
  extraBody?: { readonly [field: string]: unknown } | undefined;
}

/** Settings of an embedding model. All preferences are honoured. */
export interface OpenRouterEmbeddingSettings extends OpenRouterModelSettings {}

/** Settings of a reranking model. All preferences are honoured. */
export interface OpenRouterRerankingSettings extends OpenRouterModelSettings {}

/** Settings of a decision model. */
export interface OpenRouterDecisionSettings extends OpenRouterModelSettings {
  /** @deprecated Write `sessionId`. */
  session_id?: string | undefined;
  /** For the destinations of traces. */
  trace?: { readonly [field: string]: unknown } | undefined;
}

/** Settings of an image model. Of the preferences, `only`, `order`, `ignore`, `sort`, `allow_fallbacks` and `options` are honoured. */
export interface OpenRouterImageSettings extends OpenRouterModelSettings {}

/** Settings of a speech model, which gives MP3 where a call does not say. Of the preferences, `options` is honoured. */
export interface OpenRouterSpeechSettings extends OpenRouterModelSettings {}

/** Settings of a transcription model. Of the preferences, `options` is honoured. */
export interface OpenRouterTranscriptionSettings extends OpenRouterModelSettings {}

/** Settings of a video model. Of the preferences, `options` is honoured. */
export interface OpenRouterVideoSettings extends OpenRouterModelSettings {
  /** Whether the film has sound. Default: the model's. */
  generateAudio?: boolean | undefined;
  /** Milliseconds between two looks at whether the film is ready. Default 2,000. */
  pollIntervalMs?: number | undefined;
  /** Milliseconds to wait for a film at most. Default 600,000: ten minutes. */
  maxPollTimeMs?: number | undefined;
}
