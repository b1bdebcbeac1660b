import { FIELDS } from '../policy/fields.js';

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
const CAUSES: readonly (readonly [pattern: RegExp, preference: string | undefined, suggestion?: string])[] = [
  [/your account's|guardrail|by-account/i, undefined, 'a setting of the OpenRouter account or key excludes them'],
  [/zero data retention|data_policy:zdr/i, 'zdr'],
  [/data.policy/i, 'data_collection', 'check provider.data_collection and the privacy settings of the account'],
  [/max.?price/i, 'max_price', 'raise provider.max_price, which is USD per million tokens'],
  [/quantization/i, 'quantizations'],
  [/allowed.?providers/i, 'only'],
  [/ignored/i, 'ignore'],
  [/tool_choice/i, 'tool_choice'],
  [/tool/i, 'tools'],
  [/output modalities/i, 'modalities'],
  [/(image|audio|video|file) (support|input|capabilities)|context_length/i, 'messages'],
  [/cache control/i, 'cache_control'],
  [/parameters/i, 'require_parameters'],
  [/data_region|\bgeo\b/i, 'region'],
  [/filter by fallback/i, 'allow_fallbacks'],
  [/for free/i, 'model', 'use the slug without :free'],
];

/** Finds the preference to blame in what the server said; `undefined` where it said too little. */
export function blame(said: string): Blame | undefined {
  const cause = CAUSES.find(([pattern]) => pattern.test(said));
  if (cause === undefined) return undefined;
  const [, preference, suggestion] = cause;
  return { preference, suggestion: suggestion ?? `relax ${String(preference) in FIELDS ? 'provider.' : ''}${preference}, or change the model` };
}
