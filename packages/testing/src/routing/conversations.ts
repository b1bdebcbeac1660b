import type { ChatRequest, ContentPart } from '@waypost/core';
import type { StickyEndpoint } from '@waypost/core/routing';
import { setKept } from '../keep.js';

/** Where conversations were served last, so that they go on there. Source: OpenRouter API, prompt caching. */
export interface Conversations {
  /** Where the conversation of a request was served last, by the first of these models that served it. */
  last(body: ChatRequest, account: string, models: readonly string[]): StickyEndpoint | undefined;
  /** A success. Without a session only one with a cache hit begins to be remembered. */
  note(body: ChatRequest, account: string, served: { readonly model: string; readonly tag: string; readonly cacheHit: boolean }): void;
}

function textOf(content: string | readonly ContentPart[] | null | undefined): string {
  return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}

/** What makes requests one conversation: the session, else the key of the prompt cache, else how it began. */
function conversationOf({ session_id: session, prompt_cache_key: cache, messages }: ChatRequest, account: string): string {
  if (typeof session === 'string') return JSON.stringify([account, 'session', session]);
  if (typeof cache === 'string') return JSON.stringify([account, 'cache', cache]);
  const isSystem = ({ role }: { readonly role: string }): boolean => role === 'system' || role === 'developer';
  const system = messages.find(isSystem);
  const other = messages.find((message) => !isSystem(message));
  return JSON.stringify([account, 'messages', textOf(system?.content), textOf(other?.content)]);
}

/** @param keep how many conversations are kept; the oldest are forgotten. */
export function createConversations(now: () => number, keep: number): Conversations {
  const known = new Map<string, { readonly tag: string; readonly at: number; readonly cacheHit: boolean }>();
  const keyOf = (key: string, model: string): string => `${model} ${key}`;
  return {
    last(body, account, models) {
      if (known.size === 0) return undefined;
      const key = conversationOf(body, account);
      for (const model of models) {
        const found = known.get(keyOf(key, model));
        if (found !== undefined) return { model, tag: found.tag, ageMs: now() - found.at, cacheHit: found.cacheHit };
      }
      return undefined;
    },
    note(body, account, { model, tag, cacheHit }) {
      const begins = cacheHit || typeof body.session_id === 'string';
      if (!begins && known.size === 0) return;
      const key = conversationOf(body, account);
      const before = known.get(keyOf(key, model));
      if (!begins && before === undefined) return;
      known.delete(keyOf(key, model));
      setKept(known, keyOf(key, model), { tag, at: now(), cacheHit: cacheHit || (before?.tag === tag && before.cacheHit) }, keep);
    },
  };
}
