import { z } from 'zod';
import { toWireModel } from '../catalogue/to-wire.js';
import type { GatewayEndpoint, GatewayModel } from '../catalogue/types.js';
import { decimal, multiply, toNumber } from '../decimal.js';
import type { SharedState } from '../state.js';
import { type Invalid, zodOf } from '../validate.js';
import { issuesOf, optional } from '../validate/schema.js';

type Query = URLSearchParams;

const MODALITIES = ['text', 'image', 'embeddings', 'audio', 'video', 'rerank', 'decisions', 'speech', 'transcription', 'all'] as const;
const DAY = 86_400_000;
const MILLION = decimal(1_000_000);

function list(value: string | null): readonly string[] {
  return value === null ? [] : value.split(',').map((entry) => entry.trim()).filter(Boolean);
}

/** USD per million tokens of a model's row in the list. */
function perMillion(model: GatewayModel, component: 'prompt' | 'completion'): number {
  return toNumber(multiply(decimal(toWireModel(model).pricing?.[component]), MILLION));
}

/** Whether a value is within `min_<name>` and `max_<name>`; a bound that is not given holds nothing back. */
function within(query: Query, value: number, name: string): boolean {
  return value >= Number(query.get(`min_${name}`) ?? -Infinity) && value <= Number(query.get(`max_${name}`) ?? Infinity);
}

const best = (model: GatewayModel, of: (endpoint: GatewayEndpoint) => number | null | undefined): number =>
  Math.max(...model.endpoints.map((endpoint) => of(endpoint) ?? 0));

/** By what the list can be sorted, the first in it having the most. */
const SORTS: Readonly<Record<string, (model: GatewayModel) => number>> = {
  'pricing-low-to-high': (model) => -perMillion(model, 'prompt'),
  'pricing-high-to-low': (model) => perMillion(model, 'prompt'),
  'context-high-to-low': (model) => model.contextLength,
  'throughput-high-to-low': (model) => best(model, ({ throughput }) => throughput.p50),
  'latency-low-to-high': (model) => best(model, ({ latency }) => -(latency.p50 ?? Infinity)),
  newest: (model) => model.created,
};

/**
 * The models of the catalogue that the query asks for, before paging. Filters and orders by what a catalogue does not hold (category,
 * architecture, region, benchmarks, popularity) leave them as they are.
 */
export function selectModels({ catalogue, now }: SharedState, query: Query): readonly GatewayModel[] {
  const outputs = list(query.get('output_modalities') ?? 'text');
  const inputs = list(query.get('input_modalities'));
  const parameters = list(query.get('supported_parameters'));
  const providers = list(query.get('providers'));
  const authors = list(query.get('model_authors'));
  const text = (query.get('q') ?? '').toLowerCase();
  const by = SORTS[query.get('sort') ?? ''];
  const selected = catalogue.models
    .filter((model) => outputs.includes('all') || model.outputModalities.some((modality) => outputs.includes(modality)))
    .filter((model) => inputs.every((modality) => model.inputModalities.includes(modality)))
    .filter((model) => parameters.every((name) => model.endpoints.some((endpoint) => endpoint.supportedParameters.includes(name))))
    .filter((model) => providers.length === 0 || model.endpoints.some((endpoint) => providers.includes(endpoint.provider)))
    .filter((model) => authors.length === 0 || authors.includes(model.id.split('/')[0] ?? ''))
    .filter((model) => query.get('zdr') !== 'true' || model.endpoints.some((endpoint) => endpoint.zdr))
    .filter((model) => query.get('distillable') !== 'true' || model.distillable)
    .filter((model) => model.contextLength >= Number(query.get('context') ?? 0))
    .filter((model) => within(query, perMillion(model, 'prompt'), 'price') && within(query, perMillion(model, 'completion'), 'output_price'))
    .filter((model) => within(query, (now() - model.created * 1000) / DAY, 'age_days'))
    .filter((model) => `${model.id} ${model.name}`.toLowerCase().includes(text));
  return by === undefined ? selected : selected.toSorted((a, b) => by(b) - by(a));
}

const whole = z.coerce.number().int();
const QUERY = z.object(optional({
  output_modalities: z.preprocess((value) => list(String(value)), z.array(z.enum(MODALITIES))), offset: whole.min(0), limit: whole.min(1).max(1000),
}));

/** What of a query the list refuses. */
export function checkQuery(query: Query): Invalid | undefined {
  const issues = issuesOf(QUERY, { output_modalities: query.get('output_modalities'), offset: query.get('offset'), limit: query.get('limit') });
  return issues.length === 0 ? undefined : zodOf(issues);
}
