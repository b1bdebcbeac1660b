import { createPolicyFetch, type PolicyFetchOptions } from '@waypost/fetch/policy-fetch';
import type { Gateway } from '@waypost/testing';
import OpenAI from 'openai';

/** How to reach a model: the real API with the key of the environment, or a gateway in this process. */
export interface Connection {
  readonly openai: OpenAI;
  readonly model: string;
}

/** What holds for everything that the application sends, whatever it says itself. */
const policy: PolicyFetchOptions = {
  provider: { dataCollection: 'deny', maxPrice: { prompt: 5, completion: 20 } },
  appTitle: 'Waypost example: harbour guide',
};

const connect = (baseURL: string, apiKey: string | undefined, options: PolicyFetchOptions = {}): OpenAI =>
  // the one line
  new OpenAI({ baseURL, apiKey, fetch: createPolicyFetch({ ...policy, baseURL, ...options }) });

export const realApi = (): Connection => ({
  openai: connect('https://openrouter.ai/api/v1', process.env['OPENROUTER_API_KEY']),
  model: 'meta-llama/llama-3.3-70b-instruct',
});

export function localGateway(gateway: Gateway): Connection {
  return { openai: connect('http://gateway.local/api/v1', 'sk-or-v1-local', { fetch: gateway.fetch }), model: 'acme/atlas' };
}
