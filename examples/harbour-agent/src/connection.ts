import { ChatOpenRouter, type ChatOpenRouterInput } from '@waypost/langchain';
import type { Gateway } from '@waypost/testing';

/** Stated once, for every step of the agent: only endpoints that can do what is asked, that keep nothing, and that are not dear. */
const policy: ChatOpenRouterInput = {
  provider: { requireParameters: true, zdr: true, maxPrice: { prompt: 5, completion: 20 } },
  maxTokens: 800,
};

/** A model of the real API, with the key of the environment. */
export const realModel = (): ChatOpenRouter =>
  new ChatOpenRouter('openai/gpt-5.1', { ...policy, models: ['anthropic/claude-sonnet-4.6'], appTitle: 'Waypost example: harbour agent' });

/** A model of a gateway in this process, first at Azure, then at DeepInfra; then another model. */
export const localModel = (gateway: Gateway): ChatOpenRouter =>
  new ChatOpenRouter('acme/atlas', {
    ...policy, provider: { ...policy.provider, order: ['azure', 'deepinfra'] }, models: ['borealis/aurora'],
    apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch,
  });
