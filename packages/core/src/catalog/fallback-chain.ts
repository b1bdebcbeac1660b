import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { baseOf } from '../policy/slugs.js';
import { checkKeys } from '../policy/check-parts.js';
import { addExpected, createReport, isRecord, show, throwIssues } from '../policy/report.js';
import { balanced } from './balanced.js';
import type { ModelCriteria } from './criteria.js';
import { filterModels } from './filter-models.js';
import { authorOf, type CatalogModel, tagsOf } from './model.js';
import { needsOf } from './needs-of.js';
import { type RankedModel, rankModels } from './rank-models.js';
import type { Strategy } from './strategies.js';

/** How a chain is chosen. */
export interface ChainCriteria {
  /** The request that the chain is for: each model must have what it needs. */
  request?: { readonly [field: string]: unknown };
  /** What each fallback must have besides. */
  criteria?: ModelCriteria;
  /** What fallbacks are ranked by. Default: intelligence and price alike. */
  by?: Strategy;
  /** Models in all, the first included. Default 3, which is what one request can carry. */
  length?: number;
}

/** A chain, and why each of its fallbacks is in it. */
export interface FallbackChain<Row extends CatalogModel = CatalogModel> {
  /** Ids, the primary first: `{ model: models[0], models: models.slice(1) }`. Shorter than asked for where no more fit. */
  readonly models: readonly string[];
  readonly fallbacks: readonly RankedModel<Row>[];
}

/** Who may fail together: the author, and where endpoints are known, the providers. */
const sourcesOf = (model: CatalogModel): readonly string[] => [authorOf(model), ...tagsOf(model).map(baseOf)];

const KEYS: readonly (keyof ChainCriteria)[] = ['request', 'criteria', 'by', 'length'];

function checkChain(chain: ChainCriteria): ChainCriteria {
  const report = createReport();
  if (isRecord(chain)) checkKeys(chain, KEYS, 'chain', report);
  else addExpected(report, 'chain', 'an object', chain);
  throwIssues(report);
  return chain;
}

/**
 * Models to fall back to, in order: each has what the request needs, and comes from another author than those before it and, where
 * endpoints are known, from at least one provider that serves none of them, so that one outage does not take the whole chain.
 *
 * @param primary the id that comes first. It must be in the catalogue.
 * @throws {InvalidOptionsError} for a primary that is not in the catalogue, or lacks what the request needs.
 * @example
 * const { models } = fallbackChain('anthropic/claude-sonnet-4.6', catalogue, { request: { messages, tools } });
 * await openrouter.chat({ messages, tools, models });
 */
export function fallbackChain<Row extends CatalogModel>(primary: string, models: readonly Row[], chain: ChainCriteria = {}): FallbackChain<Row> {
  const { request, criteria, by = balanced({ intelligence: 1, price: 1 }), length = 3 } = checkChain(chain);
  if (!(Number.isInteger(length) && length >= 1)) throw new InvalidOptionsError([{ path: 'length', message: `expected a whole number from 1, got ${show(length)}` }]);
  const able = request == null ? models : filterModels(models, needsOf(request));
  const first = models.find(({ id }) => id === primary);
  if (first === undefined) throw new InvalidOptionsError([{ path: 'primary', message: `${show(primary)} is not in the catalogue` }]);
  if (!able.includes(first)) {
    throw new InvalidOptionsError([{ path: 'primary', message: `${show(primary)} lacks what the request needs, by the catalogue`, suggestion: 'choose one of filterModels(models, needsOf(request))' }]);
  }
  const candidates = filterModels(able, criteria).filter(({ id }) => id !== primary && !id.startsWith('openrouter/'));
  const authors = new Set([authorOf(first)]);
  const providers = new Set(sourcesOf(first).slice(1));
  const fallbacks: RankedModel<Row>[] = [];
  for (const ranked of rankModels(candidates, by)) {
    if (fallbacks.length >= length - 1) break;
    const [author = '', ...served] = sourcesOf(ranked.model);
    if (authors.has(author) || (served.length > 0 && served.every((provider) => providers.has(provider)))) continue;
    authors.add(author);
    served.forEach((provider) => providers.add(provider));
    fallbacks.push(ranked);
  }
  return { models: [primary, ...fallbacks.map(({ model }) => model.id)], fallbacks };
}
