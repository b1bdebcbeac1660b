import { compact } from '../compact.js';
import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { checkKeys, checkList, isEmpty } from '../policy/check-parts.js';
import { foldPolicies } from '../policy/guardrails.js';
import type { Policy } from '../policy/policy.js';
import { printPolicy } from '../policy/print.js';
import { addExpected, addIssue, isRecord, type Report } from '../policy/report.js';
import { checkPrice } from '../policy/validate-values.js';
import type { Window } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { MaxPrice, ProviderPreferences } from '../wire/provider-preferences.js';
import { knownModelId } from './model-id.js';

/** The server takes no more than this many `models`. Source: OpenRouter API, model fallbacks. */
export const MAX_MODELS = 3;

/** A model of a chain, checked. */
export interface ChainEntry {
  readonly model: string;
  readonly maxPrice?: MaxPrice;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Checks a `models` list. */
export function checkModels(value: unknown, path: string, report: Report): readonly ChainEntry[] | undefined {
  if (value == null) return undefined;
  return checkList(value, 'models', path, report, (entry, at): ChainEntry => {
    if (typeof entry === 'string') return { model: entry };
    if (!isRecord(entry) || typeof entry['model'] !== 'string') {
      addExpected(report, at, 'a model id or { model, maxPrice?, timeout? }', entry);
      // keeps the place of those after it
      return { model: '' };
    }
    checkKeys(entry, ['model', 'maxPrice', 'max_price', 'timeout'], at, report);
    const { model, maxPrice, max_price, timeout } = entry;
    const price = maxPrice ?? max_price;
    if (maxPrice != null && max_price != null) addIssue(report, `${at}.maxPrice`, 'is given twice, also as max_price', 'keep one spelling');
    const bounds = price == null ? undefined : checkPrice(price, `${at}.maxPrice`, report);
    if (timeout != null && !(typeof timeout === 'number' && timeout > 0)) addExpected(report, `${at}.timeout`, 'milliseconds', timeout);
    return compact({ model, maxPrice: isEmpty(bounds) ? undefined : bounds, timeout: typeof timeout === 'number' ? timeout : undefined });
  });
}

/** Of two entries for one model the tighter limits stand. */
function tighter(a: ChainEntry, b: ChainEntry): ChainEntry {
  const { max_price: maxPrice } = foldPolicies({ max_price: a.maxPrice }, { max_price: b.maxPrice });
  const timeout = Math.min(a.timeout ?? Infinity, b.timeout ?? Infinity);
  return compact({ model: a.model, maxPrice, timeout: timeout < Infinity ? timeout : undefined });
}

/** `[model, ...models]` without repetitions. @throws {InvalidOptionsError} when one is not a model id. */
export function chainOf(model: string | undefined, models: readonly ChainEntry[]): readonly ChainEntry[] {
  if (model !== undefined) knownModelId(model);
  models.forEach((entry, i) => knownModelId(entry.model, `models[${i}]`));
  const chain = new Map<string, ChainEntry>();
  for (const entry of model === undefined ? models : [{ model }, ...models]) {
    const known = chain.get(entry.model);
    chain.set(entry.model, known ? tighter(known, entry) : entry);
  }
  return [...chain.values()];
}

/** hot: see the note on arrays in `resolveWithin`. */
function idsOf(entries: readonly ChainEntry[]): readonly string[] {
  const ids: string[] = [];
  for (const { model } of entries) ids.push(model);
  return ids;
}

const isPlain = (entry: ChainEntry): boolean => entry.maxPrice === undefined && entry.timeout === undefined;

/** Groups of models that travel together: plain neighbours by three, an entry with limits alone. */
function groups(chain: readonly ChainEntry[]): ChainEntry[][] {
  const rows: ChainEntry[][] = [];
  for (const entry of chain) {
    const last = rows.at(-1);
    if (last?.every(isPlain) && isPlain(entry) && last.length < MAX_MODELS) last.push(entry);
    else rows.push([entry]);
  }
  return rows;
}

/** What the windows are made from. */
export interface WindowSource {
  readonly body: Omit<ChatRequest, 'model' | 'models' | 'provider' | 'stream'>;
  readonly model: string | undefined;
  readonly models: readonly ChainEntry[];
  /** See `chainOf`. */
  readonly chain: readonly ChainEntry[];
  readonly policy: Policy;
  /** The policy as it is sent, but for limits of single models. */
  readonly provider: ProviderPreferences | undefined;
  /** Whether the request makes service-tier endpoints eligible. */
  readonly tierEndpoints: boolean;
}

/**
 * The requests that a chain is sent as: one, as written, where the server can take it; else windows of three, in order.
 *
 * @throws {PolicyConflictError} when `sort.partition: "none"` asks for one list over more models than fit one request.
 */
export function windowsOf(source: WindowSource): readonly Window[] {
  const { body, model, models, policy, provider, tierEndpoints, chain } = source;
  const build = (entries: readonly ChainEntry[], first: string | undefined, others: readonly string[]): Window => {
    const { maxPrice, timeout }: Partial<ChainEntry> = (entries.length === 1 && entries[0]) || {};
    return compact<Window>({
      models: idsOf(entries),
      // What `body` leaves out of a request is put in here.
      body: compact({
        model: first,
        models: others.length > 0 ? others : undefined,
        ...body,
        // a copy, since the entry is there for the next call
        provider: maxPrice ? printPolicy(foldPolicies(policy, { max_price: { ...maxPrice } }), tierEndpoints) : provider,
      }) as ChatRequest,
      timeout,
    });
  };
  if (models.length <= MAX_MODELS && chain.every(isPlain)) return [build(chain, model, idsOf(models))];
  const rows = groups(chain);
  if (rows.length > 1 && typeof policy.sort === 'object' && policy.sort.partition === 'none') {
    throw new PolicyConflictError({
      field: 'provider.sort.partition',
      message: `"none" ranks all models in one list, but ${chain.length} models do not fit one request`,
      suggestion: `name at most ${MAX_MODELS} models, without limits of their own`,
    });
  }
  return rows.map((entries) => build(entries, entries[0]?.model, idsOf(entries.slice(1))));
}
