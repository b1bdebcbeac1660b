import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { show } from '../policy/report.js';
import { add, compare, decimal, type Decimal, multiply, parseDecimal, toNumber } from '../decimal.js';
import { BENCHMARKS, type BenchmarkIndex, benchmarkOf, type CatalogModel, contextOf, fastestOf } from './model.js';

/** What a strategy makes of one model. */
export interface Score {
  /** Higher is better. Undefined where the catalogue lacks what the strategy looks at: such models come last. */
  readonly value: number | undefined;
  /** For people: the figure and its unit, or what is missing. */
  readonly why: string;
}

/** A way to rank models. It sees all of them, since some compare each with the others. */
export interface Strategy {
  readonly name: string;
  /** One score for each model, in their order. */
  score(models: readonly CatalogModel[]): readonly Score[];
}

/** Share of prompt to completion tokens that prices are blended by. */
export interface TokenMix {
  /** Default 3. */
  prompt?: number;
  /** Default 1. */
  completion?: number;
}

const lacking = (what: string): Score => ({ value: undefined, why: `the catalogue has no ${what} for it` });
const rounded = (value: number): string => String(Number(value.toPrecision(4)));
const each = (name: string, score: (model: CatalogModel) => Score): Strategy => ({ name, score: (models) => models.map(score) });

/** USD per million tokens at a mix; undefined where tokens have no price, or that of a router. */
function blendedPrice({ pricing }: CatalogModel, { prompt = 3, completion = 1 }: TokenMix = {}): Decimal | undefined {
  const prices = [pricing?.prompt, pricing?.completion].map((price) => (price == null ? undefined : parseDecimal(price)));
  const [input, output] = prices;
  if (input === undefined || output === undefined || input.digits < 0n || output.digits < 0n) return undefined;
  const sum = add(multiply(input, decimal(prompt)), multiply(output, decimal(completion)));
  // a share is no decimal: the one division is left to doubles, which have an end
  const share = parseDecimal(toNumber(sum) / (prompt + completion));
  return share && multiply(share, 1_000_000);
}

/**
 * The cheapest tokens first, prompt and completion blended. Conditional prices are not looked at; `estimateCost` is for those.
 *
 * @throws {InvalidOptionsError} for a mix of nothing.
 * @example
 * rankModels(models, cheapest({ prompt: 10, completion: 1 }));
 */
export function cheapest(mix: TokenMix = {}): Strategy {
  const { prompt = 3, completion = 1, ...others } = mix ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new InvalidOptionsError([{ path: `mix.${unknown}`, message: 'is not a known key', suggestion: 'write { prompt, completion }' }]);
  if (!(typeof prompt === 'number' && typeof completion === 'number' && prompt >= 0 && completion >= 0 && prompt + completion > 0 && prompt + completion < Infinity)) {
    throw new InvalidOptionsError([{ path: 'mix', message: `expected shares that are not negative, and one that is not 0, got ${show(prompt)} and ${show(completion)}` }]);
  }
  return each('cheapest', (model) => {
    const price = blendedPrice(model, mix);
    if (price === undefined) return lacking('token prices');
    return { value: compare(price, decimal(0)) === 0 ? 0 : -toNumber(price), why: `${rounded(toNumber(price))} USD per million tokens, ${prompt} of prompt to ${completion} of completion` };
  });
}

/**
 * The fastest first, by the best median among a model's endpoints over the last half hour: most tokens per second, or with
 * `latency` the shortest time to the first. Needs models with their `endpoints`.
 *
 * @example
 * const rows = await Promise.all(ids.map((id) => openrouter.models.endpoints(id)));
 * rankModels(models.map((model, i) => ({ ...model, endpoints: rows[i].endpoints })), fastest());
 */
export function fastest({ by = 'throughput' }: { by?: 'throughput' | 'latency' } = {}): Strategy {
  if (by !== 'throughput' && by !== 'latency') throw new InvalidOptionsError([{ path: 'by', message: `${show(by)} is not one of "throughput", "latency"` }]);
  return each('fastest', (model) => {
    const figure = fastestOf(model, by);
    if (figure === undefined) return lacking(model.endpoints === undefined ? 'endpoints' : by);
    return by === 'throughput' ? { value: figure, why: `${rounded(figure)} tokens per second` } : { value: -figure, why: `latency ${rounded(figure)}` };
  });
}

/** The best first, by one of the catalogue's own benchmarks. Default: `intelligence`. */
export function smartest({ by = 'intelligence' }: { by?: BenchmarkIndex } = {}): Strategy {
  if (!BENCHMARKS.includes(by)) throw new InvalidOptionsError([{ path: 'by', message: `${show(by)} is not one of ${BENCHMARKS.map(show).join(', ')}` }]);
  return each('smartest', (model) => {
    const index = benchmarkOf(model, by);
    return index === undefined ? lacking(`${by} index`) : { value: index, why: `${by} index ${index}` };
  });
}

/** The most tokens of context first. */
export function longest(): Strategy {
  return each('longest', (model) => {
    const context = contextOf(model);
    return context === undefined ? lacking('context length') : { value: context, why: `${context} tokens of context` };
  });
}
