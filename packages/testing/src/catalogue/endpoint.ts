import type { GatewayEndpoint } from './types.js';

/** Parameters that an ordinary chat endpoint supports. */
export const CHAT_PARAMETERS: readonly string[] = [
  'temperature', 'top_p', 'top_k', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'max_tokens',
  'max_completion_tokens', 'stop', 'seed', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'structured_outputs',
];

const NO_COLLECTION = { retains: false, trains: false, publishes: false } as const;

/** What an endpoint must say; the rest has defaults. */
export type EndpointInput = Pick<GatewayEndpoint, 'tag' | 'pricing'> & Partial<Omit<GatewayEndpoint, 'provider' | 'tier'>>;

/**
 * Fills an endpoint's gaps: no data kept, not ZDR, stable, 128,000 tokens of context, the usual chat parameters.
 *
 * @example
 * const azure = defineEndpoint({ tag: 'azure', zdr: true, pricing: { prompt: '0.0000025', completion: '0.00001' } });
 */
export function defineEndpoint(input: EndpointInput): GatewayEndpoint {
  const [provider = input.tag, variant] = input.tag.split('/');
  const tier = variant === 'flex' || variant === 'priority' ? variant : undefined;
  return {
    provider,
    ...(tier === undefined ? {} : { tier }),
    zdr: false,
    dataPolicy: NO_COLLECTION,
    quantization: null,
    contextLength: 128_000,
    maxCompletionTokens: null,
    supportedParameters: CHAT_PARAMETERS,
    moderated: false,
    latency: { p50: 0.6, p75: 0.9, p90: 1.4, p99: 3 },
    throughput: { p50: 60, p75: 50, p90: 40, p99: 20 },
    exacto: 0.5,
    stable: true,
    ...input,
  };
}
