import type { JSONObject } from '@ai-sdk/provider';
import { type CallOptions, InvalidOptionsError, type ModelEntry, type Plugin, type ProviderPreferencesInput, type ReasoningOptions } from '@waypost/core';
import { isPlain } from './is-record.js';

/**
 * What `providerOptions.openrouter` of a call may hold: the policy of the call, which can only tighten the model's, and fields of
 * the request body in the spelling of the API. Fields that this type does not name are sent as well; `model`, `messages` and
 * `stream` are refused.
 *
 * @example
 * generateText({ model, prompt, providerOptions: { openrouter: { provider: { zdr: true } } satisfies OpenRouterProviderOptions } })
 */
export type OpenRouterProviderOptions = {
  provider?: ProviderPreferencesInput;
  extends?: CallOptions['extends'];
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
  parallelToolCalls?: boolean;
  logitBias?: { [token: number]: number };
  // Fields that neither the AI SDK nor the settings have.
  modalities?: string[];
  audio?: { voice?: string; format?: string };
  image_config?: JSONObject;
  service_tier?: string;
  verbosity?: string;
  preset?: string;
  min_p?: number;
  top_a?: number;
  repetition_penalty?: number;
  max_tool_calls?: number;
  stop_server_tools_when?: JSONObject[];
  web_search_options?: JSONObject;
  debug?: { echo_upstream_body?: boolean };
  metadata?: { [name: string]: string };
  trace?: JSONObject;
};

const NAME = 'openrouter';

// Options of the client; everything else is a field of the body.
const CALL_OPTIONS: ReadonlySet<string> = new Set([
  'provider', 'extends', 'models', 'allowedModels', 'region', 'acknowledge', 'allowUnknownPreferences',
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

/** Whether a name is ours but for a slip or two in one place, for case and signs, and for what follows (`openrouter.chat`); or the name of this package. */
function isMeant(name: string): boolean {
  const word = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  let same = 0;
  while (same < word.length && word[same] === NAME[same]) same++;
  let [ends, theirs] = [word.length, NAME.length];
  while (ends > same && theirs > same && word[ends - 1] === NAME[theirs - 1]) [ends, theirs] = [ends - 1, theirs - 1];
  return Math.max(ends, theirs) - same <= 2 || same === NAME.length || word === 'waypost';
}

/** Refuses options under a name that is nearly ours, and what is no object: the guardrails in it would be lost in silence. */
function checkGiven(given: { readonly [provider: string]: unknown }): void {
  const refuse = (name: string, message: string, suggestion: string): never => {
    throw new InvalidOptionsError([{ path: `providerOptions.${name}`, message, suggestion }]);
  };
  for (const [name, options] of Object.entries(given)) {
    if (name !== NAME) {
      if (isMeant(name)) refuse(name, 'is read by nobody', `write providerOptions.${NAME}`);
    } else if (options != null && !isPlain(options)) {
      refuse(name, `expected a plain object, got ${Array.isArray(options) ? 'an array' : typeof options}`, 'such as { provider: { zdr: true } }');
    }
  }
}

/** Parts what a call's `providerOptions.openrouter` holds into options of the client and, where it has any, fields of the body. */
export function splitProviderOptions(options: { providerOptions?: { readonly [provider: string]: JSONObject } }): { callOptions: CallOptions; body?: Fields } {
  // Only names of CallOptions go in, and core checks every value.
  const callOptions: CallOptions & Fields = {};
  let body: Fields | undefined;
  const given = options.providerOptions ?? {};
  checkGiven(given);
  for (const [name, value] of Object.entries(given[NAME] ?? {})) {
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
