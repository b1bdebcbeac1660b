import { describe, expect, it } from 'vitest';
import { createGateway, fail, type Gateway, type GatewayOptions, manualClock, reply } from '../../src/index.js';
import { BASE, chat, chatJson } from '../helpers.js';

function get(gateway: Gateway, path: string): Promise<Response> {
  return gateway.fetch(`${BASE}${path}`, { headers: { authorization: 'Bearer k' } });
}

const million = { scenario: { reply: reply.text('x', { tokens: { prompt: 100_000, completion: 10_000 } }) } };

describe('the account', () => {
  it('adds up what was spent, exactly', async () => {
    const gateway = createGateway(million);
    for (let i = 0; i < 3; i += 1) await chat(gateway, { model: 'cinder/spark', provider: { only: ['groq'] }, stream: i === 0 });
    // Three times 100,000 × 0.05 + 10,000 × 0.08 USD per million.
    expect(await (await get(gateway, '/credits')).json()).toEqual({ data: { total_credits: 10, total_usage: 0.0174 } });
    expect(await (await get(gateway, '/key')).json()).toMatchObject({ data: { usage: 0.0174, is_free_tier: false } });
    gateway.reset();
    expect(await (await get(gateway, '/credits')).json()).toMatchObject({ data: { total_usage: 0 } });
    expect(await (await get(gateway, '/key')).json()).toMatchObject({ data: { usage: 0, usage_daily: 0 } });
  });

  it('tells what was spent today, since Monday and this month, by the clock', async () => {
    // a Wednesday
    const clock = manualClock(Date.UTC(2026, 8, 30, 23, 59));
    const gateway = createGateway({ ...clock, ...million });
    const spend = (): Promise<unknown> => chatJson(gateway, { model: 'cinder/spark', provider: { only: ['groq'] } });
    const told = async (): Promise<unknown> => ((await (await get(gateway, '/key')).json()) as { data: unknown }).data;
    await spend();
    expect(await told()).toMatchObject({ usage: 0.0058, usage_daily: 0.0058, usage_weekly: 0.0058, usage_monthly: 0.0058 });
    clock.advance(60_000);
    expect(await told()).toMatchObject({ usage: 0.0058, usage_daily: 0, usage_weekly: 0.0058, usage_monthly: 0 });
    clock.advance(3 * 86_400_000);
    await spend();
    expect(await told()).toMatchObject({ usage: 0.0116, usage_daily: 0.0058, usage_weekly: 0.0116, usage_monthly: 0.0058 });
    clock.advance(86_400_000);
    expect(await told()).toMatchObject({ usage: 0.0116, usage_daily: 0, usage_weekly: 0, usage_monthly: 0.0058 });
  });

  it('tells what providers charged for its own keys apart', async () => {
    const gateway = createGateway({ ...million, account: { byok: { groq: 'prioritized' } } });
    const told = async (): Promise<unknown> => ((await (await get(gateway, '/key')).json()) as { data: unknown }).data;
    await chatJson(gateway, { model: 'cinder/spark', provider: { only: ['cerebras'] } });
    expect(await told()).toMatchObject({ usage: 0.011, byok_usage: 0 });
    await chatJson(gateway, { model: 'cinder/spark', provider: { only: ['groq'] } });
    // A fee of a twentieth of 0.0058.
    expect(await told()).toMatchObject({ usage: 0.01129, byok_usage: 0.0058, byok_usage_daily: 0.0058, byok_usage_weekly: 0.0058, byok_usage_monthly: 0.0058 });
    gateway.setScenario({ ...million.scenario, endpoints: { groq: { kind: 'ok', wire: { error: {} } } } });
    await chatJson(gateway, { model: 'cinder/spark', provider: { only: ['groq'] } });
    expect(await told()).toMatchObject({ byok_usage: 0.0058 });
    gateway.reset();
    expect(await told()).toMatchObject({ byok_usage: 0 });
  });

  it('is of the free tier until it buys credits', async () => {
    const told = async (credits: number): Promise<unknown> => (await get(createGateway({ credits }), '/key')).json();
    expect(await told(0)).toMatchObject({ data: { is_free_tier: true } });
    expect(await told(0.5)).toMatchObject({ data: { is_free_tier: false } });
  });
});

