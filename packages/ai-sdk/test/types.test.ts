import type { LanguageModelV4, ProviderV4 } from '@ai-sdk/provider';
import type { LanguageModel } from 'ai';
import { expectTypeOf, it } from 'vitest';
import { createOpenRouter, type OpenRouterChatSettings, type OpenRouterProvider, type OpenRouterProviderOptions, type OpenRouterProviderSettings } from '../src/index.js';

const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-test' });

it('gives models that the AI SDK takes', () => {
  expectTypeOf(openrouter).toExtend<OpenRouterProvider & ProviderV4>();
  expectTypeOf(openrouter('acme/atlas')).toEqualTypeOf<LanguageModelV4>();
  expectTypeOf(openrouter('acme/atlas')).toExtend<LanguageModel>();
});

it('takes preferences in both spellings, and no misspelt one', () => {
  openrouter('acme/atlas', { provider: { zdr: true, dataCollection: 'deny', max_price: { prompt: '0.5' } }, reasoning: { effort: 'high' } });
  // @ts-expect-error a preference that does not exist
  const misspelt: OpenRouterChatSettings = { provider: { zrd: true } };
  // @ts-expect-error a value that does not exist
  const wrong: OpenRouterChatSettings = { provider: { data_collection: 'denyy' } };
  // @ts-expect-error a setting that does not exist
  const unknown: OpenRouterChatSettings = { temprature: 1 };
  expectTypeOf([misspelt, wrong, unknown]).toBeArray();
});

it('takes no option of a client with retries of its own', () => {
  expectTypeOf<OpenRouterProviderSettings>().not.toHaveProperty('maxConcurrent');
  expectTypeOf<OpenRouterProviderSettings>().not.toHaveProperty('retry');
  expectTypeOf<OpenRouterChatSettings>().not.toHaveProperty('retry');
});

it('types the provider options of a call', () => {
  const options = { openrouter: { provider: { sort: 'throughput' }, reasoning: { effort: 'low' }, modalities: ['text', 'audio'], parallelToolCalls: false, service_tier: 'flex' } satisfies OpenRouterProviderOptions };
  expectTypeOf(options).toExtend<NonNullable<Parameters<LanguageModelV4['doGenerate']>[0]['providerOptions']>>();
  // @ts-expect-error a preference that does not exist
  const misspelt = { provider: { sortt: 'price' } } satisfies OpenRouterProviderOptions;
  expectTypeOf(misspelt).toBeObject();
});
