import { checkKeys, checkList } from '../policy/check-parts.js';
import type { MaxPriceInput } from '../policy/preferences-input.js';
import { addExpected, createReport, isRecord, type Report, throwIssues } from '../policy/report.js';
import { checkPrice } from '../policy/validate-values.js';
import type { Open } from '../wire/open.js';
import type { MaxPrice } from '../wire/provider-preferences.js';
import { BENCHMARKS, type BenchmarkIndex } from './model.js';

/** A kind of content. */
export type Modality = Open<'text' | 'image' | 'file' | 'audio' | 'video'>;

/**
 * What a model must have. All of it must hold; what is left out does not matter. What the catalogue does not say about a model
 * counts against it: a filter that guessed would let through what it was to keep out.
 */
export interface ModelCriteria {
  /** Kinds of content that the model takes; all of them. */
  inputs?: readonly Modality[];
  /** Kinds of content that the model gives; all of them. */
  outputs?: readonly Modality[];
  /** Request parameters that the model supports, by the catalogue's names: `tools`, `structured_outputs`, `reasoning`, `max_tokens`; all of them. */
  supports?: readonly string[];
  /** Tokens of context, at least. */
  minContext?: number;
  /** Tokens that one answer may have, at least. */
  minOutput?: number;
  /** USD per million tokens for `prompt` and `completion`, USD per unit for the others, as `max_price` has it. */
  maxPrice?: MaxPriceInput;
  /** Slugs of providers, one of which serves the model. Known of models with `endpoints` alone. */
  providers?: readonly string[];
  /** Authors, the part of the id before the slash; one of them. */
  authors?: readonly string[];
  /** Globs of ids to choose from, as `allowedModels` has them: `anthropic/*`. */
  allowedModels?: readonly string[];
  /** `true`: `:free` models alone; `false`: none of those. A price of 0 does not mean free: media have prices of their own. */
  free?: boolean;
  /** `true`: models whose weights are published; `false`: the others. */
  openWeights?: boolean;
  /** Indices of the catalogue's own benchmarks, at least. */
  minBenchmark?: { readonly [index in BenchmarkIndex]?: number };
  /** Milliseconds since the epoch: leaves out what is announced to be switched off by then. */
  availableAt?: number;
}

/** The same, checked, prices in USD per million. */
export interface CheckedCriteria extends Omit<ModelCriteria, 'maxPrice'> {
  readonly maxPrice?: MaxPrice;
}

const LISTS = ['inputs', 'outputs', 'supports', 'providers', 'authors', 'allowedModels'] as const;
const AMOUNTS = ['minContext', 'minOutput', 'availableAt'] as const;
const FLAGS = ['free', 'openWeights'] as const;
const KEYS: readonly (keyof ModelCriteria)[] = [...LISTS, ...AMOUNTS, ...FLAGS, 'maxPrice', 'minBenchmark'];

function checkBenchmarks(value: unknown, path: string, report: Report): void {
  if (!isRecord(value)) return addExpected(report, path, 'an object', value, 'write { coding: 60 }');
  checkKeys(value, BENCHMARKS, path, report);
  for (const [index, least] of Object.entries(value)) if (least != null && !(typeof least === 'number' && !Number.isNaN(least))) addExpected(report, `${path}.${index}`, 'a number', least);
}

/** @throws {InvalidOptionsError} listing everything that is wrong: unknown names, values of another type. */
export function checkCriteria(criteria: ModelCriteria, path = 'criteria'): CheckedCriteria {
  const report = createReport();
  if (!isRecord(criteria)) addExpected(report, path, 'an object', criteria);
  throwIssues(report);
  const given: { [key: string]: unknown } = { ...criteria };
  checkKeys(given, KEYS, path, report);
  const text = (entry: unknown, at: string): string | undefined => (typeof entry === 'string' && entry !== '' ? entry : addExpected(report, at, 'a text', entry));
  for (const key of LISTS) if (given[key] != null) checkList(given[key], 'texts', `${path}.${key}`, report, text);
  for (const key of AMOUNTS) if (given[key] != null && !(typeof given[key] === 'number' && given[key] >= 0)) addExpected(report, `${path}.${key}`, 'a number that is not negative', given[key]);
  for (const key of FLAGS) if (given[key] != null && typeof given[key] !== 'boolean') addExpected(report, `${path}.${key}`, 'true or false', given[key]);
  if (criteria.minBenchmark != null) checkBenchmarks(criteria.minBenchmark, `${path}.minBenchmark`, report);
  const maxPrice = criteria.maxPrice == null ? undefined : checkPrice(criteria.maxPrice, `${path}.maxPrice`, report);
  throwIssues(report);
  const { maxPrice: _, ...rest } = criteria;
  return { ...rest, ...(maxPrice && { maxPrice }) };
}
