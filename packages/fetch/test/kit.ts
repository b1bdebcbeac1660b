import type { FetchFunction } from '@waypost/core';
import { createOpenRouter, type OpenRouter, type OpenRouterOptions } from '../src/index.js';

export const KEY = 'sk-or-v1-0123456789abcdef';
export const REQUEST = { model: 'a/b', messages: [{ role: 'user' as const, content: 'hi' }] };

/** A request as the fake server saw it. */
interface Seen {
  url: string;
  method: string;
  headers: Record<string, string>;
  /** Parsed, or undefined. */
  body: unknown;
  signal: AbortSignal | undefined;
}

export type Reply = Response | Error | ((seen: Seen) => Response | Promise<Response>);

export interface Fake {
  openrouter: OpenRouter;
  requests: Seen[];
  /** Milliseconds of each wait. */
  waits: number[];
  advance(ms: number): void;
}

/** A client whose server gives these replies in turn, the last one again and again. Time passes only in `sleep`. */
export function fake(replies: readonly Reply[], options: OpenRouterOptions = {}): Fake {
  const requests: Seen[] = [];
  const waits: number[] = [];
  let time = 1_700_000_000_000;
  const fetch: FetchFunction = async (url, init) => {
    const { method = 'GET', headers, body, signal } = init;
    // The client gives headers as a plain object, and bodies as text.
    const seen: Seen = { url, method, headers: headers as Record<string, string>, body: typeof body === 'string' ? JSON.parse(body) : undefined, signal: signal ?? undefined };
    requests.push(seen);
    const reply = replies[Math.min(requests.length, replies.length) - 1];
    if (reply === undefined) throw new Error('the fake server has no reply');
    if (reply instanceof Error) throw reply;
    if (!(reply instanceof Response)) return reply(seen);
    // A clone would hide from a body that it is cancelled.
    return reply.headers.get('content-type') === 'text/event-stream' ? reply : reply.clone();
  };
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    time += ms;
    return Promise.resolve();
  };
  const openrouter = createOpenRouter({ apiKey: KEY, fetch, effects: { now: () => time, sleep, random: () => 0.5 }, ...options });
  return { openrouter, requests, waits, advance: (ms) => void (time += ms) };
}

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) } });

export const answer = (message: Record<string, unknown> = { content: 'Hello' }, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'gen-1',
  model: 'a/b',
  provider: 'Acme',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: 0.00001 },
  ...more,
});

export const failure = (status: number, message: string, metadata: Record<string, unknown> = {}): Response => json({ error: { code: status, message, metadata } }, { status });

export const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;
export const DONE = 'data: [DONE]\n\n';
export const chunk = (delta: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'gen-1',
  model: 'a/b',
  provider: 'Acme',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
});
export const text = (content: string): Record<string, unknown> => chunk({ content });
export const END = { id: 'gen-1', choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } };

/** A response whose body the test feeds, one packet at a time. */
export interface Body {
  response: Response;
  push(...chunks: unknown[]): void;
  raw(text: string): void;
  end(): void;
  fail(error: Error): void;
  cancelled(): boolean;
}

export function openBody(type = 'text/event-stream'): Body {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      cancelled = true;
    },
  });
  const raw = (given: string): void => controller?.enqueue(encoder.encode(given));
  return {
    response: new Response(stream, { headers: { 'content-type': type } }),
    push: (...chunks) => raw(chunks.map(event).join('')),
    raw,
    end: () => controller?.close(),
    fail: (error) => controller?.error(error),
    cancelled: () => cancelled,
  };
}

/** A whole event stream in one packet. */
export const sse = (...chunks: unknown[]): Response => new Response(chunks.map(event).join('') + DONE, { headers: { 'content-type': 'text/event-stream' } });

export const HELLO = (): Response => sse(chunk({ role: 'assistant', content: '' }), text('Hel'), text('lo'), END);

/** The error that a promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
