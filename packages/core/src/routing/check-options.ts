import { InvalidOptionsError, type OptionIssue } from '../errors/invalid-options-error.js';
import { SORTS } from '../policy/fields.js';
import { isRecord, show } from '../policy/report.js';
import type { RouteOptions } from './options.js';

/** Tells what is wrong with a value. */
type Check = (value: unknown, path: string) => readonly OptionIssue[];

const must = (is: (value: unknown) => boolean, what: string): Check => (value, path) => (is(value) ? [] : [{ path, message: `expected ${what}, got ${show(value)}` }]);
const word = (...words: readonly unknown[]): Check => must((value) => words.includes(value), words.map(show).join(' or '));

/** An object with these parts, none of which is required; null counts as left out. */
const parts = (checks: { readonly [key: string]: Check }): Check => (value, path) => {
  if (!isRecord(value)) return must(isRecord, 'an object')(value, path);
  return Object.entries(value).flatMap(([key, part]): readonly OptionIssue[] => {
    if (part == null) return [];
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    const at = `${path}.${key}`;
    return check ? check(part, at) : [{ path: at, message: 'is not a known key', suggestion: `known: ${Object.keys(checks).join(', ')}` }];
  });
};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isRows = (value: unknown): boolean => Array.isArray(value) && value.every(isRecord);
const isUse = (value: unknown): boolean => value === 'prioritized' || value === 'fallback';
const isKey = (value: unknown): boolean => (isRecord(value) ? isUse(value['use']) && isTexts(value['models'] ?? []) : isUse(value));
const eachOf = (is: (value: unknown) => boolean) => (value: unknown): boolean => isRecord(value) && Object.values(value).every(is);

const text = must(isText, 'a text');
const texts = must(isTexts, 'an array of texts');
const byEndpoint = must((value) => isRecord(value) || isFunction(value), 'an object by tag, or a function');

const options = parts({
  health: byEndpoint,
  facts: byEndpoint,
  zdr: must((value) => isRows(isRecord(value) ? value['data'] : value), 'what /endpoints/zdr returned'),
  account: parts({
    only: texts, ignore: texts, allowedModels: texts, zdr: word(true, false), data_collection: word('allow', 'deny'), sort: word(...SORTS), defaultModel: text,
    byok: must(eachOf(isKey), 'by slug "prioritized", "fallback", or { use, models }'),
  }),
  rng: must(isFunction, 'a function'),
  aliases: must(eachOf((ids) => isText(ids) || isTexts(ids)), 'by id an id, or an array of ids'),
  unknown: word('keep', 'drop'),
  promptTokens: must((value) => isNumber(value) && value >= 0, 'a number that is not negative'),
  latencyUnit: word('milliseconds', 'seconds'),
  sticky: must((value) => isRecord(value) && isText(value['tag']) && isNumber(value['ageMs']), 'an object with tag and ageMs'),
  unsupportedTools: word('reject', 'ignore'),
  output: text,
});

const withoutNull = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, one]) => one != null));

/**
 * The options, of which those that are null count as left out.
 *
 * @throws {InvalidOptionsError} for names and values that are none: a guardrail that is misspelt must not be passed over.
 */
export function checkRouteOptions(given: RouteOptions | null): RouteOptions {
  const issues = options(given ?? {}, 'options');
  if (issues.length > 0) throw new InvalidOptionsError(issues);
  const { account, ...rest }: RouteOptions = given ?? {};
  return { ...withoutNull(rest), ...(account && { account: withoutNull(account) }) };
}
