import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import { balanced } from './balanced.js';
import { filterModels } from './filter-models.js';
import { type CatalogModel } from './model.js';
import { type RankedModel, rankModels } from './rank-models.js';
import type { Task } from './tasks.js';

/**
 * The best model for a task, and why; undefined where none fits. The routers of OpenRouter itself are left out: what they would
 * choose is not known beforehand.
 *
 * @throws {InvalidOptionsError} for what is no task.
 * @example
 * const picked = pickModel(tasks.code, await openrouter.models.list());
 * console.log(picked?.model.id, picked?.why);
 */
export function pickModel<Row extends CatalogModel>(task: Task, models: readonly Row[]): RankedModel<Row> | undefined {
  if (!isRecord(task) || !isRecord(task.criteria) || !isRecord(task.weights)) {
    throw new InvalidOptionsError([{ path: 'task', message: `expected { criteria, weights }, got ${show(task)}`, suggestion: 'such as tasks.code' }]);
  }
  const fitting = filterModels(models, task.criteria).filter(({ id }) => !id.startsWith('openrouter/'));
  return rankModels(fitting, balanced(task.weights))[0];
}
