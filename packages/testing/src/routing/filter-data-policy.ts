import { type Filter, PRIVACY_SETTINGS } from './filter.js';
import type { Candidate, RouteContext } from './types.js';

function collectionAllowed(candidate: Candidate, { provider }: RouteContext): boolean {
  const { retains, trains, publishes } = candidate.endpoint.dataPolicy;
  return provider.data_collection !== 'deny' || !(retains || trains || publishes);
}

function retentionAllowed(candidate: Candidate, { provider }: RouteContext): boolean {
  return provider.zdr !== true || candidate.endpoint.zdr;
}

/** Which of the four known words the message puts into its brackets. */
function label(before: readonly Candidate[], context: RouteContext): string {
  if (before.some((candidate) => collectionAllowed(candidate, context))) return 'Zero data retention';
  const free = before.every((candidate) => candidate.requested.model.id.endsWith(':free'));
  if (!free) return 'Paid model training';
  return before.some((candidate) => candidate.endpoint.dataPolicy.trains) ? 'Free model training' : 'Free model publication';
}

/** `data_collection` and `zdr`. */
export const dataPolicy: Filter = {
  step: 'Filter by Data Policy',
  keep: (candidates, context) =>
    candidates.filter((candidate) => collectionAllowed(candidate, context) && retentionAllowed(candidate, context)),
  refuse: (before, context) => ({
    message: `No endpoints found matching your data policy (${label(before, context)}). Configure: ${PRIVACY_SETTINGS}`,
  }),
};
