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

/** Every preference by its wire name, in the order in which they are printed. */
export const FIELDS: FieldKinds = {
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

// The compiler holds the table and the wire type to one another, both ways.
type FromTable = { [F in Field]?: KindTypes[FieldKinds[F]] };
type Same<A, B> = [A, B] extends [B, A] ? ([Required<A>, Required<B>] extends [Required<B>, Required<A>] ? true : false) : false;
export const tableMatchesWireType: Same<FromTable, ProviderPreferences> = true;

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
