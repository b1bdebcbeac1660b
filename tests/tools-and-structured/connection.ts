import { createOpenRouter, type OpenRouter, type OpenRouterOptions } from '@waypost/fetch';
import { createGateway, type Gateway, type GatewayOptions } from '@waypost/testing';

export interface Connection {
  readonly gateway: Gateway;
  readonly openrouter: OpenRouter;
  /** The body of a request, by its place. */
  readonly body: (place: number) => Readonly<Record<string, unknown>>;
  /** USD that the gateway has charged for all requests. */
  readonly charged: () => number;
}

/** A client whose requests a gateway in this process answers, and that waits for nothing. */
export function connect(scenario: GatewayOptions['scenario'] = {}, options: OpenRouterOptions = {}): Connection {
  const gateway = createGateway({ scenario });
  const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, effects: { sleep: () => Promise.resolve() }, ...options });
  return {
    gateway,
    openrouter,
    body: (place) => (gateway.requests.at(place)?.body ?? {}) as Readonly<Record<string, unknown>>,
    charged: () => gateway.requests.reduce((sum, { cost }) => sum + Number(cost), 0),
  };
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}
