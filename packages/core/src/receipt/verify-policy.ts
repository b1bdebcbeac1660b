import { isEmpty } from '../policy/check-parts.js';
import type { Field } from '../policy/fields.js';
import { guardrailsInForce, matchesQuantization } from '../policy/guardrails.js';
import { isModelAllowed } from '../policy/models-allowed.js';
import type { Policy } from '../policy/policy.js';
import { baseOf, displaysAs, slugOfProvider } from '../policy/slugs.js';
import { textOf } from '../text-of.js';
import type { Endpoint } from '../wire/models.js';
import type { RouterMetadata } from '../wire/router-metadata.js';
import type { Usage } from '../wire/usage.js';
import type { VerificationCatalogue } from './catalogue.js';
import type { Finding, PolicyVerdict, Verdict } from './receipt.js';
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
  /** Something in the request may hand data to other services: see `sharesData`. */
  sharesData?: boolean | undefined;
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
  // hot: most often there is no policy
  if (isEmpty(policy)) return { overall: 'kept', guardrails: {} };
  const guardrails: { [name: string]: Finding } = {};
  for (const field of guardrailsInForce(policy)) guardrails[field] = verifyField(field, policy, served, catalogue);
  if (policy.allowedModels) guardrails['allowedModels'] = verifyModel(policy.allowedModels, served);
  if (policy.region) guardrails['region'] = verifyRegion(policy.region, served.router);
  return { overall: worstOf(guardrails), guardrails };
}

/** The worst verdict of all; `kept` where there is none. */
export function worstOf(guardrails: PolicyVerdict['guardrails']): Verdict {
  const found = Object.values(guardrails).map((one) => one.verdict);
  return (['violated', 'unverifiable'] as const).find((verdict) => found.includes(verdict)) ?? 'kept';
}

const SHARED = unverifiable('tools, plugins or a preset may hand data to other services');
const UNNAMED = unverifiable('the response names no provider');
const UNLISTED = unverifiable('needs a catalogue');

function verifyField(field: Field, policy: Policy, served: ServedFacts, catalogue: VerificationCatalogue): Finding {
  switch (field) {
    case 'only':
      return verifyProvider(policy.only ?? [], served.provider, true);
    case 'order':
      return verifyProvider(policy.closed ?? [], served.provider, true);
    case 'ignore':
      return verifyProvider(policy.ignore ?? [], served.provider, false);
    case 'allow_fallbacks':
      return verifyOneEndpoint(policy, served.router);
    case 'max_price':
      return verifyPrice(policy.max_price ?? {}, served.usage);
    case 'zdr':
      return served.sharesData ? SHARED : verifyZdr(served, catalogue);
    case 'data_collection':
      return served.sharesData ? SHARED : unverifiable('no public list tells data policies');
    case 'quantizations':
      return verifyQuantization(policy.quantizations ?? [], served, catalogue);
    default:
      return unverifiable('the response does not tell');
  }
}

/** Whether the provider is among `slugs`, as it should be (`only`) or should not (`ignore`). */
function verifyProvider(slugs: readonly string[], provider: string | undefined, wanted: boolean): Finding {
  if (provider === undefined) return UNNAMED;
  const its = slugs.filter((slug) => displaysAs(baseOf(slug), provider));
  const listed = its.length > 0;
  if (listed && its.every((slug) => slug.includes('/'))) return unverifiable(`${provider} served; which of its endpoints is not told`);
  // a slug that this version does not know may be this provider's
  const known = listed || slugOfProvider(provider) !== undefined || slugs.every((slug) => displaysAs(baseOf(slug)));
  if (!known) return unverifiable(`${provider} is not a provider that this version knows`);
  return listed === wanted ? KEPT : violated(`${provider} served`);
}

function verifyOneEndpoint(policy: Policy, router: RouterMetadata | undefined): Finding {
  if (policy.closed && policy.allow_fallbacks !== false) return KEPT;
  const attempts = router?.attempts;
  if (!Array.isArray(attempts)) return unverifiable('the router told no attempts');
  const perModel = new Map<string, number>();
  for (const attempt of attempts) perModel.set(attempt?.model, (perModel.get(attempt?.model) ?? 0) + 1);
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
  if (!catalogue.zdr) return UNLISTED;
  if (served.provider === undefined || served.model === undefined) return UNNAMED;
  const retained = new Set(catalogue.zdr.filter(isOf(served)).map((endpoint) => endpoint.tag));
  if (retained.size === 0) return violated(`${served.provider} has no such endpoint for ${served.model}`);
  const all = catalogue.endpoints?.filter(isOf(served)) ?? [];
  if (all.length > 0 && all.every((endpoint) => retained.has(endpoint.tag))) return KEPT;
  return unverifiable(`${served.provider} may also have endpoints that retain data`);
}

function verifyQuantization(allowed: readonly string[], served: ServedFacts, catalogue: VerificationCatalogue): Finding {
  const all = catalogue.endpoints?.filter(isOf(served)) ?? [];
  if (all.length === 0) return UNLISTED;
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
  const told = textOf(router?.region);
  // the request went to that region's host and nowhere else
  return told === undefined || told.toLowerCase().startsWith(region) ? KEPT : violated(`region ${told} served`);
}
