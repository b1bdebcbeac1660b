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
  [/your account's|guardrail|by-account/i, undefined, 'a setting of the OpenRouter account or key excludes it: see https://openrouter.ai/settings/privacy'],
  [/zero data retention|data_policy:zdr/i, 'zdr', 'no endpoint left keeps no data: drop provider.zdr or pick another model'],
  [/data policy|data_policy/i, 'data_collection', 'set provider.data_collection, and the privacy settings of the account, to what the model needs'],
  [/max.?price/i, 'max_price', 'raise provider.max_price; it is USD per million tokens, and catalogue prices are USD per token'],
  [/quantization/i, 'quantizations', 'add quantizations to provider.quantizations'],
  [/allowed.?providers/i, 'only', 'add providers that serve the model to provider.only'],
  [/ignored/i, 'ignore', 'take providers out of provider.ignore'],
  [/tool_choice/i, 'tool_choice', 'change tool_choice or the model'],
  [/tool/i, 'tools', 'pick a model that takes tools, or send none'],
  [/output modalities/i, 'modalities', 'ask for modalities that the model can make'],
  [/(image|audio|video|file) (support|input|capabilities)/i, 'messages', 'pick a model that takes such input'],
  [/cache control/i, 'cache_control', 'leave cache_control out, or pick another model'],
  [/require_parameters|parameters/i, 'require_parameters', 'drop provider.require_parameters, or the parameters that no endpoint takes'],
  [/data_region|\bgeo\b/i, 'region', 'use another region'],
  [/context_length/i, 'messages', 'shorten the messages'],
  [/filter by fallback/i, 'allow_fallbacks', 'name providers that serve the model in provider.order, or allow fallbacks'],
  [/for free/i, 'model', 'use the slug without :free'],
];

/** Finds the preference to blame in what the server said; `undefined` where it said too little. */
export function blame(said: string): Blame | undefined {
  const cause = CAUSES.find(([pattern]) => pattern.test(said));
  if (cause === undefined) return undefined;
  const [, preference, suggestion] = cause;
  return preference === undefined ? { suggestion } : { preference, suggestion };
}
