import type { ProviderSort } from '../wire/provider-preferences.js';
import type { ListedModel, RouteContext } from './context.js';
import type { RouteModel, RouteStrategy } from './types.js';

/** A model id taken apart; unlike `parseModelId`, it takes any text, since a server does. */
interface IdParts {
  /** Without variants and preset, but with the `~` of an alias. Empty for a preset alone. */
  readonly base: string;
  readonly variants: readonly string[];
}

/** Variants that work on any model; the others exist only as rows of the catalogue. */
const DYNAMIC: readonly string[] = ['nitro', 'floor', 'exacto', 'online'];
const SORT_OF: ReadonlyMap<string, ProviderSort> = new Map([['nitro', 'throughput'], ['floor', 'price'], ['exacto', 'exacto']]);
const TIER_OF: ReadonlyMap<string, 'flex' | 'priority'> = new Map([['nitro', 'priority'], ['floor', 'flex']]);

function partsOf(id: string): IdParts {
  const [base = '', ...variants] = id.replace(/@preset\/.*$/s, '').split(':');
  return { base, variants };
}

/** What a listing would call the model: without the variants that every model has. */
export function listedId(id: string): string {
  const { base, variants } = partsOf(id);
  return [base, ...variants.filter((variant) => !DYNAMIC.includes(variant))].join(':');
}

/** The ids that a request names, each once: `model`, then `models`; else the default of the account. */
export function requestedIds({ body, account }: Pick<RouteContext, 'body' | 'account'>): readonly string[] {
  const given: readonly unknown[] = [body.model, ...(Array.isArray(body.models) ? body.models : [])];
  const named = given.filter((id): id is string => typeof id === 'string' && id !== '');
  return [...new Set(named.length > 0 || account.defaultModel === undefined ? named : [account.defaultModel])];
}

function strategyOf(base: string, isRouter: boolean): RouteModel['strategy'] {
  if (isRouter) return base === 'openrouter/free' ? 'free' : 'auto';
  if (!base.startsWith('~')) return 'direct';
  return base.endsWith('-latest') ? 'latest' : 'alias';
}

function resolve(requested: string, models: ReadonlyMap<string, ListedModel>, aliases: Readonly<Record<string, string | readonly string[]>>): RouteModel[] {
  const { base, variants } = partsOf(requested);
  const fixed = variants.filter((variant) => !DYNAMIC.includes(variant)).map((variant) => `:${variant}`).join('');
  const known = (id: string): string | readonly string[] | undefined => (Object.hasOwn(aliases, id) ? aliases[id] : undefined);
  const family = known(base);
  // an alias of a model is one of its static variants too: `~a/b-latest:free` is the free row of what `~a/b-latest` is
  const target = known(base + fixed) ?? (typeof family === 'string' ? family + fixed : (family ?? base + fixed));
  const isRouter = typeof target !== 'string';
  const last = variants.findLast((variant) => SORT_OF.has(variant)) ?? '';
  const sort = SORT_OF.get(last);
  const tier = TIER_OF.get(last);
  const chosen = isRouter ? target : [target];
  return chosen.map((id) => ({
    requested, id, variants,
    listed: models.has(id),
    strategy: strategyOf(base, isRouter),
    ...(sort && { sort }),
    ...(tier && { tier }),
  }));
}

/** The chain `[model, ...models]` on a listing; where the request names no model, every model of the listing. */
export function resolveChain(context: RouteContext, models: ReadonlyMap<string, ListedModel>): readonly RouteModel[] {
  const ids = requestedIds(context);
  return (ids.length > 0 ? ids : [...models.keys()]).flatMap((id) => resolve(id, models, context.options.aliases ?? {}));
}

/** Whether the model is one of those that a router may choose from. */
export function isRouterModel({ strategy }: RouteModel): boolean {
  return strategy === 'auto' || strategy === 'free';
}

export function planStrategy(models: readonly RouteModel[]): RouteStrategy {
  const several = new Set(models.map((model) => model.requested)).size > 1;
  return several ? 'fallback' : (models[0]?.strategy ?? 'direct');
}
