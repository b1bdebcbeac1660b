import { compare, multiply, parseDecimal } from '../decimal.js';
import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { matchesGlob } from '../policy/models-allowed.js';
import { matches } from '../policy/slugs.js';
import type { Pricing } from '../wire/models.js';
import type { MaxPrice } from '../wire/provider-preferences.js';
import { type CheckedCriteria, checkCriteria, type ModelCriteria } from './criteria.js';
import { authorOf, BENCHMARKS, benchmarkOf, type CatalogModel, checkModelList, contextOf, figureOf, hasModality, includes, tagsOf } from './model.js';

const BY_THE_TOKEN: ReadonlySet<string> = new Set(['prompt', 'completion']);

/** Whether no listed price is above its bound. Tokens must have a price; what else has none is not billed. */
function withinPrice(pricing: Pricing | undefined, bounds: MaxPrice): boolean {
  return Object.entries(bounds).every(([component, bound]) => {
    const perToken = BY_THE_TOKEN.has(component);
    const listed = pricing?.[component];
    if (listed == null) return !perToken;
    const price = typeof listed === 'string' || typeof listed === 'number' ? parseDecimal(listed) : undefined;
    const most = parseDecimal(bound);
    // `-1` is the price of a router: whatever it routes to costs
    if (price === undefined || most === undefined || price.digits < 0n) return false;
    return compare(perToken ? multiply(price, 1_000_000) : price, most) <= 0;
  });
}

const isFree = ({ id }: CatalogModel): boolean => id.endsWith(':free') || id === 'openrouter/free';

const outlives = ({ expiration_date: end }: CatalogModel, at: number): boolean => end == null || !(Date.parse(end) <= at);

/** Whether a model has all that is asked for. */
function fits(model: CatalogModel, criteria: CheckedCriteria): boolean {
  const { inputs = [], outputs = [], supports = [], providers, authors, allowedModels, minContext, minOutput, maxPrice, free, openWeights, minBenchmark, availableAt } = criteria;
  return (
    inputs.every((one) => hasModality(model, 'input', one)) &&
    outputs.every((one) => hasModality(model, 'output', one)) &&
    supports.every((one) => includes(model.supported_parameters, one)) &&
    (minContext == null || (contextOf(model) ?? 0) >= minContext) &&
    (minOutput == null || (figureOf(model.top_provider?.max_completion_tokens) ?? 0) >= minOutput) &&
    (maxPrice === undefined || withinPrice(model.pricing, maxPrice)) &&
    (providers == null || tagsOf(model).some((tag) => providers.some((slug) => matches(slug, tag)))) &&
    (authors == null || authors.includes(authorOf(model))) &&
    (allowedModels == null || allowedModels.some((glob) => matchesGlob(glob, model.id) || matchesGlob(glob, model.id.replace(/:.*$/, '')))) &&
    (free == null || isFree(model) === free) &&
    (openWeights == null || Boolean(model.hugging_face_id) === openWeights) &&
    BENCHMARKS.every((index) => minBenchmark?.[index] == null || (benchmarkOf(model, index) ?? -Infinity) >= minBenchmark[index]) &&
    (availableAt == null || outlives(model, availableAt))
  );
}

/**
 * The models that have all that is asked for, in their order.
 *
 * @throws {InvalidOptionsError} for criteria that are none, and for `providers` where no model comes with its endpoints.
 * @example
 * const models = await openrouter.models.list();
 * filterModels(models, { inputs: ['image'], supports: ['tools'], minContext: 100_000, maxPrice: { prompt: 1 } });
 */
export function filterModels<Row extends CatalogModel>(models: readonly Row[], criteria: ModelCriteria = {}): Row[] {
  checkModelList(models);
  const checked = checkCriteria(criteria);
  if (checked.providers != null && models.length > 0 && models.every(({ endpoints }) => endpoints === undefined)) {
    throw new InvalidOptionsError([
      { path: 'criteria.providers', message: 'the models come without their endpoints', suggestion: 'pass { ...model, endpoints } with those of GET /models/{id}/endpoints, or ask GET /models for the providers' },
    ]);
  }
  return models.filter((model) => fits(model, checked));
}
