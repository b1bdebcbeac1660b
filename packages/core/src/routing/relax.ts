import { ignores } from '../policy/slugs.js';
import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { Candidate, RouteContext } from './context.js';
import type { AccountSettings } from './options.js';
import { LENGTHS, longestAnswer } from './parameters.js';
import { outsideMaxPrice } from './price.js';
import type { Finding } from './types.js';

/** A new value for a preference; `undefined` takes it away. */
export interface Relaxed {
  readonly field: string;
  readonly value: unknown;
}

/** One way to relax a request. */
export interface Relaxation {
  readonly preference: string;
  readonly by: Finding['by'];
  /** Takes part in keeping prompts private. */
  readonly privacy: boolean;
  /** Where it stands: in `provider`, beside it, or in the settings of the account. */
  readonly place: 'provider' | 'body' | 'account';
  /** How much is given up, to choose among changes of one size. */
  readonly cost: number;
  /** The least that lets this endpoint pass; default: as without `target`, the preference is taken away. */
  least?(target: Candidate, context: RouteContext): unknown;
}

const PRIVATE: readonly string[] = ['zdr', 'data_collection'];
/** Fields of the body that say what is asked for. */
const FIELDS: readonly string[] = ['tools', 'tool_choice', 'modalities', 'service_tier', 'max_tokens'];
const PREFERENCES: readonly (keyof ProviderPreferences)[] = [
  'order', 'only', 'ignore', 'allow_fallbacks', 'quantizations', 'max_price', 'require_parameters', 'enforce_distillable_text', 'data_collection', 'zdr',
];
const SETTINGS: readonly (keyof AccountSettings)[] = ['only', 'ignore', 'allowedModels', 'data_collection', 'zdr'];

const LEAST: { readonly [preference: string]: Relaxation['least'] } = {
  only: ({ tag }, { provider: { only = [] } }) => [...only, tag],
  ignore: ({ tag }, { provider: { ignore = [] } }) => ignore.filter((entry) => !ignores(entry, tag)),
  quantizations: ({ endpoint }, { provider: { quantizations = [] } }) => [...quantizations, endpoint.quantization ?? 'unknown'],
  max_price: ({ endpoint }, { provider: { max_price: bounds = {} } }) => {
    const raised = { ...bounds, ...Object.fromEntries(outsideMaxPrice(endpoint.pricing, bounds).map(({ component, price }) => [component, price])) };
    // no bound lets a price pass that is not known
    const known = Object.entries(raised).filter(([, bound]) => bound !== undefined);
    return known.length > 0 ? Object.fromEntries(known) : undefined;
  },
  max_tokens({ endpoint }, { options: { promptTokens = 0 } }) {
    const room = (endpoint.context_length ?? Infinity) - promptTokens;
    const least = Math.min(longestAnswer(endpoint) ?? Infinity, room);
    return least > 0 && least < Infinity ? least : undefined;
  },
};

function relaxation(preference: string, place: Relaxation['place']): Relaxation {
  const privacy = PRIVATE.includes(preference);
  const isAccount = place === 'account';
  const least = isAccount ? undefined : LEAST[preference];
  const cost = (privacy ? 10 : 0) + (isAccount ? 5 : place === 'body' && preference !== 'max_tokens' ? 3 : 1);
  return { preference, place, privacy, cost, by: isAccount ? 'account' : 'request', ...(least && { least }) };
}

/** Every relaxation there is. */
export const RELAXATIONS: readonly Relaxation[] = [
  ...PREFERENCES.map((preference) => relaxation(preference, 'provider')),
  ...FIELDS.map((field) => relaxation(field, 'body')),
  ...SETTINGS.map((setting) => relaxation(setting, 'account')),
];

/** Whether it excludes on purpose; what is asked for does not, nor does an order that others may follow. */
export function isGuardrail({ preference, place }: Relaxation, { provider }: RouteContext): boolean {
  return place !== 'body' && (preference !== 'order' || provider.allow_fallbacks === false);
}

/** The fields that a preference is told by; of lengths, those that are given and more than `least`. */
function fieldsOf({ preference }: Relaxation, { body }: RouteContext, least: unknown): readonly string[] {
  if (preference === 'max_tokens') return LENGTHS.filter((field) => body[field] != null && !(typeof least === 'number' && body[field] <= least));
  return preference === 'tools' ? ['tools', 'tool_choice'] : [preference];
}

/** What to write: for `target` the least that lets it pass, else nothing. An empty list is taken away. */
export function relaxedValues(one: Relaxation, context: RouteContext, target?: Candidate): readonly Relaxed[] {
  const least = target && one.least?.(target, context);
  const value = Array.isArray(least) && least.length === 0 ? undefined : least;
  return fieldsOf(one, context, value).map((field) => ({ field, value }));
}

/** The context after a relaxation. */
export function relax(context: RouteContext, one: Relaxation, values: readonly Relaxed[]): RouteContext {
  const patch = Object.fromEntries(values.map(({ field, value }) => [field, value]));
  if (one.place === 'account') return { ...context, account: { ...context.account, ...patch } };
  return one.place === 'provider' ? { ...context, provider: { ...context.provider, ...patch } } : { ...context, body: { ...context.body, ...patch } };
}
