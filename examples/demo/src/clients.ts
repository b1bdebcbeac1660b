import { createOpenRouter as createProvider, type OpenRouterProvider } from '@waypost/ai-sdk';
import { createOpenRouter, type OpenRouter } from '@waypost/fetch';
import { ChatOpenRouter } from '@waypost/langchain';
import type { Gateway } from '@waypost/testing';
import { MODEL, policy } from './policy.js';

/** The three adapters, each with the same policy, talking to one gateway. */
export interface Clients {
  readonly gateway: Gateway;
  /** Bodies as they left, in order. */
  readonly sent: readonly string[];
  readonly openrouter: OpenRouter;
  readonly provider: OpenRouterProvider;
  readonly chatModel: ChatOpenRouter;
}

export function createClients(gateway: Gateway): Clients {
  const sent: string[] = [];
  const connection = {
    apiKey: 'sk-or-v1-demo',
    baseURL: 'http://gateway.local/api/v1',
    fetch: (url: string, init: RequestInit): Promise<Response> => {
      if (typeof init.body === 'string') sent.push(init.body);
      return gateway.fetch(url, init);
    },
  };
  return {
    gateway,
    sent,
    openrouter: createOpenRouter({ ...connection, ...policy }),
    provider: createProvider({ ...connection, ...policy }),
    chatModel: new ChatOpenRouter(MODEL, { ...connection, ...policy }),
  };
}
