import type { OpenRouterOptions } from '@waypost/fetch';
import type { Gateway } from '@waypost/testing';

/** How to reach a model: the real API with the key of the environment, or a gateway in this process. */
export interface Connection {
  readonly options: OpenRouterOptions;
  readonly model: string;
  readonly fallback: string;
}

export const realApi: Connection = {
  options: { appTitle: 'Waypost example: private summariser' },
  model: 'meta-llama/llama-3.3-70b-instruct',
  fallback: 'qwen/qwen3-32b',
};

export const localGateway = (gateway: Gateway): Connection => ({
  options: { apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch },
  model: 'acme/atlas',
  fallback: 'borealis/aurora',
});
