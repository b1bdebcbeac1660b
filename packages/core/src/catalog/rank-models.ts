import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import { type CatalogModel, checkModelList } from './model.js';
import type { Strategy } from './strategies.js';

/** A model and its place. */
export interface RankedModel<Row extends CatalogModel = CatalogModel> {
  readonly model: Row;
  /** From 1; models with the same score share a rank. */
  readonly rank: number;
  /** Higher is better; what it means is the strategy's. Undefined where the catalogue lacks what that looks at. */
  readonly score: number | undefined;
  /** What the strategy saw, for people. */
  readonly why: string;
}

function requireStrategy(by: unknown): asserts by is Strategy {
  if (isRecord(by) && typeof by['score'] === 'function') return;
  throw new InvalidOptionsError([{ path: 'by', message: `expected a strategy, got ${show(by)}`, suggestion: 'such as cheapest(), or balanced({ price: 1, coding: 2 })' }]);
}

/**
 * Models from best to worst, each with the reason. Equals keep the order they came in; those of which the strategy knows nothing
 * come last.
 *
 * @throws {InvalidOptionsError} for what is no list of models, or no strategy.
 * @example
 * const [best] = rankModels(filterModels(models, { supports: ['tools'] }), smartest({ by: 'agentic' }));
 * console.log(best?.model.id, best?.why);
 */
export function rankModels<Row extends CatalogModel>(models: readonly Row[], by: Strategy): RankedModel<Row>[] {
  checkModelList(models);
  requireStrategy(by);
  const scores = by.score(models);
  const rows = models.map((model, i) => ({ model, score: scores[i]?.value, why: scores[i]?.why ?? '' }));
  rows.sort((a, b) => order(b.score) - order(a.score) || 0);
  const ranked: RankedModel<Row>[] = [];
  rows.forEach((row, i) => {
    const before = ranked[i - 1];
    ranked.push({ ...row, rank: before !== undefined && before.score === row.score ? before.rank : i + 1 });
  });
  return ranked;
}

// a strategy of the caller's own may give what is no number; and the least number, not -Infinity, whose difference to itself is none
const order = (score: number | undefined): number => (typeof score !== 'number' || Number.isNaN(score) ? -Number.MAX_VALUE : score);
