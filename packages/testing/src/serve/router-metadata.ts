import type { RouterMetadata } from '@waypost/core';
import type { RecordedAttempt } from '../recorded-request.js';
import type { Candidate, Strategy } from '../routing/types.js';

export interface MetadataInput {
  readonly requested: string;
  readonly strategy: Strategy;
  readonly order: readonly Candidate[];
  readonly served: Candidate | undefined;
  readonly attempts: readonly RecordedAttempt[];
  readonly display: (slug: string) => string;
}

/** Whether the header asks for router metadata; every value but `enabled` means no. */
export function wantsMetadata(headers: Headers): boolean {
  const value = headers.get('x-openrouter-metadata') ?? headers.get('x-openrouter-experimental-metadata');
  return value?.trim().toLowerCase() === 'enabled';
}

/** `openrouter_metadata`: who could have served, who was tried, who served. */
export function routerMetadata({ requested, strategy, order, served, attempts, display }: MetadataInput): RouterMetadata {
  const selected = served === undefined ? 'none' : display(served.endpoint.provider);
  return {
    requested, strategy,
    region: null,
    summary: `available=${order.length}, selected=${selected}`,
    attempt: attempts.length,
    is_byok: served?.byok ?? false,
    endpoints: {
      total: order.length,
      available: order.map((candidate) => ({
        provider: display(candidate.endpoint.provider), model: candidate.requested.model.id, selected: candidate === served,
      })),
    },
    ...(attempts.length === 0 ? {} : { attempts: attempts.map(({ provider, model, status }) => ({ provider: display(provider), model, status })) }),
  };
}
