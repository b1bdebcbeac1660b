import { createPolicyFetch, type PolicyFetchOptions } from '@waypost/fetch/policy-fetch';
import { createGateway, type Gateway, type Scenario } from '@waypost/testing';
import { HTTPClient, OpenRouter } from '@openrouter/sdk';
import OpenAI, { type ClientOptions } from 'openai';

export const KEY = 'sk-or-v1-of-the-sdk';
const LOCAL = 'http://gateway.local/api/v1';

/** A gateway, and both SDKs with a policy fetch before it. */
export interface Connection {
  readonly gateway: Gateway;
  readonly openai: OpenAI;
  readonly openrouter: OpenRouter;
}

/** In process, or, where `baseURL` is that of a gateway which listens, over its socket. */
export function connect(scenario: Scenario = {}, options: PolicyFetchOptions = {}, more: ClientOptions = {}): Connection {
  return connectTo(createGateway({ scenario }), LOCAL, options, more);
}

export function connectTo(gateway: Gateway, baseURL: string, options: PolicyFetchOptions = {}, more: ClientOptions = {}): Connection {
  const fetch = createPolicyFetch({ baseURL, ...(baseURL === LOCAL && { fetch: gateway.fetch }), ...options });
  return {
    gateway,
    openai: new OpenAI({ apiKey: KEY, baseURL, fetch, ...more }),
    openrouter: new OpenRouter({ apiKey: KEY, serverURL: baseURL, httpClient: new HTTPClient({ fetcher: fetch }) }),
  };
}

export const MESSAGES = [{ role: 'user' as const, content: 'Which way to the harbour?' }];

/** What a promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not reject with an error');
}
