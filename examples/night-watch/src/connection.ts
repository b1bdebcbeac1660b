import type { ModelEntry, OpenRouterOptions } from '@waypost/fetch';
import type { Gateway } from '@waypost/testing';

/** How to reach a model, and whom to ask in which order: the real API with the key of the environment, or a gateway in this process. */
export interface Connection {
  readonly options: OpenRouterOptions;
  /** Who is asked first; then the others in turn, each at no more than its own price and for no longer than its own time. */
  readonly model: string;
  readonly others: readonly ModelEntry[];
}

export const realApi: Connection = {
  options: { appTitle: 'Waypost example: night watch' },
  model: 'anthropic/claude-sonnet-4.6',
  others: [
    'openai/gpt-5.1',
    { model: 'google/gemini-3-flash-preview', maxPrice: { prompt: 1, completion: 4 }, timeout: 20_000 },
    { model: 'qwen/qwen3-32b', maxPrice: { prompt: 0.3, completion: 0.6 }, timeout: 15_000 },
    { model: 'meta-llama/llama-3.3-70b-instruct', maxPrice: { prompt: 0.2, completion: 0.5 } },
  ],
};

export const localGateway = (gateway: Gateway): Connection => ({
  options: { apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch },
  model: 'borealis/aurora',
  others: [
    'acme/atlas',
    { model: 'cinder/easel', maxPrice: { prompt: 0.01 } },
    { model: 'cinder/spark', timeout: 150 },
    { model: 'acme/atlas-mini', maxPrice: { prompt: 1, completion: 2 } },
  ],
});
