import { matchesGlob } from '../policy/models-allowed.js';
import type { Candidate, RouteContext } from './context.js';
import { excluded, type Filter } from './filter.js';
import type { ByokKey } from './options.js';

/** The account's own key for a provider, where it is for this model. */
export function keyFor({ provider, model }: Candidate, { account: { byok = {} } }: RouteContext): ByokKey | undefined {
  const key = Object.hasOwn(byok, provider) ? byok[provider] : undefined;
  if (key === undefined) return undefined;
  const { use, always = false, models } = typeof key === 'string' ? { use: key } : key;
  const isFor = models == null || models.some((glob) => matchesGlob(glob, model.id));
  return isFor ? { use, always } : undefined;
}

/** Adds the account's own keys: each endpoint of such a provider appears once more, or with `always`, on that key alone. */
export const byok: Filter = {
  step: 'Add BYOK Endpoints',
  object: () => [],
  choose(candidates, context) {
    const own = candidates.filter((candidate) => keyFor(candidate, context) !== undefined).map((candidate) => ({ ...candidate, byok: true }));
    if (own.length === 0) return { kept: candidates, dropped: [] };
    const replaced = candidates.filter((candidate) => keyFor(candidate, context)?.always);
    return {
      kept: [...candidates.filter((candidate) => !replaced.includes(candidate)), ...own],
      dropped: replaced.map((candidate) => ({
        candidate,
        findings: [{ step: byok.step, ...excluded('byok', `the own key of ${candidate.provider} is always used`, 'account') }],
      })),
    };
  },
};
