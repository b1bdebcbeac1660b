import type { JsonObject } from '../wire/open.js';
import type {
  MaxPrice,
  PercentileThresholds,
  ProviderPreferences,
  ProviderSort,
  ProviderSortConfig,
  Quantization,
} from '../wire/provider-preferences.js';

/** What values a preference takes. One table of these drives the checks, the JSON Schema and the reference in the docs. */
interface KindTypes {
  slugs: readonly string[];
  flag: boolean;
  collection: 'allow' | 'deny';
  quantizations: readonly Quantization[];
  sort: ProviderSort | ProviderSortConfig;
  percentiles: number | PercentileThresholds;
  price: MaxPrice;
  options: { readonly [slug: string]: JsonObject };
}
export type Kind = keyof KindTypes;

interface FieldKinds {
  order: 'slugs';
  only: 'slugs';
  ignore: 'slugs';
  allow_fallbacks: 'flag';
  require_parameters: 'flag';
  data_collection: 'collection';
  zdr: 'flag';
  enforce_distillable_text: 'flag';
  quantizations: 'quantizations';
  sort: 'sort';
  preferred_min_throughput: 'percentiles';
  preferred_max_latency: 'percentiles';
  max_price: 'price';
  options: 'options';
}

// The compiler holds the table and the wire type to one another, both ways.
type FromTable = { [F in keyof FieldKinds]?: KindTypes[FieldKinds[F]] };
type Same<A, B> = [A, B] extends [B, A] ? ([Required<A>, Required<B>] extends [Required<B>, Required<A>] ? true : false) : false;

/** Every preference by its wire name, in the order in which they are printed. */
export const FIELDS: Same<FromTable, ProviderPreferences> extends true ? FieldKinds : never = {
  order: 'slugs',
  only: 'slugs',
  ignore: 'slugs',
  allow_fallbacks: 'flag',
  require_parameters: 'flag',
  data_collection: 'collection',
  zdr: 'flag',
  enforce_distillable_text: 'flag',
  quantizations: 'quantizations',
  sort: 'sort',
  preferred_min_throughput: 'percentiles',
  preferred_max_latency: 'percentiles',
  max_price: 'price',
  options: 'options',
};

export type Field = keyof FieldKinds;

/** The names of `FIELDS`, in its order. */
// Its keys are those of a literal whose type is closed.
export const FIELD_NAMES: readonly Field[] = Object.keys(FIELDS) as Field[];

/** What the server assumes anyway; stated, it restricts nothing. Every field in here is a guardrail. */
export const DEFAULTS: { readonly [F in Field]?: boolean | 'allow' } = {
  allow_fallbacks: true,
  require_parameters: false,
  data_collection: 'allow',
  zdr: false,
  enforce_distillable_text: false,
};

export const SORTS: readonly ProviderSort[] = ['price', 'throughput', 'latency', 'exacto'];
export const PARTITIONS: readonly string[] = ['model', 'none'];
export const PERCENTILES: readonly (keyof PercentileThresholds)[] = ['p50', 'p75', 'p90', 'p99'];
export const TOKEN_PRICES: readonly (keyof MaxPrice)[] = ['prompt', 'completion'];
export const PRICES: readonly (keyof MaxPrice)[] = [...TOKEN_PRICES, 'request', 'image', 'audio'];
export const QUANTIZATIONS: readonly string[] = [
  'int4', 'int8', 'fp4', 'mxfp4', 'nvfp4', 'fp6', 'fp8', 'mxfp8', 'fp16', 'bf16', 'fp32', 'unknown',
];

/** `max_price` → `maxPrice`. */
export function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The preferences among `said`, in the sequence of `FIELDS`. */
export function inOrder(said: ProviderPreferences): ProviderPreferences {
  const wire: { [field: string]: unknown } = {};
  for (const field of FIELD_NAMES) if (said[field] !== undefined) wire[field] = said[field];
  return wire;
}
