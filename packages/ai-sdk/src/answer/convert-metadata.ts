import type { JSONObject, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import type { ChatResponse, Receipt, ReasoningDetail } from '@waypost/core';
import { objectsOf } from '../call/objects-of.js';
import { otherAnnotations } from './convert-annotations.js';
import { usageMetadata } from './convert-usage.js';

/** What came from, or will go to, the wire is JSON; its types only lack the index signature. */
export function asJson(value: object): JSONObject {
  return value as JSONObject;
}

/** Metadata of a part that carries reasoning details into the next turn. */
export function detailsMetadata(details: readonly ReasoningDetail[], extra?: JSONObject): SharedV4ProviderMetadata {
  return { openrouter: { reasoning_details: details.map(asJson), ...extra } };
}

/** `providerMetadata.openrouter` of a whole answer. */
export function answerMetadata(response: ChatResponse | undefined, receipt: Receipt | undefined, incomplete: readonly JSONObject[]): SharedV4ProviderMetadata {
  const choice = response?.choices[0];
  const message = choice?.message;
  const annotations = otherAnnotations(message?.annotations);
  return {
    openrouter: {
      ...(response?.provider !== undefined && { provider: response.provider }),
      reasoning_details: objectsOf(message?.reasoning_details).map(asJson),
      ...(annotations.length > 0 && { annotations: annotations.map(asJson) }),
      usage: usageMetadata(response?.usage),
      ...(response?.id !== undefined && { generationId: response.id }),
      ...(choice?.native_finish_reason != null && { nativeFinishReason: choice.native_finish_reason }),
      ...(message?.refusal != null && { refusal: message.refusal }),
      ...(typeof choice?.logprobs === 'object' && choice.logprobs !== null && { logprobs: asJson(choice.logprobs) }),
      ...(response?.service_tier != null && { serviceTier: response.service_tier }),
      ...(incomplete.length > 0 && { incompleteToolCalls: [...incomplete] }),
      ...(receipt && { receipt: asJson(receipt) }),
    },
  };
}
