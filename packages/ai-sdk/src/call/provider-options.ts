import type { JSONObject } from '@ai-sdk/provider';
import type { CallOptions, ModelEntry, Plugin, ProviderPreferencesInput, ReasoningOptions } from '@waypost/core';

/**
 * What `providerOptions.openrouter` of a call may hold: the policy of the call, which can only tighten the model's, and any
 * field of the request body in the spelling of the API. `model`, `messages` and `stream` are refused.
 *
 * @example
 * generateText({ model, prompt, providerOptions: { openrouter: { provider: { zdr: true } } satisfies OpenRouterProviderOptions } })
 */
export type OpenRouterProviderOptions = {
  provider?: ProviderPreferencesInput;
  models?: ModelEntry[];
  allowedModels?: string[];
  region?: CallOptions['region'];
  acknowledge?: CallOptions['acknowledge'];
  allowUnknownPreferences?: boolean;
  timeout?: number;
  firstTokenTimeout?: number;
  idleTimeout?: number;
  deadline?: number;
  cache?: CallOptions['cache'];
  verify?: CallOptions['verify'];
  receipt?: CallOptions['receipt'];
  reasoning?: ReasoningOptions;
  plugins?: Plugin[];
  user?: string;
  sessionId?: string;
  cacheControl?: { type: 'ephemeral'; ttl?: '5m' | '1h' };
};

// Options of the client; everything else is a field of the body.
const CALL_OPTIONS: ReadonlySet<string> = new Set([
  'provider', 'models', 'allowedModels', 'region', 'acknowledge', 'allowUnknownPreferences',
  'timeout', 'firstTokenTimeout', 'idleTimeout', 'deadline', 'cache', 'verify', 'receipt',
]);

const WIRE_NAMES: { readonly [name: string]: string } = {
  cacheControl: 'cache_control',
  sessionId: 'session_id',
  parallelToolCalls: 'parallel_tool_calls',
  logitBias: 'logit_bias',
  includeReasoning: 'include_reasoning',
};

type Fields = { [name: string]: unknown };

/** Parts what a call's `providerOptions.openrouter` holds into options of the client and, where it has any, fields of the body. */
export function splitProviderOptions(options: { providerOptions?: { readonly [provider: string]: JSONObject } }): { callOptions: CallOptions; body?: Fields } {
  // Only names of CallOptions go in, and core checks every value.
  const callOptions: CallOptions & Fields = {};
  let body: Fields | undefined;
  for (const [name, value] of Object.entries(options.providerOptions?.['openrouter'] ?? {})) {
    if (CALL_OPTIONS.has(name)) callOptions[name] = value;
    else {
      const wire = Object.hasOwn(WIRE_NAMES, name) ? WIRE_NAMES[name] : undefined;
      body ??= {};
      if (wire === undefined) body[name] = value;
      else body[wire] ??= value;
    }
  }
  return { callOptions, ...(body && { body }) };
}
