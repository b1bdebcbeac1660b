import type { PolicyPreset } from './layer-policy.js';

/**
 * Policies to build on, as plain data: print them, spread them, or name them under `extends` of a client, a model or a call. Guardrails of
 * theirs (`private`, `euOnly`) hold whatever is said further in; their preferences give way to it.
 *
 * - `highAvailability`: endpoints that have been slow of late go last, so that a degraded one is not the first to be tried: at the median
 *   under 10 tokens per second, or over 10 seconds to the first token.
 * - `costOptimized`: the cheapest endpoint first, instead of a draw among the cheap ones.
 * - `speedOptimized`: the endpoint with most tokens per second first.
 * - `private`: zero data retention, and no endpoint that stores prompts or trains on them.
 * - `euOnly`: OpenRouter's host in the EU and nowhere else, and no endpoint that stores prompts or trains on them.
 *
 * @example
 * createOpenRouter({ extends: [presets.private, presets.speedOptimized], provider: { ignore: ['azure'] } });
 *
 * Source: OpenRouter API, provider routing; in-region hosts.
 */
export const presets: {
  readonly highAvailability: PolicyPreset;
  readonly costOptimized: PolicyPreset;
  readonly speedOptimized: PolicyPreset;
  readonly private: PolicyPreset;
  readonly euOnly: PolicyPreset;
} = {
  highAvailability: { provider: { preferred_min_throughput: 10, preferred_max_latency: 10 } },
  costOptimized: { provider: { sort: 'price' } },
  speedOptimized: { provider: { sort: 'throughput' } },
  private: { provider: { zdr: true, data_collection: 'deny' } },
  euOnly: { region: 'eu', provider: { data_collection: 'deny' } },
};
