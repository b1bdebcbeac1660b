import { anything, type Check, either, flag, list, number, object, oneOf, record, text } from './check.js';

const QUANTIZATIONS = ['int4', 'int8', 'fp4', 'mxfp4', 'nvfp4', 'fp6', 'fp8', 'mxfp8', 'fp16', 'bf16', 'fp32', 'unknown'] as const;

const sort = oneOf('price', 'throughput', 'latency', 'exacto');
const slugs = list(text());
const percentiles = either(number(0), object({ p50: number(0), p75: number(0), p90: number(0), p99: number(0) }));

/** The specification has texts, live traffic numbers. */
const amount: Check = (value) => number(0)(typeof value === 'string' && value.trim() !== '' ? Number(value) : value);

/** The preferences of a request. Source: OpenRouter API, provider routing. */
export const provider: Check = object({
  order: slugs, only: slugs, ignore: slugs,
  allow_fallbacks: flag, require_parameters: flag, zdr: flag, enforce_distillable_text: flag,
  data_collection: oneOf('allow', 'deny'),
  quantizations: list(oneOf(...QUANTIZATIONS)),
  sort: (value) => (typeof value === 'string' ? sort(value) : object({ by: sort, partition: oneOf('model', 'none') })(value)),
  preferred_min_throughput: percentiles, preferred_max_latency: percentiles,
  max_price: object({ prompt: amount, completion: amount, request: amount, image: amount, audio: amount }),
  options: record(record(anything)),
});
