import type { MaxPrice, ProviderPreferences } from '../wire/provider-preferences.js';
import type { TokenPrice } from './price.js';

type CamelCase<Key extends string> = Key extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Key;

/** Price bounds as a user may write them: a bare number or decimal string is what the wire takes. */
export interface MaxPriceInput {
  /** USD per million prompt tokens, or a price from `usd`. */
  prompt?: number | string | TokenPrice | null;
  /** USD per million completion tokens, or a price from `usd`. */
  completion?: number | string | TokenPrice | null;
  /** USD per request. */
  request?: number | string | null;
  /** USD per image. */
  image?: number | string | null;
  /** USD per unit of audio. */
  audio?: number | string | null;
}

type Written<Value> = Value extends MaxPrice | undefined ? MaxPriceInput | Extract<Value, undefined> : Value;
type Snake = { [Key in keyof ProviderPreferences]: (Key extends 'max_price' ? Written<ProviderPreferences[Key]> : ProviderPreferences[Key]) | null };

/**
 * Provider preferences as a user writes them: the keys of OpenRouter's API, or the same in camelCase. `null` and
 * `undefined` mean no opinion.
 *
 * @example
 * { zdr: true, dataCollection: 'deny', maxPrice: { prompt: 1 } }
 */
export type ProviderPreferencesInput = Snake & { [Key in keyof Snake as CamelCase<Key & string>]: Snake[Key] };
