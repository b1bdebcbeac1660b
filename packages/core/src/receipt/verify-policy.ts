import { guardrailsInForce } from '../policy/confine.js';
import type { Field } from '../policy/fields.js';
import { matchesQuantization } from '../policy/guardrails.js';
import { isModelAllowed } from '../policy/models-allowed.js';
import type { Policy } from '../policy/policy.js';
import { baseOf, displaysAs, slugOfProvider } from '../policy/slugs.js';
import type { Endpoint } from '../wire/models.js';
import type { RouterMetadata } from '../wire/router-metadata.js';
import type { Usage } from '../wire/usage.js';
import type { VerificationCatalogue } from './catalogue.js';
import type { PolicyVerdict, Verdict } from './receipt.js';
import { verifyPrice } from './verify-price.js';

/** What a response says about itself, as far as policy is concerned. */
export interface ServedFacts {
  model?: string | undefined;
  /** Display name. */
  provider?: string | undefined;
  usage?: Usage | null | undefined;
  router?: RouterMetadata | undefined;
  /** The chain that was asked for. */
  requested: readonly string[];
  /** Server tools or plugins that hand data to other services were part of the request. */
  sharesData?: boolean | undefined;
}

export interface Finding {
  verdict: Verdict;
  detail?: string;
}

const KEPT: Finding = { verdict: 'kept' };
const unverifiable = (detail: string): Finding => ({ verdict: 'unverifiable', detail });
const violated = (detail: string): Finding => ({ verdict: 'violated', detail });

/**
 * Holds what served against the policy, guardrail by guardrail. Providers, models and prices can be verified from the
 * response; retention and quantization only against a catalogue.
 *
 * @example
 * verifyPolicy({ only: ['azure'] }, { provider: 'OpenAI', requested: ['openai/gpt-5.1'] }).overall // → 'violated'
 */
export function verifyPolicy(policy: Policy, served: ServedFacts, catalogue: VerificationCatalogue = {}): PolicyVerdict {
  const guardrails: { [name: string]: Finding } = {};
  for (const field of guardrailsInForce(policy)) guardrails[field] = verifyField(field, policy, served, catalogue);
  if (policy.allowedModels) guardrails['allowedModels'] = verifyModel(policy.allowedModels, served);
  if (policy.region) guardrails['region'] = verifyRegion(policy.region, served.router);
  const found = Object.values(guardrails).map((one) => one.verdict);
  const overall = found.includes('violated') ? 'violated' : found.includes('unverifiable') ? 'unverifiable' : 'kept';
  return { overall, guardrails };
}

function verifyField(field: Field, policy: Policy, served: ServedFacts, catalogue: VerificationCatalogue): Finding {
  switch (field) {
    case 'only':
      return verifyListed(policy.only ?? [], served.provider);
    case 'order':
      return verifyListed(policy.closed ?? [], served.provider);
    case 'ignore':
      return verifyIgnored(policy.ignore ?? [], served.provider);
    case 'allow_fallbacks':
      return verifyOneEndpoint(policy, served.router);
    case 'max_price':
      return verifyPrice(policy.maxPrice ?? {}, served.usage);
    case 'zdr':
      return served.sharesData ? unverifiable('tools or plugins hand data to other services') : verifyZdr(served, catalogue);
    case 'data_collection':
      return unverifiable(served.sharesData ? 'tools or plugins hand data to other services' : 'no public list tells data policies');
    case 'quantizations':
      return verifyQuantization(policy.quantizations ?? [], served, catalogue);
    default:
      return unverifiable('the response does not tell');
  }
}

function verifyListed(slugs: readonly string[], provider: string | undefined): Finding {
  if (provider === undefined) return unverifiable('the response names no provider');
  const same = slugs.filter((slug) => displaysAs(baseOf(slug), provider));
  if (same.some((slug) => !slug.includes('/'))) return KEPT;
  if (same.length > 0) return unverifiable(`${provider} served; which of its endpoints is not told`);
  // a slug that this version does not know may be this provider's
  const known = slugs.every((slug) => slugOfProvider(provider) !== undefined || displaysAs(baseOf(slug)));
  return known ? violated(`${provider} served`) : unverifiable(`${provider} is not a provider that this version knows`);
}

