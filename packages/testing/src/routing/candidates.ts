import type { ChatRequest } from '@waypost/core';
import type { GatewayEndpoint } from '../catalogue/types.js';
import type { Candidate, RequestedModel } from './types.js';

/** The service tier that a request opts into by `service_tier`; `fast` is another word for `priority`. */
function requestedTier(body: ChatRequest): 'flex' | 'priority' | undefined {
  if (body.service_tier === 'flex') return 'flex';
  return body.service_tier === 'priority' || body.service_tier === 'fast' ? 'priority' : undefined;
}

function pool(requested: RequestedModel, body: ChatRequest): readonly GatewayEndpoint[] {
  const { endpoints } = requested.model;
  const provider = body.provider ?? {};
  const named = new Set([...(provider.only ?? []), ...(provider.order ?? [])]);
  const tier = requestedTier(body);
  if (tier === 'flex' && endpoints.some((endpoint) => endpoint.tier === 'flex')) {
    return endpoints.filter((endpoint) => endpoint.tier === 'flex');
  }
  // `:nitro` and `:floor` lose their tier when the request says where, or in which tier, it wants to be served.
  const byVariant = (provider.order?.length ?? 0) > 0 || body.service_tier === 'default' ? undefined : requested.tier;
  return endpoints.filter((endpoint) =>
    endpoint.tier === undefined || endpoint.tier === tier || endpoint.tier === byVariant || named.has(endpoint.tag));
}

/** Every endpoint that could serve the chain, service tiers only where the request opts into them. */
export function candidatesOf(models: readonly RequestedModel[], body: ChatRequest): readonly Candidate[] {
  return models.flatMap((requested) =>
    pool(requested, body).map((endpoint) => ({ requested, endpoint, byok: false, ignoredParameters: [] })));
}

/** Groups by the place in the chain, in the order of the chain. */
export function byModel(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = new Map<RequestedModel, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.requested);
    if (group === undefined) groups.set(candidate.requested, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()];
}
