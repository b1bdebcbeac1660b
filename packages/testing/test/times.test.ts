import { describe, expect, it } from 'vitest';
import { createGateway, disconnect, fail, hang, manualClock } from '../src/index.js';
import { chat, chatJson, chatSse } from './helpers.js';

/** A clock that every look at it moves by ten milliseconds. */
function ticking(): () => number {
  let time = 1000;
  return () => {
    time += 10;
    return time;
  };
}

describe('times on a record', () => {
  it('stand still by default', async () => {
    const gateway = createGateway();
    await chatJson(gateway);
    const [request] = gateway.requests;
    expect(request).toMatchObject({ at: 1_790_000_000_000, respondedMs: 0, durationMs: 0, attempts: [{ at: 1_790_000_000_000, durationMs: 0 }] });
  });

  it('follow the clock that is given: arrival, each attempt, the head of the answer, its end', async () => {
    const gateway = createGateway({ now: ticking(), scenario: { endpoints: { azure: fail(503) } } });
    await chatSse(gateway, { provider: { order: ['azure', 'openai'] } });
    const [request] = gateway.requests;
    // the scenario's start looks at the clock first
    expect(request?.at).toBe(1020);
    expect(request?.attempts.map(({ at, durationMs }) => [at, durationMs])).toEqual([[1030, 10], [1050, 10]]);
    expect(request?.respondedMs).toBeGreaterThan(40);
    expect(request?.durationMs).toBeGreaterThan(request?.respondedMs ?? Infinity);
  });

  it('include what the scenario makes endpoints and their answers wait', async () => {
    const gateway = createGateway({
      ...manualClock(1000),
      scenario: {
        endpoints: { azure: fail(503) },
        health: { azure: { state: 'ok', headersMs: 300 }, openai: { state: 'ok', headersMs: 40, firstTokenMs: 500 } },
      },
    });
    await chatSse(gateway, { provider: { order: ['azure', 'openai'] } });
    expect(gateway.requests[0]).toMatchObject({
      at: 1000, attempts: [{ at: 1000, durationMs: 300 }, { at: 1300, durationMs: 40 }], respondedMs: 340, durationMs: 840,
    });
  });

  it('have no end while the request is under way, and one however it ends', async () => {
    const gateway = createGateway({ now: ticking(), scenario: { endpoints: { azure: [hang(), disconnect()] } } });
    const controller = new AbortController();
    const provider = { only: ['azure'] };
    const hung = chat(gateway, { provider }, { signal: controller.signal });
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    expect([gateway.requests[0]?.durationMs, gateway.requests[0]?.attempts[0]?.durationMs]).toEqual([undefined, undefined]);
    controller.abort();
    await expect(hung).rejects.toThrow();
    expect([gateway.requests[0]?.durationMs, gateway.requests[0]?.attempts[0]?.durationMs]).toEqual([expect.any(Number), expect.any(Number)]);
    await expect(chat(gateway, { provider })).rejects.toThrow(TypeError);
    expect(gateway.requests[1]).toMatchObject({ status: 0, cancelled: false, durationMs: expect.any(Number) });
    const unread = await chat(gateway, { stream: true, provider: { only: ['openai'] } });
    expect(gateway.requests[2]).not.toHaveProperty('durationMs');
    await unread.body?.cancel();
    expect(gateway.requests[2]).toMatchObject({ cancelled: true, durationMs: expect.any(Number) });
  });

  it('come with the usage that the client was told', async () => {
    const gateway = createGateway();
    const { usage } = await chatJson(gateway);
    expect(gateway.requests[0]?.usage).toEqual(usage);
  });
});
