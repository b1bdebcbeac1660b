import type { MaxPrice } from '../wire/provider-preferences.js';
import type { Usage } from '../wire/usage.js';
import type { Finding } from './receipt.js';

// Costs are sums of products of decimals; compared as doubles they may be off in the last digits.
const SLACK = 1 + 1e-9;

const TOLD = [
  ['prompt', 'prompt_tokens', 'upstream_inference_prompt_cost'],
  ['completion', 'completion_tokens', 'upstream_inference_completions_cost'],
] as const;

/** Holds what was charged against `max_price`, component by component. */
export function verifyPrice(max: MaxPrice, usage: Usage | null | undefined): Finding {
  let proven = 0;
  for (const [name, counted, charged] of TOLD) {
    const paid = usage?.cost_details?.[charged];
    const most = ((usage?.[counted] ?? Number.NaN) * (max[name] ?? Number.NaN)) / 1e6;
    if (paid == null || Number.isNaN(most)) continue;
    if (paid <= most * SLACK) proven += 1;
    // writing to a cache costs more than the prompt price that the bound is about
    else if (name !== 'prompt' || !usage?.prompt_tokens_details?.cache_write_tokens) {
      return { verdict: 'violated', detail: `${name} cost ${paid} USD, at most ${most} was allowed` };
    }
  }
  return proven === Object.keys(max).length ? { verdict: 'kept' } : { verdict: 'unverifiable', detail: 'the cost is not told by component' };
}
