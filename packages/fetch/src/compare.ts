export type { ComparedModel, CompareOptions, FailedModel, ModelComparison } from './compare-models.js';
export { compareModels } from './compare-models.js';
