import type { Receipt } from '@waypost/core';
import { ChatOpenRouter, type ChatOpenRouterInput } from '@waypost/langchain';
import { createGateway, type Gateway, type GatewayOptions } from '@waypost/testing';

export interface Connection {
  readonly gateway: Gateway;
  /** What any model of this gateway is made with. */
  readonly settings: Required<Pick<ChatOpenRouterInput, 'apiKey' | 'baseURL' | 'fetch'>>;
  readonly chat: (model: string, settings?: ChatOpenRouterInput) => ChatOpenRouter;
  /** The body of a request, by its place. */
  readonly body: (place: number) => Readonly<Record<string, unknown>>;
}

/** Models whose requests a gateway in this process answers. */
export function connect(scenario: GatewayOptions['scenario'] = {}): Connection {
  const gateway = createGateway({ scenario });
  const settings = { apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch };
  return {
    gateway,
    settings,
    chat: (model, more) => new ChatOpenRouter(model, { ...settings, ...more }),
    body: (place) => (gateway.requests.at(place)?.body ?? {}) as Readonly<Record<string, unknown>>,
  };
}

/** The receipt of a message, a chunk or an error. */
export function receiptOf(holder: unknown): Receipt {
  const { receipt, response_metadata: metadata } = (holder ?? {}) as { receipt?: Receipt; response_metadata?: { receipt?: Receipt } };
  const found = receipt ?? metadata?.receipt;
  if (!found) throw new Error('there is no receipt');
  return found;
}

/** Everything that a stream gives. */
export async function collect<Part>(stream: AsyncIterable<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