function verifyIgnored(slugs: readonly string[], provider: string | undefined): Finding {
  if (provider === undefined) return unverifiable('the response names no provider');
  const same = slugs.filter((slug) => displaysAs(baseOf(slug), provider));
  if (same.some((slug) => !slug.includes('/'))) return violated(`${provider} served`);
  if (same.length > 0) return unverifiable(`${provider} served; which of its endpoints is not told`);
  const known = slugs.every((slug) => slugOfProvider(provider) !== undefined || displaysAs(baseOf(slug)));
  return known ? KEPT : unverifiable(`${provider} is not a provider that this version knows`);
}

function verifyOneEndpoint(policy: Policy, router: RouterMetadata | undefined): Finding {
  if (policy.closed && !policy.oneEndpoint) return KEPT;
  const attempts = router?.attempts;
  if (!attempts) return unverifiable('the router told no attempts');
  const perModel = new Map<string, number>();
  for (const { model } of attempts) perModel.set(model, (perModel.get(model) ?? 0) + 1);
  const most = Math.max(0, ...perModel.values());
  return most > 1 ? violated(`${most} endpoints of one model were tried`) : KEPT;
}

const isOf = (served: ServedFacts) => (endpoint: Endpoint): boolean =>
  endpoint.provider_name === served.provider && (endpoint.model_id === undefined || sameModel(endpoint.model_id, served.model));

/** A served model may be the dated form of the one asked for. */
export function sameModel(asked: string, served: string | undefined): boolean {
  const bare = asked.replace(/[:@].*$/, '');
  return served !== undefined && (served === asked || served === bare || served.startsWith(`${bare}-`) || served.startsWith(`${bare}:`));
}

function verifyZdr(served: ServedFacts, catalogue: VerificationCatalogue): Finding {
  if (!catalogue.zdr) return unverifiable('needs a catalogue');
  if (served.provider === undefined || served.model === undefined) return unverifiable('the response names no provider');
  const retained = new Set(catalogue.zdr.filter(isOf(served)).map((endpoint) => endpoint.tag));
  if (retained.size === 0) return violated(`${served.provider} has no such endpoint for ${served.model}`);
  const all = catalogue.endpoints?.filter(isOf(served)) ?? [];
  if (all.length > 0 && all.every((endpoint) => retained.has(endpoint.tag))) return KEPT;
  return unverifiable(`${served.provider} may also have endpoints that retain data`);
}

function verifyQuantization(allowed: readonly string[], served: ServedFacts, catalogue: VerificationCatalogue): Finding {
  const all = catalogue.endpoints?.filter(isOf(served)) ?? [];
  if (all.length === 0) return unverifiable('needs a catalogue');
  const fits = all.filter((endpoint) => allowed.some((one) => matchesQuantization(one, endpoint.quantization ?? 'unknown')));
  if (fits.length === all.length) return KEPT;
  return fits.length === 0 ? violated(`${served.provider} has no such endpoint`) : unverifiable(`${served.provider} has others too`);
}

function verifyModel(allowed: readonly (readonly string[])[], served: ServedFacts): Finding {
  const { model, requested } = served;
  if (model === undefined) return unverifiable('the response names no model');
  if (isModelAllowed(allowed, model)) return KEPT;
  if (requested.some((asked) => isModelAllowed(allowed, asked) && sameModel(asked, model))) return KEPT;
  const author = (id: string): string => id.replace(/^~/, '').replace(/\/.*$/, '');
  const related = requested.some((asked) => author(asked) === author(model));
  return related ? unverifiable(`${model} may be another name of what was asked for`) : violated(`${model} served`);
}

function verifyRegion(region: string, router: RouterMetadata | undefined): Finding {
  const told = router?.region;
  // the request went to that region's host and nowhere else
  return told == null || told.toLowerCase().startsWith(region) ? KEPT : violated(`region ${told} served`);
}
