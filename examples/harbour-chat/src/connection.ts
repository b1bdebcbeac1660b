import { createOpenRouter, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import type { LanguageModel } from 'ai';

/** Stated once, for every request of the application: nobody may keep or train on a conversation. */
const policy: OpenRouterProviderSettings = {
  provider: { zdr: true, dataCollection: 'deny', maxPrice: { prompt: 5, completion: 20 } },
  reasoning: { effort: 'low' },
  firstTokenTimeout: 30_000,
  idleTimeout: 30_000,
};

/** A model of the real API, with the key of the environment. */
export const realModel = (): LanguageModel =>
  createOpenRouter({ ...policy, models: ['openai/gpt-5.1'], appTitle: 'Waypost example: harbour chat' })('anthropic/claude-sonnet-4.6');

/** Where a gateway is, and the key to show it. */
export type GatewayConnection = Pick<OpenRouterProviderSettings, 'apiKey' | 'baseURL' | 'fetch'>;

/** A model of a gateway: one that thinks, first at Amazon Bedrock, then at Google; then another model. */
export const localModel = (gateway: GatewayConnection): LanguageModel =>
  createOpenRouter({ ...policy, models: ['acme/atlas'], ...gateway })('borealis/aurora', { provider: { order: ['amazon-bedrock', 'google-vertex'] } });
