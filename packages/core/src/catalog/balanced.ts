import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { didYouMean } from '../policy/did-you-mean.js';
import { isRecord, show } from '../policy/report.js';
import { cheapest, fastest, longest, type Score, smartest, type Strategy } from './strategies.js';

/** How much each figure matters; only the proportions count. What is left out does not matter at all. */
export interface Weights {
  /** Of tokens, blended: the cheaper the better. */
  price?: number;
  /** Tokens per second; needs models with their `endpoints`. */
  throughput?: number;
  /** Time to the first token; needs models with their `endpoints`. */
  latency?: number;
  intelligence?: number;
  coding?: number;
  agentic?: number;
  context?: number;
}

const PARTS: { readonly [name in keyof Weights]-?: () => Strategy } = {
  price: () => cheapest(),
  throughput: () => fastest(),
  latency: () => fastest({ by: 'latency' }),
  intelligence: () => smartest(),
  coding: () => smartest({ by: 'coding' }),
  agentic: () => smartest({ by: 'agentic' }),
  context: () => longest(),
};
const NAMES = Object.keys(PARTS) as (keyof Weights)[];

function checkWeights(weights: Weights): [keyof Weights, number][] {
  const fail = (path: string, message: string, suggestion?: string): never => {
    throw new InvalidOptionsError([{ path, message, ...(suggestion !== undefined && { suggestion }) }]);
  };
  if (!isRecord(weights)) return fail('weights', `expected an object, got ${show(weights)}`);
  for (const name of Object.keys(weights)) {
    if (!NAMES.some((one) => one === name)) fail(`weights.${name}`, 'is nothing that models are weighed by', didYouMean(name, NAMES, `known: ${NAMES.join(', ')}`));
  }
  const given = NAMES.map((name): [keyof Weights, number] => {
    const weight: unknown = weights[name] ?? 0;
    return [name, typeof weight === 'number' && weight >= 0 && weight < Infinity ? weight : fail(`weights.${name}`, `expected a number that is not negative, got ${show(weight)}`)];
  });
  const counting = given.filter(([, weight]) => weight > 0);
  return counting.length === 0 ? fail('weights', 'nothing has a weight', 'such as { price: 1, intelligence: 2 }') : counting;
}

/**
 * Where each score stands among all of them: 1 for the best, 0 for the worst, equals together. By place and not by size, since
 * prices differ a thousandfold and indices by a few points.
 */
function places(scores: readonly Score[]): (number | undefined)[] {
  const known = scores.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const distinct = [...new Set(known)];
  const placeOf = new Map(distinct.map((value, i) => [value, distinct.length === 1 ? 1 : i / (distinct.length - 1)]));
  return scores.map(({ value }) => (value === undefined ? undefined : placeOf.get(value)));
}

/**
 * Several figures at once. Each model gets, for each figure, its place among the models given, from 0 to 1; the score is their
 * mean by weight. A figure that the catalogue lacks counts as the worst place, and is said; a model that lacks all of them comes last.
 *
 * @throws {InvalidOptionsError} for weights that are none.
 * @example
 * rankModels(models, balanced({ price: 1, coding: 2 }));
 */
export function balanced(weights: Weights): Strategy {
  const parts = checkWeights(weights).map(([name, weight]) => ({ name, weight, strategy: PARTS[name]() }));
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return {
    name: 'balanced',
    score(models) {
      const columns = parts.map(({ name, weight, strategy }) => {
        const scores = strategy.score(models);
        return { name, weight, scores, places: places(scores) };
      });
      return models.map((_, row) => {
        const known = columns.some((column) => column.places[row] !== undefined);
        const value = columns.reduce((sum, { weight, places: at }) => sum + weight * (at[row] ?? 0), 0) / total;
        const why = columns.map(({ name, weight, scores, places: at }) => {
          const place = at[row];
          return `${name} ×${weight}: ${place === undefined ? '' : `place ${place.toFixed(2)}, `}${scores[row]?.why ?? ''}`;
        });
        return { value: known ? value : undefined, why: why.join('; ') };
      });
    },
  };
}
