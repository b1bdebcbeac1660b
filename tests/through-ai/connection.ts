import { createOpenRouter, type OpenRouterProvider, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import type { Receipt } from '@waypost/core';
import { createGateway, type Gateway, type GatewayOptions } from '@waypost/testing';

// What the AI SDK would print of warnings that tests provoke.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

export interface Connection {
  readonly gateway: Gateway;
  readonly openrouter: OpenRouterProvider;
  /** The body of a request, by its place. */
  readonly body: (place: number) => Readonly<Record<string, unknown>>;
}

/** A provider whose requests a gateway in this process answers. */
export function connect(scenario: GatewayOptions['scenario'] = {}, settings: OpenRouterProviderSettings = {}): Connection {
  const gateway = createGateway({ scenario });
  const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-local', baseURL: 'http://gateway.local/api/v1', fetch: gateway.fetch, ...settings });
  return {
    gateway,
    openrouter,
    body: (place) => (gateway.requests.at(place)?.body ?? {}) as Readonly<Record<string, unknown>>,
  };
}

/** The receipt in the metadata of a result, of a step, or of a part. */
export function receiptOf(metadata: unknown): Receipt {
  const { openrouter } = (metadata ?? {}) as { openrouter?: { receipt?: Receipt } };
  if (!openrouter?.receipt) throw new Error('there is no receipt');
  return openrouter.receipt;
}

/** Everything that a stream gives. */
export async function collect<Part>(stream: AsyncIterable<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
