import type { ErrorMetadata } from '@waypost/core';
import type { Candidate, RouteContext } from './types.js';

/** What a 404 says when a filter leaves nothing. */
interface FilterRefusal {
  readonly message: string;
  readonly metadata?: ErrorMetadata;
}

/** One hard filter: a step of the funnel. */
export interface Filter {
  /** The name in `metadata.failed_routing_step`. */
  readonly step: string;
  /** Whether the step takes part at all; default: always. Steps whose names are assumed stay out of the funnel where they have no work. */
  applies?(context: RouteContext): boolean;
  keep(candidates: readonly Candidate[], context: RouteContext): readonly Candidate[];
  /** Default: `No endpoints found for <model>.` */
  refuse?(before: readonly Candidate[], context: RouteContext): FilterRefusal;
}

export const LEARN_MORE = 'To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection';
export const PRIVACY_SETTINGS = 'https://openrouter.ai/settings/privacy';

export function modelName(context: RouteContext): string {
  return context.initial[0]?.requested.model.id ?? context.body.model ?? '';
}
