import type { MaxPrice, ProviderPreferences } from '../wire/provider-preferences.js';
import { allowedSlugs } from './guardrails.js';
import type { Policy } from './policy.js';
import { ignores, intersectSlugs, matches, TIERS } from './slugs.js';

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** The `order` to send: within a closed list all of it, the preferred ones first; under one endpoint the first only. */
export function printedOrder(policy: Policy): readonly string[] | undefined {
  const allowed = allowedSlugs(policy);
  const wanted = policy.order ?? [];
  let order: readonly string[];
  if (policy.closed) {
    const list = allowed ?? [];
    order = [...new Set([...intersectSlugs(wanted, list), ...list])];
  } else {
    order = wanted.filter(
      (slug) =>
        !policy.ignore?.some((entry) => ignores(entry, slug)) &&
        (allowed === undefined || allowed.some((one) => matches(one, slug) || matches(slug, one))),
    );
  }
  if (policy.oneEndpoint) order = order.slice(0, 1);
  return order.length > 0 ? order : undefined;
}

const withTiers = (ignore: readonly string[]): readonly string[] => [
  ...new Set(ignore.flatMap((slug) => [slug, ...(slug.includes('/') ? [] : TIERS.map((tier) => `${slug}/${tier}`))])),
];

/**
 * Prints the effective policy as the wire's `provider` object; undefined when there is nothing to say. `allowedModels` and
 * `region` are not on the wire. With `tierEndpoints` (the request opts in to them), each ignored base slug is followed by
 * its tier endpoints, which the server would not count as ignored.
 */
export function printPolicy(policy: Policy, tierEndpoints = false): ProviderPreferences | undefined {
  const order = printedOrder(policy);
  const only = policy.only?.filter((slug) => !policy.ignore?.some((entry) => ignores(entry, slug)));
  const fallbacks = policy.closed || policy.oneEndpoint ? false : policy.oneEndpoint === false ? true : undefined;
  const price: MaxPrice = policy.maxPrice ?? {};
  const wire: ProviderPreferences = {
    ...(order && { order }),
    ...(only && { only }),
    ...(policy.ignore && { ignore: tierEndpoints ? withTiers(policy.ignore) : policy.ignore }),
    ...(fallbacks !== undefined && { allow_fallbacks: fallbacks }),
    ...(policy.requireParameters !== undefined && { require_parameters: policy.requireParameters }),
    ...(policy.dataCollection && { data_collection: policy.dataCollection }),
    ...(policy.zdr !== undefined && { zdr: policy.zdr }),
    ...(policy.enforceDistillableText !== undefined && { enforce_distillable_text: policy.enforceDistillableText }),
    ...(policy.quantizations && { quantizations: policy.quantizations }),
    ...(policy.sort !== undefined && { sort: policy.sort }),
    ...(policy.preferredMinThroughput !== undefined && { preferred_min_throughput: policy.preferredMinThroughput }),
    ...(policy.preferredMaxLatency !== undefined && { preferred_max_latency: policy.preferredMaxLatency }),
    ...(!isEmpty(price) && { max_price: price }),
    ...(policy.options && { options: policy.options }),
    ...policy.unknown,
  };
  return isEmpty(wire) ? undefined : wire;
}
