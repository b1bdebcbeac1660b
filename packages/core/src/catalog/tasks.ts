import type { ModelCriteria } from './criteria.js';
import type { Weights } from './balanced.js';

/** What a task needs, as plain data: a filter, and what the rest is ranked by. */
export interface Task {
  readonly criteria: ModelCriteria;
  readonly weights: Weights;
}

/**
 * Tasks to begin with. They are opinions, and data: print them, or change them with a spread.
 *
 * @example
 * pickModel({ ...tasks.code, criteria: { ...tasks.code.criteria, maxPrice: { prompt: 1 } } }, models);
 */
export const tasks: {
  readonly code: Task;
  readonly vision: Task;
  readonly translation: Task;
  readonly longDocuments: Task;
  readonly structuredOutput: Task;
  readonly cheapBulk: Task;
} = {
  code: { criteria: { outputs: ['text'], supports: ['tools'], minContext: 64_000, free: false }, weights: { coding: 3, agentic: 1, price: 1 } },
  vision: { criteria: { inputs: ['text', 'image'], outputs: ['text'], free: false }, weights: { intelligence: 2, price: 1 } },
  translation: { criteria: { inputs: ['text'], outputs: ['text'], minContext: 16_000, free: false }, weights: { price: 2, intelligence: 1 } },
  longDocuments: { criteria: { inputs: ['text'], outputs: ['text'], minContext: 400_000, free: false }, weights: { intelligence: 1, context: 1, price: 1 } },
  structuredOutput: { criteria: { outputs: ['text'], supports: ['structured_outputs'], free: false }, weights: { intelligence: 1, price: 1 } },
  cheapBulk: { criteria: { inputs: ['text'], outputs: ['text'], free: false }, weights: { price: 4, intelligence: 1 } },
};
