import type { Filter } from './filter.js';
import { matchesGlob } from './slugs.js';
import type { Candidate, RouteContext } from './types.js';

/** Why the account's own settings exclude an endpoint, in the words of `ineligibility_reasons`. */
function reasons(candidate: Candidate, { account }: RouteContext): readonly string[] {
  const { endpoint, requested } = candidate;
  const { retains, trains, publishes } = endpoint.dataPolicy;
  const found: string[] = [];
  if (account.allowedModels !== undefined && !account.allowedModels.some((glob) => matchesGlob(glob, requested.model.id))) {
    found.push('model-ignored-by-guardrail');
  }
  if (account.zdr === true && !endpoint.zdr) found.push('zdr-violation-by-guardrail');
  if (account.data_collection === 'deny' && (retains || trains || publishes)) {
    found.push(`${requested.model.id.endsWith(':free') ? 'free' : 'paid'}-model-training-violation-by-account`);
  }
  return found;
}

/** The account's guardrails and data policy. */
export const guardrails: Filter = {
  step: 'Filter by Guardrails',
  keep: (candidates, context) => candidates.filter((candidate) => reasons(candidate, context).length === 0),
  refuse(before, context) {
    const counts = new Map<string, number>();
    for (const reason of before.flatMap((candidate) => reasons(candidate, context))) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const list = [...counts].map(([reason, count]) => `${reason} (${count})`).join(', ');
    return {
      message: `0 endpoints out of ${before.length} requested are available matching your guardrail restrictions and data policy. `
        + `We removed them for the following reasons (an endpoint may have several): ${list}`,
      metadata: {
        input_endpoint_count: before.length,
        ineligibility_reasons: [...counts].map(([reason, endpoint_count]) => ({ reason, endpoint_count })),
      },
    };
  },
};
