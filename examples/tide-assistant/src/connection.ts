import { createOpenRouter, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import { type Gateway } from '@waypost/testing';
import type { LanguageModel } from 'ai';

const policy: OpenRouterProviderSettings = {
  provider: { requireParameters: true, sort: 'throughput', maxPrice: { completion: 20 } },
  allowedModels: ['openai/*', 'anthropic/*', 'acme/*', 'borealis/*'],
};

/** A model of the real API, with the key of the environment. */
export const realModel = (): LanguageModel => createOpenRouter({ ...policy, appTitle: 'Waypost example: tide assistant' })('openai/gpt-5-mini');

/** A model of a gateway in this process. */
export const localModel = (gateway: Gateway): LanguageModel =>
  createOpenRouter({ ...policy, apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch })('acme/atlas');
