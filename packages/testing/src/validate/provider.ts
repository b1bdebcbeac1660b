import { z } from 'zod';
import { optional, wordsOr } from './schema.js';

const QUANTIZATIONS = ['int4', 'int8', 'fp4', 'mxfp4', 'nvfp4', 'fp6', 'fp8', 'mxfp8', 'fp16', 'bf16', 'fp32', 'unknown'] as const;
const SORTS = ['price', 'throughput', 'latency', 'exacto'] as const;

const flag = z.boolean();
const slugs = z.array(z.string());
const some = z.number().min(0);
const percentiles = z.union([some, z.object(optional({ p50: some, p75: some, p90: some, p99: some }))]);

/** The specification has texts, live traffic numbers. */
const amount = z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), some);

/** The preferences of a request. Source: OpenRouter API, provider routing. */
export const provider: z.ZodType = z.object(optional({
  order: slugs, only: slugs, ignore: slugs,
  allow_fallbacks: flag, require_parameters: flag, zdr: flag, enforce_distillable_text: flag,
  data_collection: z.enum(['allow', 'deny']),
  quantizations: z.array(z.enum(QUANTIZATIONS)),
  sort: wordsOr(SORTS, z.object(optional({ by: z.enum(SORTS), partition: z.enum(['model', 'none']) }))),
  preferred_min_throughput: percentiles, preferred_max_latency: percentiles,
  max_price: z.object(optional({ prompt: amount, completion: amount, request: amount, image: amount, audio: amount })),
  options: z.record(z.string(), z.record(z.string(), z.unknown())),
}));
