import { CHAT_SHAPE } from '../../src/client/chat-shape.js';
import type { AttemptOptions, Effects, FetchFunction } from '../../src/transport/types.js';

/** Lets everything run that needs no time to pass. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

export interface FakeClock {
  effects: Effects;
  /** Moves the clock, firing what is due on the way. */
  advance: (ms: number) => Promise<void>;
  /** Timers that have neither fired nor been taken back. */
  timers: () => number;
  now: () => number;
}

/** Effects on a clock that only the test moves. */
export function fakeClock(fetch: FetchFunction = () => Promise.reject(new Error('no fetch given')), random = 0.5): FakeClock {
  let time = 1_700_000_000_000;
  const pending = new Set<{ at: number; callback: () => void }>();
  const timer = (ms: number, callback: () => void): (() => void) => {
    const entry = { at: time + ms, callback };
    pending.add(entry);
    return () => void pending.delete(entry);
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = timer(ms, resolve);
      signal?.addEventListener('abort', () => {
        stop();
        reject(signal.reason);
      });
    });
  return {
    effects: { fetch, now: () => time, sleep, random: () => random, timer },
    async advance(ms) {
      const target = time + ms;
      await settle();
      for (;;) {
        const next = [...pending].filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        pending.delete(next);
        time = Math.max(time, next.at);
        next.callback();
        await settle();
      }
      time = target;
      await settle();
    },
    timers: () => pending.size,
    now: () => time,
  };
}

/** A signal that counts its listeners. */
export function countedSignal(): { controller: AbortController; signal: AbortSignal; listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  const active = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    active.add(args[1]);
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    active.delete(args[1]);
    remove(...args);
  };
  return { controller, signal, listeners: () => active.size };
}

export interface FakeBody {
  response: Response;
  push(...parts: string[]): void;
  pushBytes(bytes: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
  cancelled(): boolean;
}

/** A response whose body the test feeds. It does not heed any signal, like a server that hangs. */
export function fakeBody(init: ResponseInit = {}): FakeBody {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      cancelled = true;
      // A source that never finishes cancelling must hold nobody up.
      return new Promise(() => {});
    },
  });
  const headers = { 'content-type': 'text/event-stream', ...(init.headers as Record<string, string> | undefined) };
  return {
    response: new Response(body, { ...init, headers }),
    push: (...parts) => parts.forEach((part) => controller?.enqueue(new TextEncoder().encode(part))),
    pushBytes: (bytes) => controller?.enqueue(bytes),
    end: () => controller?.close(),
    fail: (error) => controller?.error(error),
    cancelled: () => cancelled,
  };
}

export const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;
export const DONE = 'data: [DONE]\n\n';

export const text = (content: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'gen-1',
  model: 'a/b',
  provider: 'Acme',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
  ...more,
});
export const finish = (reason = 'stop'): Record<string, unknown> => ({
  id: 'gen-1',
  choices: [{ index: 0, delta: { content: '' }, finish_reason: reason }],
});

export const KEY = 'sk-or-v1-0123456789abcdef';

/** For requests, and for streams of chat. */
export function attemptOptions(clock: FakeClock, more: Partial<AttemptOptions> = {}): AttemptOptions & { shape: typeof CHAT_SHAPE } {
  return {
    shape: CHAT_SHAPE,
    effects: clock.effects,
    url: 'https://user:pass@gateway.test/api/v1/chat/completions?token=t',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: '{"model":"a/b"}',
    ...more,
  };
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}
