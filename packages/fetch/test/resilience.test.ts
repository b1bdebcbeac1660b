import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CallOptions, Hooks } from '@waypost/core';
import { createOpenRouter, type OpenRouterOptions, type WithOptions } from '../src/index.js';
import { answer, collect, failure, fake, HELLO, json, KEY, rejection, REQUEST } from './kit.js';

describe('options of a call', () => {
  it('retry and hooks, for chat, stream, embed and lookups', async () => {
    const { openrouter, requests } = fake([failure(503, 'busy')], { retry: 1 });
    const told: string[] = [];
    const hooks: Hooks = { onRetry: ({ retry }, { route }) => void told.push(`${route} ${retry}`) };
    await rejection(openrouter.chat(REQUEST, { retry: 2, hooks }));
    await rejection(openrouter.stream(REQUEST, { retry: false, hooks }).final());
    await rejection(openrouter.embed({ model: 'a/b', input: 'x' }, { hooks }));
    expect([requests.length, told]).toEqual([3 + 1 + 2, ['chat 1', 'chat 2', 'embeddings 1']]);
    await rejection(openrouter.key({ retry: false }));
    await rejection(openrouter.with({ retry: 3 }).key());
    expect(requests).toHaveLength(6 + 1 + 4);
  });

  it('types', () => {
    expectTypeOf<CallOptions['retry']>().toEqualTypeOf<OpenRouterOptions['retry']>();
    expectTypeOf<WithOptions['hooks']>().toEqualTypeOf<Hooks | readonly Hooks[] | undefined>();
    // @ts-expect-error a limit is the client's, and of no single call
    const options: CallOptions = { maxConcurrent: 1 };
    expect(options).toBeDefined();
  });
});

describe('maxConcurrent', () => {
  it('a stream that is left in its loop gives its place to the next', async () => {
    const { openrouter, requests } = fake([HELLO(), HELLO(), json(answer())], { maxConcurrent: 1 });
    for await (const _ of openrouter.stream(REQUEST)) break;
    expect((await collect(openrouter.stream(REQUEST).textStream)).join('')).toBe('Hello');
    expect((await openrouter.chat(REQUEST)).text).toBe('Hello');
    expect(requests).toHaveLength(3);
  });

  it('a stream that waits in line and is left there sends nothing', async () => {
    const { openrouter, requests } = fake([HELLO(), json(answer())], { maxConcurrent: 1 });
    const first = await openrouter.stream(REQUEST);
    const second = openrouter.stream(REQUEST);
    const opening = rejection(second.final());
    await second.cancel();
    expect(await opening).toMatchObject({ name: 'StreamError', message: 'The stream was left before its end' });
    await first.cancel();
    await openrouter.chat(REQUEST);
    expect(requests).toHaveLength(2);
  });

  it('never lets more through, and all of them in the end', async () => {
    let running = 0;
    let most = 0;
    const fetch = async (): Promise<Response> => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return json(answer());
    };
    const openrouter = createOpenRouter({ apiKey: KEY, fetch, maxConcurrent: 7 });
    await Promise.all(Array.from({ length: 200 }, () => openrouter.with({}).chat(REQUEST)));
    expect([running, most]).toEqual([0, 7]);
  });

  it('of a hundred calls that are turned away at once, few are repeated where the budget is small', async () => {
    const { openrouter, requests } = fake([failure(503, 'busy')], { retry: { budget: { burst: 5, ratio: 0.1, minPerSecond: 0 } } });
    await Promise.all(Array.from({ length: 100 }, () => rejection(openrouter.chat(REQUEST))));
    expect(requests.length).toBeGreaterThan(100);
    expect(requests.length).toBeLessThanOrEqual(100 + 5 + 10);
  });
});
