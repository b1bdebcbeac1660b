import type { EmbeddingModelV4, Experimental_DecisionModelV4, Experimental_VideoModelV4, ImageModelV4, LanguageModelV4, RerankingModelV4, SpeechModelV4, TranscriptionModelV4 } from '@ai-sdk/provider';
import type { EmbeddingModel, Experimental_DecisionModel, ImageModel, LanguageModel, RerankingModel, SpeechModel, TranscriptionModel } from 'ai';
import { expectTypeOf, it } from 'vitest';
import { createOpenRouter, type OpenRouterEmbeddingSettings, type OpenRouterImageSettings, type OpenRouterProviderSettings, type OpenRouterVideoSettings } from '../src/index.js';

const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-test' });

it('gives models of every kind that the AI SDK takes', () => {
  expectTypeOf(openrouter.completion('a/b')).toEqualTypeOf<LanguageModelV4>();
  expectTypeOf(openrouter.completion('a/b')).toExtend<LanguageModel>();
  expectTypeOf(openrouter.embeddingModel('a/b')).toEqualTypeOf<EmbeddingModelV4>();
  expectTypeOf(openrouter.embeddingModel('a/b')).toExtend<EmbeddingModel>();
  expectTypeOf(openrouter.imageModel('a/b')).toEqualTypeOf<ImageModelV4>();
  expectTypeOf(openrouter.imageModel('a/b')).toExtend<ImageModel>();
  expectTypeOf(openrouter.videoModel('a/b')).toEqualTypeOf<Experimental_VideoModelV4>();
  expectTypeOf(openrouter.rerankingModel('a/b')).toEqualTypeOf<RerankingModelV4>();
  expectTypeOf(openrouter.rerankingModel('a/b')).toExtend<RerankingModel>();
  expectTypeOf(openrouter.speechModel('a/b')).toEqualTypeOf<SpeechModelV4>();
  expectTypeOf(openrouter.speechModel('a/b')).toExtend<SpeechModel>();
  expectTypeOf(openrouter.transcriptionModel('a/b')).toEqualTypeOf<TranscriptionModelV4>();
  expectTypeOf(openrouter.transcriptionModel('a/b')).toExtend<TranscriptionModel>();
  expectTypeOf(openrouter.decisionModel('a/b')).toExtend<Experimental_DecisionModelV4>();
  expectTypeOf(openrouter.decisionModel('a/b')).toExtend<Experimental_DecisionModel>();
});

it('types the settings of every kind, their preferences included', () => {
  openrouter.embeddingModel('a/b', { provider: { zdr: true, dataCollection: 'deny', order: ['nebius'] }, user: 'u' });
  openrouter.imageModel('a/b', { provider: { only: ['google-vertex'], allow_fallbacks: false } });
  openrouter.videoModel('a/b', { generateAudio: true, pollIntervalMs: 500, maxPollTimeMs: 60_000 });
  // @ts-expect-error a preference that does not exist
  const misspelt: OpenRouterEmbeddingSettings = { provider: { onyl: ['nebius'] } };
  // @ts-expect-error a value that does not exist
  const wrong: OpenRouterImageSettings = { provider: { sort: 'quality' } };
  // @ts-expect-error a setting of another kind of model
  const other: OpenRouterImageSettings = { generateAudio: true };
  // @ts-expect-error a unit that does not exist
  const unit: OpenRouterVideoSettings = { pollInterval: 1 };
  // @ts-expect-error an option that does not exist
  const option: OpenRouterProviderSettings = { provder: { zdr: true } };
  expectTypeOf([misspelt, wrong, other, unit, option]).toBeArray();
});
