import type { Endpoint, Model } from '@waypost/core';
import { blendedPrice } from '@waypost/core/routing';
import type { GatewayEndpoint, GatewayModel } from './types.js';

function architecture(model: GatewayModel): NonNullable<Model['architecture']> {
  return {
    modality: `${model.inputModalities.join('+')}->${model.outputModalities.join('+')}`,
    input_modalities: [...model.inputModalities],
    output_modalities: [...model.outputModalities],
    tokenizer: model.tokenizer,
    instruct_type: null,
  };
}

const NO_DEFAULTS = { temperature: null, top_p: null, top_k: null, frequency_penalty: null, presence_penalty: null, repetition_penalty: null };

/** A row of `GET /models`; its price is that of the cheapest endpoint outside the service tiers. */
export function toWireModel(model: GatewayModel, alias?: { readonly slug: string; readonly name: string }): Model {
  const ordinary = model.endpoints.filter((endpoint) => endpoint.tier === undefined);
  const cheapest = ordinary.toSorted((a, b) => (blendedPrice(a.pricing) ?? Infinity) - (blendedPrice(b.pricing) ?? Infinity))[0];
  return {
    id: model.id, canonical_slug: model.canonicalSlug, hugging_face_id: null, name: model.name, created: model.created,
    description: model.description, context_length: model.contextLength, architecture: architecture(model),
    pricing: cheapest?.pricing ?? {},
    top_provider: {
      context_length: cheapest?.contextLength ?? null,
      max_completion_tokens: cheapest?.maxCompletionTokens ?? null,
      is_moderated: ordinary.some((endpoint) => endpoint.moderated),
    },
    per_request_limits: null,
    supported_parameters: [...new Set(model.endpoints.flatMap((endpoint) => endpoint.supportedParameters))],
    default_parameters: NO_DEFAULTS, supported_voices: null, knowledge_cutoff: null, expiration_date: null,
    links: { details: `/api/v1/models/${model.canonicalSlug}/endpoints` },
    ...(model.reasoning === undefined ? {} : { reasoning: { mandatory: model.reasoning.mandatory } }),
    ...(alias === undefined ? {} : { alias_target: alias }),
  };
}

/** Which values of `tool_choice` an endpoint takes: all of them, or none. */
function toolChoice({ supportedParameters }: GatewayEndpoint): Readonly<Record<'auto' | 'function' | 'none' | 'required', boolean>> {
  const takes = supportedParameters.includes('tool_choice');
  return { auto: takes, function: takes, none: takes, required: takes };
}

/** A row of an endpoint list; speeds are told only to who is logged in. */
export function toWireEndpoint(endpoint: GatewayEndpoint, model: GatewayModel, displayName: string, authenticated: boolean): Endpoint {
  return {
    name: `${displayName} | ${model.id}`, model_id: model.id, model_name: model.name, context_length: endpoint.contextLength,
    pricing: endpoint.pricing, provider_name: displayName, tag: endpoint.tag, quantization: endpoint.quantization,
    max_completion_tokens: endpoint.maxCompletionTokens, max_prompt_tokens: null,
    supported_parameters: [...endpoint.supportedParameters],
    status: endpoint.stable ? 0 : -1,
    uptime_last_5m: endpoint.stable ? 100 : 80, uptime_last_30m: endpoint.stable ? 99.9 : 95, uptime_last_1d: 99.5,
    supports_tool_choice: toolChoice(endpoint), supports_voice_cloning: false,
    supports_implicit_caching: endpoint.pricing.input_cache_read !== undefined,
    latency_last_30m: authenticated ? endpoint.latency : null,
    throughput_last_30m: authenticated ? endpoint.throughput : null,
  };
}
