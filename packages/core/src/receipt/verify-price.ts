import type { MaxPrice } from '../wire/provider-preferences.js';
import type { Usage } from '../wire/usage.js';
import type { Finding } from './verify-policy.js';

// Costs are sums of products of decimals; compared as doubles they may be off in the last digits.
const SLACK = 1 + 1e-9;

const bound = (tokens: number | undefined, usdPerMillion: number): number | undefined =>
  tokens === undefined ? undefined : (tokens * usdPerMillion) / 1e6;

/** Holds what was charged against `max_price`, component by component. */
export function verifyPrice(max: MaxPrice, usage: Usage | null | undefined): Finding {
  if (!usage) return { verdict: 'unverifiable', detail: 'the response has no usage' };
  const details = usage.cost_details;
  const components: [name: string, paid: number | null | undefined, most: number | undefined][] = [];
  if (max.prompt !== undefined) components.push(['prompt', details?.upstream_inference_prompt_cost, bound(usage.prompt_tokens, max.prompt)]);
  if (max.completion !== undefined) {
    components.push(['completion', details?.upstream_inference_completions_cost, bound(usage.completion_tokens, max.completion)]);
  }
  let unknown = components.length < Object.keys(max).length;
  for (const [name, paid, most] of components) {
    if (paid == null || most === undefined) {
      unknown = true;
    } else if (paid > most * SLACK) {
      // writing to a cache costs more than the prompt price that the bound is about
      if (name === 'prompt' && (usage.prompt_tokens_details?.cache_write_tokens ?? 0) > 0) unknown = true;
      else return { verdict: 'violated', detail: `${name} cost ${paid} USD, at most ${most} was allowed` };
    }
  }
  return unknown ? { verdict: 'unverifiable', detail: 'the cost is not told by component' } : { verdict: 'kept' };
}
