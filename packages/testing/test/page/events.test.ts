import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGateway, fail, type Gateway, hang } from '../../src/index.js';
import { createState } from '../../src/state.js';
import { createApp } from '../../src/app.js';
import { BASE, chat, chatJson } from '../helpers.js';
import { readEvents } from './read-events.js';

const EVENTS = 'http://localhost/__waypost/events';

async function watch(gateway: Gateway, init?: RequestInit): Promise<ReturnType<typeof readEvents>> {
  return readEvents(await gateway.fetch(EVENTS, init));
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the events of the page', () => {
  it('begin with what there is and go on with what changes', async () => {
    const gateway = createGateway();
    await chatJson(gateway);
    const events = await watch(gateway);
    expect(await events.next()).toMatchObject({ event: 'snapshot', list: { total: 1, timed: false, requests: [{ number: 1, state: 'done' }] } });
    await chatJson(gateway);
    await chatJson(gateway);
    const change = await events.next();
    expect(change).toMatchObject({ event: 'changes', list: { total: 3 } });
    expect(change?.list.requests.map(({ number, state }) => [number, state])).toEqual([[2, 'done'], [3, 'done']]);
    gateway.reset();
    expect(await events.next()).toEqual({ event: 'snapshot', list: { total: 0, timed: false, requests: [] } });
    await events.leave();
  });

  it('say nothing of a request that was forgotten while it was under way', async () => {
    const state = createState({ scenario: { wire: { stallAfter: 1 } } });
    const app = createApp(state);
    const ask = (): Promise<Response> => Promise.resolve(app.fetch(new Request(`${BASE}/chat/completions`, {
      method: 'POST', headers: { authorization: 'Bearer k' }, body: JSON.stringify({ model: 'acme/atlas', stream: true, messages: [{ role: 'user', content: 'x' }] }),
    }), {}));
    const events = readEvents(await app.fetch(new Request(EVENTS), {}));
    await events.next();
    const old = await ask();
    await events.next();
    state.reset();
    await events.next();
    await old.body?.cancel();
    await ask();
    expect((await events.next())?.list.requests.map(({ number, state: word }) => [number, word])).toEqual([[1, 'answering']]);
    await events.leave();
  });

  it('tell of an attempt that failed while the next one waits', async () => {
    let go = (): void => {};
    const sleep = (): Promise<void> => new Promise((resolve) => {
      go = resolve;
    });
    const gateway = createGateway({ sleep, scenario: { endpoints: { azure: fail(503) }, health: { openai: { state: 'ok', headersMs: 1000 } } } });
    const events = await watch(gateway);
    await events.next();
    const asked = chatJson(gateway, { provider: { order: ['azure', 'openai'] } });
    const attempts = async (): Promise<unknown> => (await events.next())?.list.requests.map(({ state, attempts: made }) => [state, made.map(({ status }) => status)]);
    expect(await attempts()).toEqual([['waiting', [503]]]);
    go();
    await asked;
    expect(await attempts()).toEqual([['done', [503, 200]]]);
    await events.leave();
  });

  it('follow one request through its states', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: hang() } } });
    const events = await watch(gateway);
    await events.next();
    const states = async (): Promise<unknown> => (await events.next())?.list.requests.map(({ number, state, status }) => [number, state, status]);
    const controller = new AbortController();
    const hung = chat(gateway, { provider: { only: ['azure'] } }, { signal: controller.signal });
    expect(await states()).toEqual([[1, 'waiting', 0]]);
    controller.abort();
    await expect(hung).rejects.toThrow();
    expect(await states()).toEqual([[1, 'left', 0]]);
    gateway.setScenario({ wire: { stallAfter: 1 } });
    const stalled = await chat(gateway, { stream: true });
    expect(await states()).toEqual([[2, 'answering', 200]]);
    await stalled.body?.cancel();
    expect(await states()).toEqual([[2, 'left', 200]]);
    await events.leave();
  });

  it('show signs of life while nothing happens', async () => {
    vi.useFakeTimers();
    const events = await watch(createGateway());
    expect(await events.text()).toMatch(/^event: snapshot/);
    const next = events.text();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await next).toBe(': alive\n\n');
    await events.leave();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gather a burst, and begin anew where it is too much to tell one by one', async () => {
    const gateway = createGateway();
    const events = await watch(gateway);
    await events.next();
    for (let i = 0; i < 2000; i += 1) await gateway.fetch(`${BASE}/key`);
    let last = await events.next();
    let told = 1;
    while (last?.list.requests.at(-1)?.number !== 2000) {
      last = await events.next();
      told += 1;
    }
    expect(last.list.total).toBe(2000);
    expect(last.list.requests.length).toBeLessThanOrEqual(500);
    expect(told).toBeLessThan(100);
    await events.leave();
  });

  it('wait for a reader who is slow, and hold no more than one event for him', async () => {
    vi.useFakeTimers();
    const state = createState({});
    const app = createApp(state);
    const response = await app.fetch(new Request(EVENTS), {});
    for (let round = 0; round < 5; round += 1) {
      await app.fetch(new Request(`${BASE}/key`), {});
      await vi.advanceTimersByTimeAsync(1000);
    }
    // nothing is read yet: the snapshot alone was written, before there were requests
    const events = readEvents(response);
    expect((await events.next())?.list.requests).toEqual([]);
    expect((await events.next())?.list.requests.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    await events.leave();
  });
});

