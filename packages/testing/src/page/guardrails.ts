import { matchesSlug } from '@waypost/core/routing';
import type { Catalogue, GatewayEndpoint, GatewayModel } from '../catalogue/types.js';
import { compare, decimal, multiply, parseDecimal } from '../decimal.js';
import type { RecordedAttempt } from '../recorded-request.js';
import { type Fields, isFields } from '../validate.js';
import { jsonOf } from './json-of.js';
import type { PageGuardrail, PageVerdict } from './page-request.js';

/** An attempt, with what the catalogue says of its endpoint. */
interface Tried {
  readonly attempt: RecordedAttempt;
  readonly model: GatewayModel;
  readonly endpoint: GatewayEndpoint;
  /** Attempts at the same model before it. */
  readonly before: number;
}

/** Whether an endpoint is as the value asks; `undefined`: that cannot be known. */
type Check = (value: unknown, tried: Tried, body: Fields) => boolean | undefined;

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function isListed(value: unknown, { endpoint: { tag } }: Tried): boolean {
  return texts(value).some((slug) => matchesSlug(slug, tag));
}

const FAMILIES: Readonly<Record<string, readonly string[]>> = { fp4: ['mxfp4', 'nvfp4'], fp8: ['mxfp8'] };

function hasQuantization(value: unknown, { endpoint }: Tried): boolean {
  const offered = endpoint.quantization ?? 'unknown';
  return texts(value).some((wanted) => wanted === offered || FAMILIES[wanted]?.includes(offered) === true);
}

/** USD per token on the endpoint, per million tokens in the bound. */
const PER_MILLION = new Set(['prompt', 'completion']);

function withinPrice(value: unknown, { endpoint: { pricing } }: Tried): boolean | undefined {
  const bounds = Object.entries(isFields(value) ? value : {}).filter(([, bound]) => bound !== null);
  const within = bounds.map(([component, bound]) => {
    const limit = typeof bound === 'number' || typeof bound === 'string' ? parseDecimal(bound) : undefined;
    const listed = pricing[component];
    const price = typeof listed === 'string' || typeof listed === 'number' ? decimal(listed) : decimal(0);
    return limit === undefined ? undefined : compare(PER_MILLION.has(component) ? multiply(price, 1_000_000) : price, limit) <= 0;
  });
  if (within.includes(false)) return false;
  return within.includes(undefined) ? undefined : true;
}

/** What server tools, plugins and presets do with data is not the endpoint's to say. */
function sharesData({ tools, plugins, preset, model }: Fields): boolean {
  const serverTool = Array.isArray(tools) && tools.some((tool) => isFields(tool) && tool.type !== 'function');
  return serverTool || (Array.isArray(plugins) && plugins.length > 0) || (preset ?? null) !== null || /:online\b|@preset\//.test(String(model));
}

/** By name on the wire. Parameters are left out of the account: which of them a request supplies depends on its route. */
const CHECKS: Readonly<Record<string, Check>> = {
  only: isListed,
  order: isListed,
  ignore: (value, { endpoint: { provider, tag } }) => !texts(value).some((slug) => slug === tag || slug === provider),
  allow_fallbacks: (_value, { before }) => before === 0,
  zdr: (_value, { endpoint }, body) => (endpoint.zdr && sharesData(body) ? undefined : endpoint.zdr),
  data_collection(_value, { endpoint: { dataPolicy: { retains, trains, publishes } } }, body) {
    const clean = !(retains || trains || publishes);
    return clean && sharesData(body) ? undefined : clean;
  },
  quantizations: hasQuantization,
  max_price: withinPrice,
  enforce_distillable_text: (_value, { model }) => model.distillable,
  require_parameters: () => undefined,
};

/** Whether a preference binds: of the closed list and the one endpoint, whichever of the two is asked for. */
function binds(name: string, value: unknown, provider: Fields): boolean {
  const ordered = texts(provider.order).length > 0;
  const closed = provider.allow_fallbacks === false;
  switch (name) {
    case 'order': return ordered && closed;
    case 'allow_fallbacks': return closed && !ordered;
    case 'data_collection': return value === 'deny';
    case 'zdr':
    case 'enforce_distillable_text':
    case 'require_parameters': return value === true;
    case 'max_price': return isFields(value) && Object.keys(value).length > 0;
    default: return texts(value).length > 0;
  }
}

function find(attempt: RecordedAttempt, place: number, attempts: readonly RecordedAttempt[], catalogue: Catalogue): Tried | undefined {
  const model = catalogue.models.find(({ id }) => id === attempt.model);
  const endpoint = model?.endpoints.find(({ tag }) => tag === attempt.tag);
  if (model === undefined || endpoint === undefined) return undefined;
  return { attempt, model, endpoint, before: attempts.slice(0, place).filter((other) => other.model === attempt.model).length };
}

function verdictOf(kept: boolean | undefined): PageVerdict {
  if (kept === undefined) return 'unverifiable';
  return kept ? 'kept' : 'violated';
}

/**
 * Holds every endpoint that was tried against what the request's own `provider` asks for: by the facts of the catalogue, and not by what
 * the routing made of them.
 */
export function checkGuardrails(body: unknown, attempts: readonly RecordedAttempt[], catalogue: Catalogue): readonly PageGuardrail[] {
  const fields = isFields(body) ? body : {};
  const { provider } = fields;
  if (!isFields(provider)) return [];
  const tried = attempts.map((attempt, i) => find(attempt, i, attempts, catalogue));
  return Object.entries(CHECKS).flatMap(([name, check]) => {
    const value = provider[name];
    if (!binds(name, value, provider)) return [];
    const verdicts = tried.map((one) => verdictOf(one === undefined ? undefined : check(value, one, fields)));
    return [{ name, asked: jsonOf(value), verdicts }];
  });
}

/** The worst of all: `kept` where nothing was tried. */
export function worstOf(guardrails: readonly PageGuardrail[]): PageVerdict | undefined {
  if (guardrails.length === 0) return undefined;
  const all = guardrails.flatMap(({ verdicts }) => verdicts);
  return (['violated', 'unverifiable'] as const).find((verdict) => all.includes(verdict)) ?? 'kept';
}
