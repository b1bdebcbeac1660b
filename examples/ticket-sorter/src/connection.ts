import { ChatOpenRouter, type ChatOpenRouterInput } from '@waypost/langchain';
import type { Gateway } from '@waypost/testing';

// Only endpoints that can keep to a schema, and none that trains on what customers write.
const policy: ChatOpenRouterInput = {
  provider: { requireParameters: true, dataCollection: 'deny', ignore: ['deepinfra'] },
  // What the models below can do: `withStructuredOutput` asks these for a JSON Schema, and others for a function call.
  profile: { structuredOutput: true },
  temperature: 0,
  maxTokens: 300,
};

/** A model of the real API, with the key of the environment. */
export const realModel = (): ChatOpenRouter => new ChatOpenRouter('openai/gpt-4.1-mini', { ...policy, appTitle: 'Waypost example: ticket sorter' });

/** A model of a gateway in this process. */
export const localModel = (gateway: Gateway): ChatOpenRouter =>
  new ChatOpenRouter('acme/atlas', { ...policy, apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch });
