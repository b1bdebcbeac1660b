import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createOpenRouter, OpenRouterError } from '../src/index.js';
import { answer, DONE, END, event, failure, json, KEY, REQUEST, text } from './kit.js';

type Outcome = 'ok' | 'busy' | 'busy, and says for how long' | 'error' | 'lost' | 'silent' | 'cut';

interface Asked {
  readonly at: number;
  readonly abortAfter: number | null;
  readonly deadline: number | null;
  readonly streamed: boolean;
  readonly left: boolean;
  readonly model: string;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  at: fc.nat(20), abortAfter: fc.option(fc.nat(60)), deadline: fc.option(fc.integer({ min: 1, max: 80 })), streamed: fc.boolean(), left: fc.boolean(), model: fc.constantFrom('a/b', 'a/c'),
});
const served = fc.record({ takes: fc.nat(15), how: fc.constantFrom<Outcome>('ok', 'ok', 'busy', 'busy, and says for how long', 'error', 'lost', 'silent', 'cut') });

const ENOUGH = new Error('enough');
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only when nothing else can happen. */
function createTime() {
  let now = 0;
  const due: { at: number; callback: () => void }[] = [];
  const timer = (ms: number, callback: () => void): (() => void) => {
    const entry = { at: now + ms, callback };
    due.push(entry);
    return () => void (due.includes(entry) && due.splice(due.indexOf(entry), 1));
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = timer(ms, resolve);
      signal?.addEventListener('abort', () => {
        stop();
        reject(signal.reason);
      }, { once: true });
      if (signal?.aborted) reject(signal.reason);
    });
  /** Runs until `isOver`, or until nothing is due any more. */
  const run = async (isOver: () => boolean): Promise<void> => {
    for (;;) {
      for (let turns = 0; turns < 4; turns += 1) await turn();
      const next = due.toSorted((a, b) => a.at - b.at)[0];
      if (isOver() || next === undefined) return;
      due.splice(due.indexOf(next), 1);
      now = Math.max(now, next.at);
      next.callback();
    }
  };
  return { timer, sleep, run, now: () => now, pass: (ms: number) => void (now += ms) };
}

it('however calls come, fail, wait, are aborted and left: never too many at once, each ends once, and no place is lost', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(asked, { minLength: 1, maxLength: 12 }), fc.array(served, { minLength: 1, maxLength: 20 }), async (limit, calls, script) => {
    const time = createTime();
    const replies = [...script];
    const told = { begun: 0, ended: 0 };
    const ended = (): void => void (told.ended += 1);
    let [requests, live, most] = [0, 0, 0];

    const fetch = async (_: string, { signal, body }: RequestInit): Promise<Response> => {
      const { takes, how } = replies[requests++ % replies.length] ?? { takes: 0, how: 'ok' };
      most = Math.max(most, (live += 1));
      let over = false;
      const end = (): void => {
        live -= over ? 0 : 1;
        over = true;
      };
      signal?.addEventListener('abort', end, { once: true });
      await time.sleep(how === 'silent' ? 100_000 : takes, signal ?? undefined);
      const streamed = how === 'ok' || how === 'cut' ? typeof body === 'string' && body.includes('"stream":true') : false;
      if (!streamed) end();
      if (how === 'lost') throw new TypeError('fetch failed');
      if (how === 'error') return failure(500, 'no');
      if (how === 'busy') return failure(429, 'no');
      if (how === 'busy, and says for how long') return json({ error: { code: 429, message: 'no' } }, { status: 429, headers: { 'retry-after-ms': '25' } });
      if (!streamed) return json(answer());
      const packets = how === 'cut' ? [event(text('a'))] : [event(text('a')), event(END) + DONE];
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        const packet = packets.shift();
        if (packet !== undefined) return controller.enqueue(new TextEncoder().encode(packet));
        end();
        controller.close();
      };
      return new Response(new ReadableStream({ pull, cancel: end }, { highWaterMark: 0 }), { headers: { 'content-type': 'text/event-stream' } });
    };

    const openrouter = createOpenRouter({
      apiKey: KEY, maxConcurrent: limit, retry: { baseDelayMs: 10 }, hooks: { onStart: () => void (told.begun += 1), onFinish: ended, onError: ended },
      fetch, effects: { now: time.now, timer: time.timer, sleep: time.sleep, random: () => 0.5 },
    });
    const call = async ({ at, abortAfter, deadline, streamed, left, model }: Asked): Promise<void> => {
      await time.sleep(at);
      const controller = new AbortController();
      if (abortAfter !== null) time.timer(abortAfter, () => controller.abort(ENOUGH));
      const options = { signal: controller.signal, deadline: deadline ?? 300 };
      try {
        if (!streamed) await openrouter.chat({ ...REQUEST, model }, options);
        else for await (const _ of openrouter.stream({ ...REQUEST, model }, options)) if (left) break;
      } catch (error) {
        if (error !== ENOUGH && !OpenRouterError.isInstance(error)) throw error;
      }
    };
    let settled = 0;
    const all = Promise.all(calls.map((one) => call(one).finally(() => (settled += 1))));
    await time.run(() => settled === calls.length);
    expect(settled).toBe(calls.length);
    await all;
    expect(most).toBeLessThanOrEqual(limit);
    expect(told).toEqual({ begun: calls.length, ended: calls.length });

    // every place is there for who comes after
    replies.splice(0, Infinity, { takes: 1, how: 'ok' });
    time.pass(100_000);
    const later = Promise.all(Array.from({ length: limit }, () => openrouter.chat(REQUEST)));
    let done = false;
    void later.then(() => (done = true));
    await time.run(() => done);
    expect(done).toBe(true);
  }), { numRuns: 150 });
});
