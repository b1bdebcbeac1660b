import { compact } from '../compact.js';
import { isRecord } from '../policy/report.js';
import type { Served } from '../receipt/collect.js';
import { textOf } from '../text-of.js';
import type { ResponsesResponse, ResponsesUsage } from '../wire/responses.js';
import type { RouterMetadata } from '../wire/router-metadata.js';
import type { Usage } from '../wire/usage.js';
import { responsesFinishReason } from './said.js';

/** A usage with the names of chat's beside its own, which is what receipts and verdicts read. */
export function chatUsage(usage: ResponsesUsage | null | undefined): Usage | undefined {
  if (!isRecord(usage)) return undefined;
  const { input_tokens: input, output_tokens: output, input_tokens_details: read, output_tokens_details: written, cost_details: costs } = usage;
  return compact<Usage>({
    ...usage,
    prompt_tokens: input,
    completion_tokens: output,
    prompt_tokens_details: read,
    completion_tokens_details: written,
    cost_details: costs && compact({
      ...costs,
      upstream_inference_prompt_cost: costs.upstream_inference_input_cost,
      upstream_inference_completions_cost: costs.upstream_inference_output_cost,
    }),
  });
}

/** The provider that the router says it chose; the route's answers name none themselves. */
function selected({ endpoints }: RouterMetadata): string | undefined {
  return Array.isArray(endpoints?.available) ? textOf(endpoints.available.find((endpoint) => endpoint?.selected)?.provider) : undefined;
}

/** What a response says about who served it. */
export function servedInResponse(response: ResponsesResponse): Served {
  const { id, model, provider, usage, openrouter_metadata: router } = response;
  return compact<Served>({
    id: textOf(id),
    model: textOf(model),
    provider: textOf(provider) ?? (isRecord(router) ? selected(router) : undefined),
    usage: chatUsage(usage),
    router,
    finishReason: responsesFinishReason(response),
  });
}
