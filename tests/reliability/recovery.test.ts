import { createOpenRouter, type OpenRouter } from '@waypost/fetch';
import { createGateway, fail, faults, type Gateway, ok, type Scenario } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { expectedOf, runCell } from './cell.js';
import { fetchClient } from './clients/fetch.js';
import { GROUPS } from './faults/index.js';
import { MODEL, MODES, PROMPT, TEXT } from './modes.js';
import { replyOf } from './servers/gateway.js';

const all = GROUPS.flatMap((group) => group.faults);

describe.concurrent('one retry, and a server that is well again', () => {
  it.each(all.map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
    await Promise.all(MODES.map(async (mode) => {
      const cell = { fault, client: fetchClient, mode };
      const expected = expectedOf(cell);
      const retryable = expected.includes('retryable');
      const { end, requests, left, waits } = await runCell(cell, { maxRetries: 1 });
      expect({ mode: mode.name, end, requests, left }).toEqual({ mode: mode.name, end: retryable ? 'answer' : expected, requests: retryable ? 2 : 1, left: [] });
      const asked = /after (\d+) s/.exec(expected)?.[1];
      expect(waits).toHaveLength(requests - 1);
      if (asked !== undefined) expect(waits).toEqual([Number(asked) * 1000]);
    }));
  });
});

interface Connection {
  readonly openrouter: OpenRouter;
  readonly requests: Gateway['requests'];
  readonly waits: number[];
  readonly close: () => Promise<void>;
}

async function connect(scenario: Scenario): Promise<Connection> {
  const gateway = createGateway({ scenario: { reply: replyOf({ name: 'chat', kind: 'json', tools: false }), ...scenario } });
  const server = await gateway.listen();
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const openrouter = createOpenRouter({ apiKey: 'sk-or-v1-local', baseURL: server.url, effects: { sleep, random: () => 0.5 } });
  return { openrouter, requests: gateway.requests, waits, close: () => server.close() };
}

const request = { model: MODEL, messages: [{ role: 'user' as const, content: PROMPT }] };

describe('by default', () => {
  it('a call is made three times, with growing waits, and its receipt shows each', async () => {
    const { openrouter, requests, waits, close } = await connect({ gateway: [faults.internal(), faults.htmlTimeout(), ok()] });
    const { text, receipt } = await openrouter.chat(request);
    expect(text).toBe(TEXT);
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([250, 500]);
    expect(receipt?.attempts?.map(({ outcome, status }) => [outcome, status])).toEqual([['error', 500], ['error', 524], ['ok', 200]]);
    await close();
  });

  it('a fourth failure in a row is not waited for', async () => {
    const { openrouter, requests, close } = await connect({ gateway: faults.internal() });
    await expect(openrouter.chat(request)).rejects.toMatchObject({ name: 'APIError', status: 500 });
    expect(requests).toHaveLength(3);
    await close();
  });

  it('what no retry mends is asked once', async () => {
    const { openrouter, requests, close } = await connect({ gateway: [faults.noCredits(), ok()] });
    await expect(openrouter.chat(request)).rejects.toMatchObject({ name: 'APIError', reason: 'credits' });
    expect(requests).toHaveLength(1);
    await close();
  });

  it('a stream that fails before its first content is asked for again, and hands out the answer once', async () => {
    const { openrouter, requests, close } = await connect({ models: { [MODEL]: [ok(undefined, { opening: true, cut: 1 }), ok(undefined, { error: { after: 0, shape: 'bare' } }), ok()] } });
    const pieces: string[] = [];
    for await (const piece of openrouter.stream(request).textStream) pieces.push(piece);
    expect(pieces.join('')).toBe(TEXT);
    expect(requests).toHaveLength(3);
    await close();
  });

  it('a stream that fails after its first content is not', async () => {
    const { openrouter, requests, close } = await connect({ models: { [MODEL]: [ok(undefined, { cut: 3 }), ok()] } });
    const pieces: string[] = [];
    const read = async (): Promise<void> => {
      for await (const piece of openrouter.stream(request).textStream) pieces.push(piece);
    };
    await expect(read()).rejects.toMatchObject({ name: 'StreamError', reason: 'truncated', isRetryable: false });
    expect(TEXT.startsWith(pieces.join(''))).toBe(true);
    expect(pieces.join('')).not.toBe('');
    expect(requests).toHaveLength(1);
    await close();
  });

  it('a wait that the server asks for is kept, and one of more than a minute is left to the caller', async () => {
    const patient = await connect({ models: { [MODEL]: [fail(429, { retryAfter: 7 }), ok()] } });
    expect((await patient.openrouter.chat({ ...request, provider: { only: ['azure'] } })).text).toBe(TEXT);
    await patient.close();
    expect(patient.waits).toEqual([7000]);
    const hours = await connect({ gateway: faults.inFlight(3600) });
    await expect(hours.openrouter.chat(request)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
    expect([hours.waits, hours.requests.length]).toEqual([[], 1]);
    await hours.close();
  });
});
