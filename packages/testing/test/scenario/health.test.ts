import { describe, expect, it } from 'vitest';
import { createGateway, fail, type Gateway, type GatewayOptions, manualClock, type ManualClock, realClock, type Scenario } from '../../src/index.js';
import { catalogueOf, chat, chatJson, priced } from '../helpers.js';

function withClock(options: GatewayOptions): { readonly gateway: Gateway; readonly clock: ManualClock } {
  const clock = manualClock();
  return { clock, gateway: createGateway({ ...clock, ...options }) };
}

const one = catalogueOf(priced('azure', 1), priced('openai', 2));

async function servedBy(gateway: Gateway, body: object = {}): Promise<string | undefined> {
  await chat(gateway, { model: 'acme/one', ...body });
  return gateway.requests.at(-1)?.served?.tag;
}

describe('an outage', () => {
  const scenario: Scenario = { health: { azure: [{ at: 10_000, state: 'outage' }, { at: 60_000, state: 'ok' }] } };

  it('fails attempts and puts the endpoint last, until 30 seconds after it', async () => {
    const { gateway, clock } = withClock({ catalogue: one, scenario });
    const planned = async (): Promise<unknown> => {
      await chat(gateway, { model: 'acme/one', provider: { only: ['azure', 'openai'] } });
      const request = gateway.requests.at(-1);
      return request?.route?.plan.find(({ tag }) => tag === 'azure')?.weight;
    };
    expect(await planned()).toBeCloseTo(0.8);
    clock.advance(10_000);
    expect(await planned()).toBe(0);
    expect((await chat(gateway, { model: 'acme/one', provider: { only: ['azure'] } })).status).toBe(503);
    clock.advance(50_000);
    expect((await chat(gateway, { model: 'acme/one', provider: { only: ['azure'] } })).status).toBe(200);
    expect(await planned()).toBe(0);
    clock.advance(29_999);
    expect(await planned()).toBe(0);
    clock.advance(1);
    expect(await planned()).toBeCloseTo(0.8);
  });

  it('begins anew with a reset, and fails as it says', async () => {
    const { gateway, clock } = withClock({ catalogue: one, scenario: { health: { azure: [{ state: 'outage', failure: fail(529) }, { at: 1000, state: 'ok' }] } } });
    const status = async (): Promise<number> => (await chat(gateway, { model: 'acme/one', provider: { only: ['azure'] } })).status;
    expect(await status()).toBe(529);
    clock.advance(1000);
    expect(await status()).toBe(200);
    gateway.reset();
    expect(await status()).toBe(529);
  });

  it('overrules the catalogue where it says that an endpoint is well', async () => {
    const catalogue = catalogueOf(priced('azure', 1, { stable: false }), priced('openai', 2));
    const gateway = createGateway({ catalogue, scenario: { health: { azure: { state: 'ok' } } } });
    await chat(gateway, { model: 'acme/one' });
    expect(gateway.requests[0]?.route?.plan.map(({ weight }) => weight > 0)).toEqual([true, true]);
  });
});

describe('speed', () => {
  const slow: Scenario = { health: { azure: [{ state: 'ok', firstTokenMs: 100, tokensPerSecond: 200 }, { at: 240_000, state: 'ok', firstTokenMs: 5000, tokensPerSecond: 5 }] } };

  it('is what routing sees, in percentiles of the last five minutes', async () => {
    const { gateway, clock } = withClock({ catalogue: one, scenario: slow });
    const preferred = (percentile: string): Promise<string | undefined> => servedBy(gateway, { provider: { sort: 'price', preferred_max_latency: { [percentile]: 2 } } });
    expect(await preferred('p99')).toBe('azure');
    clock.advance(299_999);
    expect(await preferred('p75')).toBe('azure');
    expect(await preferred('p90')).toBe('openai');
    expect(await servedBy(gateway, { provider: { sort: 'throughput' } })).toBe('azure');
    clock.advance(180_000);
    expect(await servedBy(gateway, { provider: { sort: 'throughput' } })).toBe('openai');
  });

  it('is waited for by the clock: nothing with one that stands, all of it with one that runs', async () => {
    const health = { azure: { state: 'ok', headersMs: 200, firstTokenMs: 300, tokensPerSecond: 10 } } as const;
    const { gateway, clock } = withClock({ catalogue: one, scenario: { health } });
    const started = clock.now();
    const response = await chat(gateway, { model: 'acme/one', provider: { only: ['azure'] } });
    expect(clock.now() - started).toBeGreaterThanOrEqual(200);
    const { usage } = (await response.json()) as { usage: { completion_tokens: number } };
    expect(clock.now() - started).toBeCloseTo(500 + usage.completion_tokens * 100, 6);
    const standing = createGateway({ catalogue: one, scenario: { health } });
    expect((await chatJson(standing, { model: 'acme/one' })).usage?.completion_tokens).toBeGreaterThan(0);
  });

  it('spreads a stream over its time, after the comments', async () => {
    const { gateway, clock } = withClock({ catalogue: one, scenario: { health: { azure: { state: 'ok', firstTokenMs: 1000, tokensPerSecond: 1 } } } });
    const started = clock.now();
    const response = await chat(gateway, { model: 'acme/one', stream: true, provider: { only: ['azure'] } });
    const seen: { readonly text: string; readonly at: number }[] = [];
    const decoder = new TextDecoder();
    if (response.body === null) throw new Error('no body');
    for await (const bytes of response.body) seen.push({ text: decoder.decode(bytes), at: clock.now() - started });
    expect(seen[0]?.text).toMatch(/^:/);
    const times = seen.slice(1).map(({ at }) => at);
    expect(times[0]).toBeGreaterThanOrEqual(1000);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThan(3000);
  });

  it('takes real time by the real clock, and leaves off when the caller does', async () => {
    const gateway = createGateway({ ...realClock, catalogue: one, scenario: { health: { azure: { state: 'ok', headersMs: 20 }, openai: { state: 'ok', headersMs: 60_000 } } } });
    const started = performance.now();
    await chat(gateway, { model: 'acme/one', provider: { only: ['azure'] } });
    expect(performance.now() - started).toBeGreaterThanOrEqual(19);
    const controller = new AbortController();
    const waiting = chat(gateway, { model: 'acme/one', provider: { only: ['openai'] } }, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('a scenario that would do nothing', () => {
  it.each<[string, Scenario, RegExp]>([
    ['health of an endpoint that is not there', { health: { azur: { state: 'outage' } } }, /scenario\.health\.azur: no endpoint/],
    ['a state in the past', { health: { azure: [{ at: -1, state: 'outage' }] } }, /scenario\.health\.azure\[0\]\.at: .*>=0: -1/],
    ['a rate of nothing', { health: { azure: { state: 'ok', tokensPerSecond: 0 } } }, /tokensPerSecond: .*>0: 0/],
    ['a limit of no requests', { limits: { key: { requests: 0, perMs: 1 } } }, /scenario\.limits\.key\.requests: .*>0: 0/],
    ['a limit of a model that is not there', { limits: { models: { 'a/b': { requests: 1, perMs: 1 } } } }, /scenario\.limits\.models\.a\/b/],
  ])('is refused: %s', (_name, scenario, message) => {
    expect(() => createGateway({ scenario })).toThrow(message);
    expect(() => createGateway().setScenario(scenario)).toThrow(message);
  });
});
