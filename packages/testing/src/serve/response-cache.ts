import { setKept } from '../keep.js';

/** Seconds. Source: OpenRouter API, response caching. */
const TTL = { least: 1, most: 86_400, usual: 300 } as const;

/** What a request asks of the response cache. */
export interface CacheOrder {
  /** Seconds. */
  readonly ttl: number;
  /** Drops what is there, and runs anew. */
  readonly clear: boolean;
}

/** `undefined`: the request does not ask for the cache. */
export function cacheOrder(headers: Headers): CacheOrder | undefined {
  if (!isTrue(headers.get('x-openrouter-cache'))) return undefined;
  const asked = Number.parseInt(headers.get('x-openrouter-cache-ttl') ?? '', 10);
  const ttl = Number.isNaN(asked) ? TTL.usual : Math.min(TTL.most, Math.max(TTL.least, asked));
  return { ttl, clear: isTrue(headers.get('x-openrouter-cache-clear')) };
}

function isTrue(value: string | null): boolean {
  return value?.trim().toLowerCase() === 'true';
}

/** An answer in the cache. */
interface CachedAnswer {
  readonly value: unknown;
  /** Id of the generation that it was made by. */
  readonly sourceId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Seconds. */
  readonly ttl: number;
}

/** Answers that have not expired, by request. */
export interface ResponseCache {
  get(key: string): CachedAnswer | undefined;
  set(key: string, answer: Omit<CachedAnswer, 'at'>): void;
  delete(key: string): void;
}

/** @param keep how many answers are kept; the oldest are forgotten. */
export function createResponseCache(now: () => number, keep: number): ResponseCache {
  const answers = new Map<string, CachedAnswer>();
  return {
    get(key) {
      const found = answers.get(key);
      if (found === undefined || now() - found.at < found.ttl * 1000) return found;
      answers.delete(key);
      return undefined;
    },
    set: (key, answer) => setKept(answers, key, { ...answer, at: now() }, keep),
    delete: (key) => void answers.delete(key),
  };
}
