import { baseOf, TIERS } from '../policy/slugs.js';
import type { Endpoint } from '../wire/models.js';
import type { Candidate, ListedModel, RouteContext } from './context.js';
import type { ByEndpoint, EndpointFacts, RouteOptions } from './options.js';
import type { RouteModel } from './types.js';

function factOf<T>(source: ByEndpoint<T> | undefined, endpoint: Endpoint): T | undefined {
  if (typeof source === 'function') return source(endpoint);
  return source && Object.hasOwn(source, endpoint.tag) ? source[endpoint.tag] : undefined;
}

function zdrOf({ zdr }: RouteOptions, endpoint: Endpoint, model: ListedModel): boolean | undefined {
  if (zdr === undefined) return undefined;
  const list = 'data' in zdr ? zdr.data : zdr;
  return list.some((one) => one.tag === endpoint.tag && (one.model_id ?? model.id) === model.id);
}

function gatherFacts(options: RouteOptions, endpoint: Endpoint, model: ListedModel): EndpointFacts {
  const { inputModalities, outputModalities } = model;
  const zdr = zdrOf(options, endpoint, model);
  return {
    ...(inputModalities && { inputModalities }),
    ...(outputModalities && { outputModalities }),
    ...(zdr !== undefined && { zdr }),
    ...factOf(options.facts, endpoint),
  };
}

/** Every endpoint of the models of a chain, service tiers included. */
export function allEndpoints(chain: readonly RouteModel[], models: ReadonlyMap<string, ListedModel>, { options }: RouteContext): readonly Candidate[] {
  return chain.flatMap((model) => {
    const listed = models.get(model.id);
    return (listed?.endpoints ?? []).map((endpoint): Candidate => {
      const provider = baseOf(endpoint.tag);
      const tier = TIERS.find((one) => endpoint.tag.endsWith(`/${one}`));
      return {
        model, endpoint, provider,
        tag: endpoint.tag,
        ...(tier && { tier: tier === 'flex' ? 'flex' : 'priority' }),
        facts: listed ? gatherFacts(options, endpoint, listed) : {},
        health: factOf(options.health, endpoint) ?? {},
        byok: false,
        ignoredParameters: [],
        unknown: [],
      };
    });
  });
}

/** The service tier that a request opts into by `service_tier`; `fast` is another word for `priority`. */
export function requestedTier({ body }: RouteContext): 'flex' | 'priority' | undefined {
  if (body.service_tier === 'flex') return 'flex';
  return body.service_tier === 'priority' || body.service_tier === 'fast' ? 'priority' : undefined;
}

function pool(group: readonly Candidate[], context: RouteContext): readonly Candidate[] {
  const { provider, body } = context;
  const named = [...(provider.only ?? []), ...(provider.order ?? [])];
  const tier = requestedTier(context);
  const flex = tier === 'flex' ? group.filter((one) => one.tier === 'flex') : [];
  if (flex.length > 0) return flex;
  // `:nitro` and `:floor` lose their tier when the request says where, or in which tier, it wants to be served.
  const keeps = !provider.order && body.service_tier !== 'default';
  return group.filter((one) => one.tier === undefined || one.tier === tier || (keeps && one.tier === one.model.tier) || named.includes(one.tag));
}

/** Those that could serve the chain: service tiers only where the request opts into them. Source: OpenRouter API, service tiers. */
export function eligiblePool(all: readonly Candidate[], context: RouteContext): readonly Candidate[] {
  return byModel(all).flatMap((group) => pool(group, context));
}

/** Groups by the place in the chain, in its order. */
export function byModel(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = new Map<RouteModel, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.model);
    if (group) group.push(candidate);
    else groups.set(candidate.model, [candidate]);
  }
  return [...groups.values()];
}
