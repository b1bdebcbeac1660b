/** What a routing failure comes from, and what to do about it. */
export interface Blame {
  /** Wire name of the preference or request field; absent where it is a setting of the account. */
  preference?: string;
  suggestion: string;
}

/**
 * Tested in order on the failed step, the message and `excluded_by` together, which is why settings of the account, told only
 * by the message, come first. Source: OpenRouter API, provider routing; real error bodies.
 */
const CAUSES: readonly (readonly [pattern: RegExp, preference: string | undefined, suggestion: string])[] = [
  [/your account's|guardrail|by-account/i, undefined, 'a setting of the OpenRouter account or key excludes them'],
  [/zero data retention|data_policy:zdr/i, 'zdr', 'no endpoint of these models keeps no data'],
  [/data policy|data_policy/i, 'data_collection', 'check provider.data_collection and the privacy settings of the account'],
  [/max.?price/i, 'max_price', 'raise provider.max_price, which is USD per million tokens'],
  [/quantization/i, 'quantizations', 'allow more in provider.quantizations'],
  [/allowed.?providers/i, 'only', 'name providers that serve the model in provider.only'],
  [/ignored/i, 'ignore', 'take providers out of provider.ignore'],
  [/tool_choice/i, 'tool_choice', 'change tool_choice or the model'],
  [/tool/i, 'tools', 'send no tools, or change the model'],
  [/output modalities/i, 'modalities', 'change modalities or the model'],
  [/(image|audio|video|file) (support|input|capabilities)/i, 'messages', 'send no such input, or change the model'],
  [/cache control/i, 'cache_control', 'drop cache_control, or change the model'],
  [/require_parameters|parameters/i, 'require_parameters', 'drop provider.require_parameters, or parameters that no endpoint takes'],
  [/data_region|\bgeo\b/i, 'region', 'use another region'],
  [/context_length/i, 'messages', 'shorten the messages'],
  [/filter by fallback/i, 'allow_fallbacks', 'allow fallbacks, or name providers that serve the model'],
  [/for free/i, 'model', 'use the slug without :free'],
];

/** Finds the preference to blame in what the server said; `undefined` where it said too little. */
export function blame(said: string): Blame | undefined {
  const cause = CAUSES.find(([pattern]) => pattern.test(said));
  if (cause === undefined) return undefined;
  const [, preference, suggestion] = cause;
  return { preference, suggestion };
}