describe('GET /generation', () => {
  it('is a 404 until the record has settled', async () => {
    const gateway = createGateway({ ...million, settleAfterReads: 2 });
    const { id = '' } = await chatJson(gateway, { provider: { only: ['azure'] } });
    const read = (): Promise<Response> => get(gateway, `/generation?id=${id}`);
    expect([(await read()).status, (await read()).status]).toEqual([404, 404]);
    expect(await (await read()).json()).toMatchObject({
      data: { id, model: 'acme/atlas', provider_name: 'Azure', total_cost: 0.42, streamed: false, native_tokens_prompt: 100_000, finish_reason: 'stop', provider_responses: [{ provider_name: 'Azure', status: 200 }] },
    });
  });

  describe('by a clock that moves', () => {
    const slow: GatewayOptions = {
      ...manualClock(), settleAfterReads: 0,
      scenario: {
        reply: reply.text('one two three four', { tokens: { completion: 20 } }),
        health: { openai: { state: 'outage', failure: fail(503), headersMs: 120 }, azure: { state: 'ok', headersMs: 40, firstTokenMs: 300, tokensPerSecond: 10 } },
      },
    };
    const body = { provider: { order: ['openai', 'azure'], allow_fallbacks: false } };
    const recordOf = async (gateway: Gateway, id: string): Promise<unknown> => (await (await get(gateway, `/generation?id=${id}`)).json() as { data: unknown }).data;
    const measured = {
      cancelled: false, latency: 460, generation_time: 2000,
      provider_responses: [{ provider_name: 'OpenAI', status: 503, latency: 120 }, { provider_name: 'Azure', status: 200, latency: 40 }],
    };

    it.each([false, true])('tells how long it took to the first token, and from there; streamed: %s', async (stream) => {
      const gateway = createGateway({ ...slow, ...manualClock() });
      const response = await chat(gateway, { ...body, stream });
      await response.text();
      expect(await recordOf(gateway, response.headers.get('x-generation-id') ?? '')).toMatchObject({ ...measured, streamed: stream });
    });

    it('is under way until the answer is over, and cancelled where the client leaves it', async () => {
      const gateway = createGateway({ ...slow, ...manualClock() });
      const response = await chat(gateway, { ...body, stream: true });
      const id = response.headers.get('x-generation-id') ?? '';
      const reader = response.body?.getReader();
      await reader?.read();
      expect(await recordOf(gateway, id)).toMatchObject({ cancelled: false, latency: null, generation_time: null });
      await reader?.cancel();
      expect(await recordOf(gateway, id)).toMatchObject({ cancelled: true, latency: 460, generation_time: expect.any(Number) });
    });

    it('tells of an answer out of the cache its own time', async () => {
      const gateway = createGateway({ ...slow, ...manualClock() });
      const cached = { headers: { 'x-openrouter-cache': 'true' } };
      await (await chat(gateway, body, cached)).text();
      const hit = await chat(gateway, body, cached);
      await hit.text();
      expect(hit.headers.get('x-openrouter-cache-status')).toBe('HIT');
      expect(await recordOf(gateway, hit.headers.get('x-generation-id') ?? '')).toMatchObject({ latency: 0, generation_time: 0, cancelled: false });
    });
  });

  it('knows no times where the clock stands still', async () => {
    const gateway = createGateway({ settleAfterReads: 0 });
    const { id = '' } = await chatJson(gateway, { provider: { only: ['azure'] } });
    expect(await (await get(gateway, `/generation?id=${id}`)).json()).toMatchObject({ data: { latency: null, generation_time: null, cancelled: false, provider_responses: [{ provider_name: 'Azure', status: 200 }] } });
  });

  it('is a 404 for an id that never was', async () => {
    const response = await get(createGateway({ settleAfterReads: 0 }), '/generation?id=gen-1-x');
    expect([response.status, await response.json()]).toEqual([404, { error: { code: 404, message: 'Generation gen-1-x not found' } }]);
  });
});
