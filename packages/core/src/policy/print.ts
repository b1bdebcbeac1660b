import type { ProviderPreferences } from '../wire/provider-preferences.js';
import { isEmpty } from './check-parts.js';
import { inOrder } from './fields.js';
import { allowedSlugs, notIgnored } from './guardrails.js';
import type { Policy } from './policy.js';
import { intersectSlugs, matches, TIERS } from './slugs.js';

/** The `order` to send: within a closed list all of it, the preferred ones first; under one endpoint the first only. */
export function printedOrder(policy: Policy): readonly string[] | undefined {
  const allowed = allowedSlugs(policy);
  const wanted = notIgnored(policy.order, policy) ?? [];
  const order =
    policy.closed && allowed
      ? [...new Set([...intersectSlugs(wanted, allowed), ...allowed])]
      : wanted.filter((slug) => !allowed || allowed.some((one) => matches(one, slug) || matches(slug, one)));
  const sent = policy.allow_fallbacks === false ? order.slice(0, 1) : order;
  return sent.length > 0 ? sent : undefined;
}

const withTiers = (slug: string): readonly string[] => (slug.includes('/') ? [slug] : [slug, ...TIERS.map((tier) => `${slug}/${tier}`)]);

/**
 * Prints the effective policy as the wire's `provider` object; undefined when there is nothing to say. `allowedModels` and
 * `region` are not on the wire. With `tierEndpoints` (the request opts in to them), each ignored base slug is followed by
 * its tier endpoints, which the server would not count as ignored.
 */
export function printPolicy(policy: Policy, tierEndpoints = false): ProviderPreferences | undefined {
  // hot: most often there is no policy
  if (isEmpty(policy)) return undefined;
  const { ignore, only, closed } = policy;
  const wire: ProviderPreferences = {
    ...inOrder({
      ...policy,
      order: printedOrder(policy),
      only: notIgnored(only, policy),
      ignore: tierEndpoints && ignore ? [...new Set(ignore.flatMap(withTiers))] : ignore,
      allow_fallbacks: closed ? false : policy.allow_fallbacks,
    }),
    ...policy.unknown,
  };
  return Object.keys(wire).length > 0 ? wire : undefined;
}
