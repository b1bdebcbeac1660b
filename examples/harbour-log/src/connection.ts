import { createOpenRouter, type OpenRouter, type OpenRouterOptions } from '@waypost/fetch';
import type { Gateway } from '@waypost/testing';

/** How to reach a model. */
export interface Connection {
  readonly openrouter: OpenRouter;
  readonly model: string;
}

// What is said on the radio names people: nobody may train on it, and nobody dear may serve it.
const policy: OpenRouterOptions = { provider: { dataCollection: 'deny', maxPrice: { prompt: 5, completion: 20 } }, deadline: 60_000 };

/** The real API, with the key of the environment. */
export const realApi = (): Connection => ({ openrouter: createOpenRouter({ ...policy, appTitle: 'Waypost example: harbour log' }), model: 'openai/gpt-4.1-mini' });

/** A gateway in this process. */
export const localGateway = (gateway: Gateway): Connection => ({
  openrouter: createOpenRouter({ ...policy, apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch }),
  model: 'acme/atlas',
});
