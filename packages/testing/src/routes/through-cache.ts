import type { FinishReason, Usage } from '@waypost/core';
import { keyOf } from '../auth.js';
import { generationId } from '../random.js';
import type { Wire } from '../scenario/wire.js';
import { cacheOrder } from '../serve/response-cache.js';
import type { Exchange } from './exchange.js';
import { keepGeneration } from './generation.js';

/** What of a cached answer is new each time. */
export interface Fresh {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly usage: Usage;
}

interface Cacheable {
  readonly id: string;
  readonly usage: Usage;
  readonly wire: Wire;
  readonly finishReason?: FinishReason | null;
}

interface Cached<T> {
  readonly value: T;
  /** What the response says of the cache. */
  readonly headers: Headers;
}

/** The same fields, all of them nothing. */
function nothing(usage: Usage): Usage {
  const { is_byok } = usage;
  return { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cost: 0, ...(is_byok === undefined ? {} : { is_byok }) };
}

/** Only what is whole is worth keeping. */
function isWhole({ error, cut, cutBytes, stallAfter, endless, malformed }: Wire): boolean {
  return [error, cut, cutBytes, stallAfter, endless, malformed].every((fault) => fault === undefined || fault === false);
}

/** The record of a generation that came out of the cache. */
function rememberHit(exchange: Exchange, sourceId: string, { id, created }: Fresh): void {
  const source = exchange.state.generations.get(sourceId)?.record;
  if (source === undefined) return;
  keepGeneration(exchange, { ...source, id, created_at: new Date(created * 1000).toISOString(), total_cost: 0, usage: 0, response_cache_source_id: sourceId });
}

/**
 * Answers out of the response cache where the request asks for it and the same came before: same key, route, stream mode and text of
 * the body. The account's zero data retention switches it off. Source: OpenRouter API, response caching.
 *
 * @param again makes a new answer of a stored one.
 * @param kind what its id says after `gen-`.
 */
export async function throughCache<T extends Cacheable>(
  exchange: Exchange,
  text: string,
  streams: boolean,
  again: (stored: T, fresh: Fresh) => T,
  run: () => Promise<T | Response>,
  kind?: string,
): Promise<Cached<T> | Response> {
  const { state, record, request } = exchange;
  const order = state.account.zdr === true ? undefined : cacheOrder(request.headers);
  const headers = new Headers();
  if (order === undefined) {
    const value = await run();
    return value instanceof Response ? value : { value, headers };
  }
  const key = JSON.stringify([keyOf(request.headers), record.path, streams, text]);
  const { ttl, clear } = order;
  if (clear) state.cache.delete(key);
  const found = state.cache.get(key);
  if (found !== undefined) {
    // The path is part of the key, so that what is found was stored by this same route.
    const stored = found.value as T;
    const fresh: Fresh = {
      id: generationId(state.random(`id/${record.number}`), state.now(), kind), created: Math.floor(state.now() / 1000), usage: nothing(stored.usage),
    };
    rememberHit(exchange, found.sourceId, fresh);
    record.cache = 'HIT';
    headers.set('x-openrouter-cache-status', 'HIT');
    headers.set('x-openrouter-cache-age', String(Math.floor((state.now() - found.at) / 1000)));
    headers.set('x-openrouter-cache-ttl', String(found.ttl));
    headers.set('x-openrouter-cache-source-id', found.sourceId);
    return { value: again(stored, fresh), headers };
  }
  const value = await run();
  if (value instanceof Response) return value;
  record.cache = 'MISS';
  headers.set('x-openrouter-cache-status', 'MISS');
  headers.set('x-openrouter-cache-ttl', String(ttl));
  if (isWhole(value.wire) && value.finishReason !== 'error') state.cache.set(key, { value, sourceId: value.id, ttl });
  return { value, headers };
}
