import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { foldPolicies } from '../policy/guardrails.js';
import type { Policy } from '../policy/policy.js';
import { printPolicy } from '../policy/print.js';
import { addIssue, isRecord, type Report, show } from '../policy/report.js';
import { checkPrice } from '../policy/validate-values.js';
import type { Window } from '../transport/types.js';
import type { ChatRequest } from '../wire/chat.js';
import type { MaxPrice } from '../wire/provider-preferences.js';
import { parseModelId } from './model-id.js';

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
  if (!Array.isArray(value)) {
    addIssue(report, path, `expected an array of models, got ${show(value)}`, typeof value === 'string' ? `write [${show(value)}]` : undefined);
    return undefined;
  }
  return value.map((entry: unknown, i): ChainEntry => {
    const at = `${path}[${i}]`;
    if (typeof entry === 'string') return { model: entry };
    if (!isRecord(entry) || typeof entry['model'] !== 'string') {
      addIssue(report, at, `expected a model id or { model, maxPrice?, timeout? }, got ${show(entry)}`);
      return { model: '' };
    }
    for (const key of Object.keys(entry)) {
      if (!['model', 'maxPrice', 'max_price', 'timeout'].includes(key)) addIssue(report, `${at}.${key}`, 'is not a known key', 'model, maxPrice or timeout');
    }
    if (entry['maxPrice'] != null && entry['max_price'] != null) addIssue(report, `${at}.maxPrice`, 'is given twice, also as max_price', 'keep one spelling');
    const price = entry['maxPrice'] ?? entry['max_price'];
    const maxPrice = price == null ? undefined : checkPrice(price, `${at}.maxPrice`, report);
    const timeout = entry['timeout'];
    if (timeout != null && !(typeof timeout === 'number' && timeout > 0)) addIssue(report, `${at}.timeout`, `expected milliseconds, got ${show(timeout)}`);
    return { model: entry['model'], ...(maxPrice && Object.keys(maxPrice).length > 0 && { maxPrice }), ...(typeof timeout === 'number' && { timeout }) };
  });
}

/** Of two entries for one model the tighter limits stand. */
function tighter(a: ChainEntry, b: ChainEntry): ChainEntry {
  const { maxPrice } = foldPolicies({ ...(a.maxPrice && { maxPrice: a.maxPrice }) }, { ...(b.maxPrice && { maxPrice: b.maxPrice }) });
  const timeout = Math.min(a.timeout ?? Infinity, b.timeout ?? Infinity);
  return { model: a.model, ...(maxPrice && { maxPrice }), ...(timeout < Infinity && { timeout }) };
}

/** `[model, ...models]` without repetitions. @throws {InvalidOptionsError} when one is not a model id. */
export function chainOf(model: string | undefined, models: readonly ChainEntry[]): readonly ChainEntry[] {
  if (model !== undefined) parseModelId(model);
  models.forEach((entry, i) => parseModelId(entry.model, `models[${i}]`));
  const chain = new Map<string, ChainEntry>();
  for (const entry of model === undefined ? models : [{ model }, ...models]) {
    const known = chain.get(entry.model);
    chain.set(entry.model, known ? tighter(known, entry) : entry);
  }
  return [...chain.values()];
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
  readonly policy: Policy;
  /** Whether the request makes service-tier endpoints eligible. */
  readonly tierEndpoints: boolean;
}

/**
 * The requests that a chain is sent as: one, as written, where the server can take it; else windows of three, in order.
 *
 * @throws {PolicyConflictError} when `sort.partition: "none"` asks for one list over more models than fit one request.
 */
export function windowsOf(source: WindowSource): readonly Window[] {
  const { body, model, models, policy, tierEndpoints } = source;
  const chain = chainOf(model, models);
  const build = (entries: readonly ChainEntry[], named: { model?: string; models?: readonly string[] }): Window => {
    const { maxPrice, timeout } = entries.length === 1 ? (entries[0] ?? {}) : {};
    const provider = printPolicy(maxPrice ? foldPolicies(policy, { maxPrice }) : policy, tierEndpoints);
    return {
      models: entries.map((entry) => entry.model),
      body: { ...named, ...body, ...(provider && { provider }) } as ChatRequest,
      ...(timeout !== undefined && { timeout }),
    };
  };
  if (models.length <= MAX_MODELS && chain.every(isPlain)) {
    const written = models.map((entry) => entry.model);
    return [build(chain, { ...(model !== undefined && { model }), ...(written.length > 0 && { models: written }) })];
  }
  const rows = groups(chain);
  if (rows.length > 1 && typeof policy.sort === 'object' && policy.sort.partition === 'none') {
    throw new PolicyConflictError({
      field: 'provider.sort.partition',
      message: `"none" ranks the endpoints of all models in one list, but ${chain.length} models do not fit one request`,
      suggestion: `name at most ${MAX_MODELS} models, without limits of their own`,
    });
  }
  return rows.map((entries) => {
    const [first, ...rest] = entries.map((entry) => entry.model);
    return build(entries, { ...(first !== undefined && { model: first }), ...(rest.length > 0 && { models: rest }) });
  });
}