describe('who watches leaves nothing behind', () => {
  async function watched(init: (controller: AbortController) => { signal?: AbortSignal; closing?: AbortSignal }): Promise<{ state: ReturnType<typeof createState>; controller: AbortController; response: Response }> {
    vi.useFakeTimers();
    const state = createState({});
    const controller = new AbortController();
    const response = await createApp(state).fetch(new Request(EVENTS), init(controller));
    expect([state.feed.watched(), vi.getTimerCount()]).toEqual([true, 1]);
    return { state, controller, response };
  }

  it('by leaving', async () => {
    const { state, response } = await watched(() => ({}));
    await response.body?.cancel();
    expect([state.feed.watched(), vi.getTimerCount()]).toEqual([false, 0]);
  });

  it.each(['signal', 'closing'])('by %s', async (name) => {
    const { state, controller, response } = await watched(({ signal }) => ({ [name]: signal }));
    controller.abort();
    expect([state.feed.watched(), vi.getTimerCount()]).toEqual([false, 0]);
    expect(await response.text()).toMatch(/^event: snapshot\n/);
  });

  it('by having left before', async () => {
    vi.useFakeTimers();
    const state = createState({});
    const response = await createApp(state).fetch(new Request(EVENTS), { signal: AbortSignal.abort() });
    expect(await response.text()).toBe('');
    expect([state.feed.watched(), vi.getTimerCount()]).toEqual([false, 0]);
  });
});

describe('over a socket', () => {
  it('the events end cleanly when the gateway closes', async () => {
    const gateway = createGateway();
    const server = await gateway.listen();
    expect(server.page).toBe(server.url.replace('api/v1', ''));
    const events = readEvents(await fetch(new URL('__waypost/events', server.page)));
    expect((await events.next())?.event).toBe('snapshot');
    await server.close();
    expect(await events.next()).toBeUndefined();
  });

  it('a watcher who goes is forgotten', async () => {
    const state = createState({});
    const app = createApp(state);
    const { listen } = await import('../../src/listen.js');
    const server = await listen((request, outgoing, closing) => app.fetch(request, { outgoing, closing }), 0, state.feed);
    const controller = new AbortController();
    const response = await fetch(new URL('/__waypost/events', server.url), { signal: controller.signal });
    await readEvents(response.clone()).next();
    expect(state.feed.watched()).toBe(true);
    controller.abort();
    await vi.waitUntil(() => !state.feed.watched());
    await server.close();
  });
});
