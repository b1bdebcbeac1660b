import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { isRecord, show } from '../policy/report.js';
import type { Endpoint, Model } from '../wire/models.js';

/**
 * A row of `GET /models`, and its endpoints where the caller has asked for them: `{ ...model, endpoints }`. Providers and speed are
 * facts of endpoints, so what looks at those knows nothing of a model without them.
 */
export type CatalogModel = Model & { endpoints?: readonly Endpoint[] | undefined };

/** A benchmark index that the catalogue carries. */
export type BenchmarkIndex = 'intelligence' | 'coding' | 'agentic';

export const BENCHMARKS: readonly BenchmarkIndex[] = ['intelligence', 'coding', 'agentic'];

/** @throws {InvalidOptionsError} for what is no list of models. */
export function checkModelList(models: unknown): void {
  const fail = (path: string, message: string): never => {
    throw new InvalidOptionsError([{ path, message, suggestion: 'pass the `data` of GET /models' }]);
  };
  if (!Array.isArray(models)) return fail('models', `expected an array of models, got ${show(models)}`);
  models.forEach((model: unknown, i) => {
    if (!isRecord(model) || typeof model['id'] !== 'string') fail(`models[${i}]`, 'is not a model: it has no id');
  });
}

/** The author's part of an id, without the mark of an alias: `openai` of `openai/gpt-5.1`. */
export function authorOf({ id }: Pick<Model, 'id'>): string {
  return id.replace(/^~/, '').split('/', 1)[0] ?? '';
}

/** A figure that can be ranked by; what a catalogue says instead is none. */
export const figureOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** An index of the catalogue's own benchmarks; undefined where it has none. */
export function benchmarkOf(model: Model, index: BenchmarkIndex): number | undefined {
  return figureOf(model.benchmarks?.artificial_analysis?.[`${index}_index`]);
}

/** Tokens of context, the largest that any endpoint of the model has; undefined where the catalogue does not say. */
export function contextOf({ context_length: context, top_provider: top }: Model): number | undefined {
  return figureOf(context) ?? figureOf(top?.context_length);
}

/** Whether a list of the catalogue has an entry; what is no list has none. */
export function includes(list: unknown, entry: string): boolean {
  return Array.isArray(list) && list.includes(entry);
}

/** Endpoints of a model, without what is none. */
function endpointsOf({ endpoints }: CatalogModel): readonly Endpoint[] {
  return Array.isArray(endpoints) ? endpoints.filter((one): one is Endpoint => isRecord(one)) : [];
}

/** Whether a model takes or gives a kind of content. What the catalogue does not say counts as no. */
export function hasModality(model: Model, side: 'input' | 'output', modality: string): boolean {
  const { input_modalities: inputs, output_modalities: outputs } = model.architecture ?? {};
  return includes(side === 'input' ? inputs : outputs, modality);
}

/** Tags of a model's endpoints: who serves it. */
export function tagsOf(model: CatalogModel): string[] {
  return endpointsOf(model).flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : []));
}

/** The best figure among a model's endpoints, at the median; undefined where none has one. */
export function fastestOf(model: CatalogModel, by: 'throughput' | 'latency'): number | undefined {
  const figures = endpointsOf(model).flatMap((endpoint) => figureOf(endpoint[by === 'throughput' ? 'throughput_last_30m' : 'latency_last_30m']?.p50) ?? []);
  if (figures.length === 0) return undefined;
  return by === 'throughput' ? Math.max(...figures) : Math.min(...figures);
}
