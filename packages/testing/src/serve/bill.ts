import type { ChatRequest, Pricing, Usage } from '@waypost/core';
import { add, type Decimal, decimal, multiply, toNumber, toText, ZERO } from '../decimal.js';
import type { Candidate } from '../routing/types.js';
import type { Reply } from '../scenario/reply.js';
import { completionTokens, promptTokens } from './tokens.js';

/** Share of the list price that OpenRouter keeps where the account's own key is used. */
const BYOK_FEE = decimal('0.05');

function priceOf(pricing: Pricing, component: string): Decimal {
  const value = pricing[component];
  return typeof value === 'string' || typeof value === 'number' ? decimal(value) : ZERO;
}

/** What one generation costs. */
export interface Bill {
  readonly usage: Usage;
  /** USD charged, exact. */
  readonly cost: string;
}

/** What a bill may say beside the reply. */
interface BillOptions {
  /** `false`: insured, as an error is. Default true. */
  readonly charged?: boolean;
  /** Seconds and the like that are billed at the price of their component. */
  readonly units?: Readonly<Record<string, number>>;
}

/** What is billed for. */
export interface Amounts {
  readonly prompt: number;
  readonly completion: number;
  /** Parts of `prompt`. */
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly images?: number;
  readonly units?: Readonly<Record<string, number>>;
}

/** What amounts cost at an endpoint. */
interface Costs {
  /** Of the provider. */
  readonly input: Decimal;
  readonly output: Decimal;
  /** Of the account: that, or the fee where its own key is used. */
  readonly charge: Decimal;
}

/** Cached tokens at the cache-read price, written ones at the cache-write price, where there are such prices. */
export function costsOf(candidate: Pick<Candidate, 'endpoint' | 'byok'>, { prompt, completion, cached = 0, cacheWrite = 0, images = 0, units = {} }: Amounts): Costs {
  const { pricing } = candidate.endpoint;
  const component = (name: string): Decimal => priceOf(pricing, pricing[name] === undefined ? 'prompt' : name);
  const input = add(
    multiply(priceOf(pricing, 'prompt'), prompt - cached - cacheWrite),
    multiply(component('input_cache_read'), cached),
    multiply(component('input_cache_write'), cacheWrite),
    priceOf(pricing, 'request'),
  );
  const output = add(
    multiply(priceOf(pricing, 'completion'), completion),
    multiply(priceOf(pricing, 'image'), images),
    ...Object.entries(units).map(([name, amount]) => multiply(priceOf(pricing, name), amount)),
  );
  const upstream = add(input, output);
  return { input, output, charge: candidate.byok ? multiply(upstream, BYOK_FEE) : upstream };
}

/** Counts the tokens of a reply and charges them at the prices of the endpoint that served. */
export function bill(candidate: Candidate, body: ChatRequest, reply: Reply, { charged = true, units = {} }: BillOptions = {}): Bill {
  const counted = completionTokens(reply.message);
  const { prompt = promptTokens(body), completion = counted.total, cached = 0, cacheWrite = 0, reasoning = counted.reasoning, image = 0 } = reply.tokens ?? {};
  const images = reply.message.images?.length ?? 0;
  const { input, output, charge } = costsOf(candidate, { prompt, completion, cached, cacheWrite, images, units });
  const cost = charged ? charge : ZERO;
  return {
    cost: toText(cost),
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      cost: toNumber(cost),
      is_byok: candidate.byok,
      prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite, audio_tokens: 0, video_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0, image_tokens: image },
      cost_details: {
        upstream_inference_cost: toNumber(add(input, output)),
        upstream_inference_prompt_cost: toNumber(input),
        upstream_inference_completions_cost: toNumber(output),
      },
      ...(reply.toolUse === undefined ? {} : { server_tool_use_details: reply.toolUse }),
    },
  };
}
