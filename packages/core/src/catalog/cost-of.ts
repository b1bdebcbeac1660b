import { add, decimal, type Decimal, multiply, parseDecimal, toNumber, toText } from '../decimal.js';
import { addExpected, createReport, isRecord, throwIssues } from '../policy/report.js';
import type { Pricing } from '../wire/models.js';
import type { Usage } from '../wire/usage.js';
import { effectivePricing } from './effective-pricing.js';

/** One line of a bill. */
export interface CostPart {
  /** Name of the price, as the catalogue has it: `prompt`, `input_cache_read` … */
  component: string;
  /** Tokens, or requests, images, searches. */
  count: number;
  /** USD each, as the catalogue writes it. */
  price: string;
  /** USD, exact. */
  cost: string;
}

/** What something costs at the prices of a catalogue. */
export interface Cost {
  /** USD, exact: the sum of the parts. */
  total: string;
  /** The same as a number, rounded to the nearest double. */
  usd: number;
  /** Only those that were used; without a price of their own, tokens are billed as their kind is. */
  parts: CostPart[];
  /** What was used but has no price in the catalogue, so that the total is short of it. */
  unpriced: string[];
}

/** What a usage does not tell. */
export interface CostOptions {
  /** Milliseconds since the epoch at which the request was made; without it, prices for times of day do not apply. */
  at?: number;
  /** Images of the prompt, where they are billed by the piece. Default 0. */
  images?: number;
  /** Default 1. */
  requests?: number;
  /** How long what is written to the prompt cache stays there. Default `5m`; `1h` has a price of its own with some models. */
  cacheTtl?: '5m' | '1h';
}

type Line = readonly [component: string, count: number, ...insteadOf: readonly string[]];

const counted = (value: number | null | undefined): number => value ?? 0;

const searchesOf = ({ server_tool_use_details: details, server_tool_use: old }: Usage): number | null | undefined => (details ?? old)?.web_search_requests;

/** What was used, split so that nothing is counted twice, and the price of each kind, with what it is billed as where it has none. */
function linesOf(usage: Usage, { images = 0, requests = 1, cacheTtl = '5m' }: CostOptions): Line[] {
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage;
  const cached = counted(input?.cached_tokens);
  const written = counted(input?.cache_write_tokens);
  const heard = counted(input?.audio_tokens);
  const spoken = counted(output?.audio_tokens);
  const drawn = counted(output?.image_tokens);
  const completion = counted(usage.completion_tokens);
  // some providers report more reasoning than completion
  const thought = Math.min(counted(output?.reasoning_tokens), Math.max(0, completion - spoken - drawn));
  return [
    ['prompt', Math.max(0, counted(usage.prompt_tokens) - cached - written - heard)],
    ['input_cache_read', cached, 'prompt'],
    [cacheTtl === '1h' ? 'input_cache_write_1h' : 'input_cache_write', written, 'input_cache_write', 'prompt'],
    ['audio', heard, 'prompt'],
    ['completion', Math.max(0, completion - thought - spoken - drawn)],
    ['internal_reasoning', thought, 'completion'],
    ['audio_output', spoken, 'completion'],
    ['image_output', drawn, 'image_token', 'completion'],
    ['image', images],
    ['web_search', counted(searchesOf(usage))],
    ['request', requests],
  ];
}

// Not priced is no fault here: most models bill neither.
const SELDOM = new Set(['request', 'image']);

/** A price that can be billed; routers say `-1`, which is none. Reasoning for nothing means that it is billed as output. */
function priceOf(pricing: Pricing, component: string): Decimal | undefined {
  const listed = pricing[component];
  const price = typeof listed === 'string' || typeof listed === 'number' ? parseDecimal(listed) : undefined;
  if (price === undefined || price.digits < 0n || (component === 'internal_reasoning' && price.digits === 0n)) return undefined;
  return price;
}

/** @throws {InvalidOptionsError} naming what is none. */
function checkCounts(usage: Usage, pricing: Pricing, { images, requests }: CostOptions): void {
  const report = createReport();
  for (const [path, value] of [['usage', usage], ['pricing', pricing]] as const) if (!isRecord(value)) addExpected(report, path, 'an object', value);
  throwIssues(report);
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage;
  const counts: { readonly [path: string]: unknown } = {
    'options.images': images,
    'options.requests': requests,
    'usage.prompt_tokens': usage.prompt_tokens,
    'usage.completion_tokens': usage.completion_tokens,
    'usage.prompt_tokens_details.cached_tokens': input?.cached_tokens,
    'usage.prompt_tokens_details.cache_write_tokens': input?.cache_write_tokens,
    'usage.prompt_tokens_details.audio_tokens': input?.audio_tokens,
    'usage.completion_tokens_details.reasoning_tokens': output?.reasoning_tokens,
    'usage.completion_tokens_details.audio_tokens': output?.audio_tokens,
    'usage.completion_tokens_details.image_tokens': output?.image_tokens,
    'usage.server_tool_use_details.web_search_requests': searchesOf(usage),
  };
  for (const [path, count] of Object.entries(counts)) {
    if (count != null && !(typeof count === 'number' && count >= 0 && count < Infinity)) addExpected(report, path, 'a number that is not negative', count);
  }
  throwIssues(report);
}

/**
 * What a usage costs at some prices, in exact decimals: conditional prices, cache reads and writes, audio, images and searches
 * included. `discount` is left alone, since the catalogue does not say whether its prices have it in them already.
 *
 * It is what the catalogue says; what was charged is in `usage.cost`, which with an own provider key is OpenRouter's fee only.
 *
 * @throws {InvalidOptionsError} for a count that is none, and for what is no usage or no prices.
 * @example
 * costOf({ prompt_tokens: 1000, completion_tokens: 200 }, { prompt: '0.0000025', completion: '0.00001' }).total // → '0.0045'
 *
 * Source: OpenRouter API, list models; usage accounting.
 */
export function costOf(usage: Usage, pricing: Pricing, options: CostOptions = {}): Cost {
  const { at } = options;
  checkCounts(usage, pricing, options);
  const prices = effectivePricing(pricing, { promptTokens: counted(usage.prompt_tokens), ...(at !== undefined && { at }) });
  const parts: CostPart[] = [];
  const costs: Decimal[] = [];
  const unpriced: string[] = [];
  for (const [name, count, ...others] of linesOf(usage, options)) {
    if (count === 0) continue;
    const component = [name, ...others].find((one) => priceOf(prices, one) !== undefined);
    const price = component === undefined ? undefined : priceOf(prices, component);
    if (component === undefined || price === undefined) {
      if (!SELDOM.has(name)) unpriced.push(name);
      continue;
    }
    if (price.digits === 0n && name !== 'prompt' && name !== 'completion') continue;
    const cost = multiply(price, decimal(count));
    costs.push(cost);
    parts.push({ component, count, price: toText(price), cost: toText(cost) });
  }
  const total = add(...costs);
  return { total: toText(total), usd: toNumber(total), parts, unpriced };
}
