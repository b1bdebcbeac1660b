import { InvalidOptionsError, preferences, type ProviderPreferencesInput } from '@waypost/core';
import { explain, type RouteRequest } from '@waypost/core/routing';
import type { RecordedEndpoint, RecordedRequest } from '../recorded-request.js';
import { factsOf, listingOf } from '../routing/listing.js';
import { isFields } from '../validate.js';
import { nameOf } from './describe-route.js';
import { ownerOf } from './owner.js';

/** Provider preferences that endpoints must keep, in either spelling, and the ids of the models that may serve (`*` matches any text). */
export interface PolicyToKeep extends ProviderPreferencesInput {
  readonly allowedModels?: readonly string[];
}

/** An endpoint that was tried although the policy excludes it. */
export interface Breach {
  readonly endpoint: RecordedEndpoint;
  /** Wire name of the preference. */
  readonly preference: string;
  readonly detail: string;
}

/** Preferences that exclude endpoints; the others only order them, and cannot be broken. */
const GUARDRAILS = [
  'only', 'ignore', 'quantizations', 'max_price', 'zdr', 'data_collection', 'enforce_distillable_text', 'require_parameters', 'allow_fallbacks',
];

function excludes(provider: Readonly<Record<string, unknown>>): boolean {
  return GUARDRAILS.some((name) => provider[name] !== undefined);
}

interface Guard {
  readonly provider: Readonly<Record<string, unknown>>;
  readonly allowedModels?: readonly string[];
}

/** @throws {InvalidOptionsError} for a policy that says nothing or is not valid, since a test of it could not fail. */
function checked({ allowedModels, ...input }: PolicyToKeep): Guard {
  const provider = { ...preferences(input) };
  if (!excludes(provider) && allowedModels === undefined) {
    throw new InvalidOptionsError([{ path: 'policy', message: 'nothing in it excludes an endpoint, so that it cannot be broken', suggestion: 'write { zdr: true } or the like' }]);
  }
  return { provider, ...(allowedModels === undefined ? {} : { allowedModels }) };
}

/** The body as the wire has it; keys in camelCase mean nothing there. */
function ownPolicy({ body }: RecordedRequest): Guard | undefined {
  const provider = isFields(body) && isFields(body.provider) ? body.provider : {};
  const known = Object.fromEntries(Object.entries(provider).filter(([name, value]) => !/[A-Z]/.test(name) && value !== null));
  return excludes(known) ? { provider: known } : undefined;
}

/** Why the policy excludes an endpoint. The rules are those of routing, over that endpoint alone. */
function breachesAt(endpoint: RecordedEndpoint, request: RecordedRequest, { provider, allowedModels }: Guard): readonly Breach[] {
  const model = ownerOf(request)?.catalogue.models.find(({ id }) => id === endpoint.model);
  if (model === undefined) throw new InvalidOptionsError([{ path: 'request', message: `${endpoint.model} is not in the catalogue of its gateway`, suggestion: 'give a request of gateway.requests' }]);
  const listing = listingOf(model);
  const tier = model.endpoints.find(({ tag }) => tag === endpoint.tag)?.tier;
  const { models: _, ...body }: RouteRequest = isFields(request.body) ? request.body : {};
  // the endpoint's own tier: whether the request opted into it was the router's to judge
  const asked: RouteRequest = { ...body, model: model.id, provider, service_tier: tier ?? null };
  const { endpoints } = explain(asked, { ...listing, endpoints: listing.endpoints.filter(({ tag }) => tag === endpoint.tag) }, {
    facts: factsOf, ...(allowedModels === undefined ? {} : { account: { allowedModels } }),
  });
  const guarded = new Set([...Object.keys(provider), 'allowedModels']);
  return endpoints.flatMap(({ findings }) => findings)
    .filter(({ verdict, preference }) => verdict === 'excluded' && guarded.has(preference))
    .map(({ preference, detail }) => ({ endpoint, preference, detail }));
}

/** `allow_fallbacks: false` without `order`: one endpoint of each model. */
function fallbackBreaches({ attempts }: RecordedRequest, { provider }: Guard): readonly Breach[] {
  if (provider['allow_fallbacks'] !== false || provider['order'] !== undefined) return [];
  return attempts
    .filter((attempt, i) => attempts.findIndex(({ model }) => model === attempt.model) < i)
    .map((endpoint) => ({ endpoint, preference: 'allow_fallbacks', detail: 'another endpoint of the model was tried before it' }));
}

/**
 * Every endpoint that was tried although the policy excludes it, by all that the gateway knows of its catalogue.
 *
 * @param policy default: the request's own `provider`; `undefined` comes back where it has none.
 * @throws {InvalidOptionsError} for a policy that is not valid or says nothing.
 */
export function policyBreaches(request: RecordedRequest, policy?: PolicyToKeep): readonly Breach[] | undefined {
  const guard = policy === undefined ? ownPolicy(request) : checked(policy);
  if (guard === undefined) return undefined;
  const { attempts } = request;
  return [...attempts.flatMap((attempt) => breachesAt(attempt, request, guard)), ...fallbackBreaches(request, guard)];
}

export function showBreach({ endpoint, preference, detail }: Breach): string {
  return `${nameOf(endpoint)} breaks ${preference}: ${detail}`;
}
