import { type APIError, InvalidOptionsError, type OpenRouterError, type StreamError } from '@waypost/core';
import { createGateway, faults, type GatewayOptions, hang, reply, respond, type Scenario } from '@waypost/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Driver, type Fields, type Outcome, ours, type Plan } from './drivers/driver.js';
import { drivers } from './drivers/index.js';
import { complete, run } from './support/run.js';
import { manualTimers, type ManualTimers, settled } from './support/timers.js';

beforeEach(() => {
  for (const name of ['OPENROUTER_API_KEY', 'OPENROUTER_BASE_URL']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const wrongClients: readonly { name: string; client: Fields; message: RegExp }[] = [
  { name: 'no key', client: { apiKey: undefined }, message: /apiKey.*OPENROUTER_API_KEY/ },
  { name: 'an empty key', client: { apiKey: '' }, message: /apiKey.*empty/ },
  { name: 'a key that is a number', client: { apiKey: 42 }, message: /apiKey.*number/ },
  { name: 'a key function that gives nothing', client: { apiKey: () => undefined }, message: /apiKey/ },
  { name: 'a base URL that is none', client: { baseURL: 'openrouter' }, message: /baseURL/ },
  { name: 'a base URL of another protocol', client: { baseURL: 'ftp://openrouter.ai/api/v1' }, message: /baseURL/ },
  { name: 'a base URL with credentials', client: { baseURL: 'https://user:hunter2secret@proxy.example/v1' }, message: /baseURL/ },
  { name: 'a base URL that is a number', client: { baseURL: 1 }, message: /baseURL/ },
  { name: 'a fetch that is none', client: { fetch: 'fetch' }, message: /fetch.*function/ },
  { name: 'a timeout in words', client: { timeout: '5s' }, message: /timeout.*"5s"/ },
  { name: 'a negative deadline', client: { deadline: -5 }, message: /deadline.*-5/ },
  { name: 'a header with a line break', client: { headers: { 'x-note': 'a\nb' } }, message: /headers/ },
  { name: 'categories as text', client: { appCategories: 'cli-agent' }, message: /appCategories/ },
  { name: 'a title that is an object', client: { appTitle: {} }, message: /appTitle/ },
];

const wrongCalls: readonly { name: string; plan: Plan; message: RegExp }[] = [
  { name: 'no messages', plan: { request: { messages: [] } }, message: /messages: .*at least one message/ },
  { name: 'a model id that is none', plan: { modelId: 'acme/atlas/extra' }, message: /model/ },
  { name: 'a model id with a space', plan: { modelId: 'acme/at las' }, message: /model/ },
  { name: 'a negative timeout of the call', plan: { call: { idleTimeout: -1 } }, message: /idleTimeout.*-1/ },
  { name: 'models that are an object', plan: { call: { models: {} } }, message: /models.*an object/ },
  { name: 'effort and budget of thinking', plan: { client: { reasoning: { effort: 'high', max_tokens: 5 } } }, message: /reasoning/ },
];

/** Runs with timers that the test fires. */
function start(driver: Driver, plan: Plan, scenario: Scenario, timers: ManualTimers, options: GatewayOptions = {}): { outcome: Promise<Outcome>; gateway: ReturnType<typeof createGateway> } {
  const gateway = createGateway({ seed: 1, ...options, scenario });
  const whole = complete(plan, gateway);
  return { gateway, outcome: driver.run({ ...whole, client: { ...whole.client, effects: { ...whole.client?.effects, timer: timers.timer } } }) };
}

const errorOf = ({ error }: Outcome): OpenRouterError | undefined => ours(error);
const LONG = 'One two three four five six seven eight nine ten.';

describe.each(drivers)('$name', (driver) => {
  it.each(wrongClients)('refuses $name', async ({ client, message }) => {
    const { ours: error, requests } = await run(driver, { client });
    expect(InvalidOptionsError.isInstance(error)).toBe(true);
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('hunter2secret');
    expect(requests).toEqual([]);
  });

  it.each(wrongCalls)('refuses $name', async ({ plan, message }) => {
    for (const stream of [false, true]) {
      const { ours: error, requests } = await run(driver, { ...plan, stream });
      expect(error?.code).toBe('invalid_options');
      expect(error?.message).toMatch(message);
      expect(requests).toEqual([]);
    }
  });

  it('refuses a signal that is none', async () => {
    // LangChain looks at the signal first, and throws an error of its own
    const { error, requests } = await run(driver, { call: { signal: 'now' as unknown as AbortSignal } });
    expect(error).toBeInstanceOf(Error);
    if (driver.name !== 'langchain') expect(ours(error)?.message).toMatch(/signal.*string/);
    expect(requests).toEqual([]);
  });

  it('passes on what a key function throws', async () => {
    const refusal = new Error('the vault is sealed');
    for (const stream of [false, true]) {
      const { error, requests } = await run(driver, { stream, client: { apiKey: () => Promise.reject(refusal) } });
      expect(error).toBe(refusal);
      expect(requests).toEqual([]);
    }
  });

  it.each([false, true])('gives up a server that never answers, streaming: %s', async (stream) => {
    const timers = manualTimers();
    const { outcome, gateway } = start(driver, { stream, client: { timeout: 4000 } }, { models: { 'acme/atlas': hang() } }, timers);
    await timers.fire(4000);
    const error = errorOf(await outcome);
    expect(error).toMatchObject({ name: 'TimeoutError', code: 'timeout', isRetryable: true });
    expect(error?.receipt?.attempts).toMatchObject([{ outcome: 'error', reason: 'timeout' }]);
    expect(gateway.requests).toMatchObject([{ cancelled: true }]);
    expect(timers.pending).toBe(0);
  });

  it.each([false, true])('gives up at the deadline of the whole call, streaming: %s', async (stream) => {
    const timers = manualTimers();
    const { outcome } = start(driver, { stream, client: { deadline: 9000 } }, { models: { 'acme/atlas': hang() } }, timers);
    await timers.fire(9000);
    expect(errorOf(await outcome)).toMatchObject({ name: 'TimeoutError' });
    expect(timers.pending).toBe(0);
  });

  it.each([false, true])('gives up JSON that never ends, streaming: %s', async (stream) => {
    const bounded = await run(driver, { stream, client: { sizes: { maxBodySize: 30 } } }, { scenario: { gateway: faults.endless() } });
    expect(bounded.ours).toMatchObject({ name: 'StreamError', reason: 'too-large', isRetryable: false });
    const timers = manualTimers();
    const stalled = respond(200, '{"id":"gen-0","choices":[', { headers: { 'content-type': 'application/json' }, wire: { stallAfter: 0 } });
    const { outcome } = start(driver, { stream, client: { deadline: 9000 } }, { gateway: stalled }, timers);
    await timers.fire(9000);
    expect(errorOf(await outcome)).toMatchObject({ name: 'TimeoutError', kind: 'deadline', isRetryable: false });
    expect(timers.pending).toBe(0);
  });

  it('tells JSON that ends too early', async () => {
    const { ours: error } = await run(driver, {}, { scenario: { wire: { cutBytes: 40 } } });
    expect(error).toMatchObject({ name: 'APIError', status: 200, isRetryable: true });
    // what there was of it is there to be read
    expect((error as APIError).responseBody).toHaveLength(40);
  });

  it('stops reading a JSON body that is too large', async () => {
    const { ours: error, requests } = await run(driver, { client: { sizes: { maxBodySize: 200 } } }, { scenario: { reply: reply.text('x'.repeat(5000)) } });
    expect(error).toMatchObject({ isRetryable: false });
    expect(error?.message).toMatch(/200|large|size/);
    expect(requests).toHaveLength(1);
  });

  it('stops reading an event that is too large, and keeps what had arrived', async () => {
    const { ours: error, text } = await run(driver, { stream: true, client: { sizes: { maxEventSize: 2000 } } }, { scenario: { reply: reply.text(LONG), wire: { hugeEvent: 50_000 } } });
    expect(error).toMatchObject({ name: 'StreamError', reason: 'too-large', isRetryable: false });
    expect((error as StreamError).partial?.choices[0]?.message.content ?? '').toBe(text);
  });

  it('tells a stream that stalls, and keeps what had arrived', async () => {
    const timers = manualTimers();
    const { outcome, gateway } = start(driver, { stream: true, client: { idleTimeout: 700 } }, { reply: reply.text(LONG), wire: { textSize: 5, stallAfter: 4 } }, timers);
    await timers.fire(700);
    const result = await outcome;
    const error = errorOf(result) as StreamError;
    expect(error).toMatchObject({ name: 'StreamError', reason: 'idle' });
    expect(result.text).not.toBe('');
    expect(LONG.startsWith(result.text)).toBe(true);
    expect(error.partial?.choices[0]?.message.content).toBe(result.text);
    expect(gateway.requests).toMatchObject([{ cancelled: true }]);
    expect(timers.pending).toBe(0);
  });

  it('tells a stream without content that only keeps alive', async () => {
    const timers = manualTimers();
    const { outcome } = start(driver, { stream: true, client: { firstTokenTimeout: 800 } }, { wire: { comments: { before: 3 }, stallAfter: 0 } }, timers);
    await timers.fire(800);
    expect(errorOf(await outcome)).toMatchObject({ name: 'TimeoutError', isRetryable: true });
  });

  it.each([
    { name: 'a cut after some text', wire: { textSize: 5, cut: 4 } },
    { name: 'a reset after some text', wire: { textSize: 5, cut: 4, ending: 'reset' } },
    { name: 'an error after some text', wire: { textSize: 5, error: { after: 4 } } },
  ] as const)('keeps what had arrived before $name', async ({ wire }) => {
    const { ours: error, text } = await run(driver, { stream: true }, { scenario: { reply: reply.text(LONG), wire } });
    expect(error).toMatchObject({ name: 'StreamError', code: 'stream_error', isRetryable: false });
    expect(text).not.toBe('');
    expect(LONG.startsWith(text)).toBe(true);
    expect((error as StreamError).partial?.choices[0]?.message.content).toBe(text);
    expect(error?.receipt?.served?.model).toBe('acme/atlas');
  });

  it('executes no tool call that was cut', async () => {
    const scenario: Scenario = { reply: reply.toolCall('weather', { place: 'Skerries', unit: 'celsius' }), wire: { cut: 'tool-call', toolDeltas: { size: 4 } } };
    const { ours: error, toolCalls } = await run(driver, { stream: true, request: { messages: [{ role: 'user', content: 'Fog?' }], tools: [{ name: 'weather', description: 'Weather', parameters: { type: 'object' } }] } }, { scenario });
    expect(error).toMatchObject({ name: 'StreamError', reason: 'truncated' });
    expect(toolCalls).toEqual([]);
    expect((error as StreamError).partial?.choices[0]?.message.tool_calls).toHaveLength(1);
  });

  describe('an abort by the caller', () => {
    it.each([false, true])('before sending sends nothing, streaming: %s', async (stream) => {
      const { error, requests } = await run(driver, { stream, call: { signal: AbortSignal.abort() } });
      expect(error).toMatchObject({ name: 'AbortError' });
      expect(requests).toEqual([]);
    });

    it.each([false, true])('while the server thinks closes the request, streaming: %s', async (stream) => {
      const timers = manualTimers();
      const controller = new AbortController();
      const { outcome, gateway } = start(driver, { stream, client: { timeout: 4000 }, call: { signal: controller.signal } }, { models: { 'acme/atlas': hang() } }, timers);
      await settled();
      expect(gateway.requests).toHaveLength(1);
      controller.abort();
      expect((await outcome).error).toMatchObject({ name: 'AbortError' });
      expect(gateway.requests).toMatchObject([{ cancelled: true }]);
      expect(timers.pending).toBe(0);
    });

    it('in the middle of a stream closes it, and what had arrived was handed out', async () => {
      const timers = manualTimers();
      const controller = new AbortController();
      const { outcome, gateway } = start(driver, { stream: true, client: { idleTimeout: 700 }, call: { signal: controller.signal } }, { reply: reply.text(LONG), wire: { textSize: 5, stallAfter: 4 } }, timers);
      await settled();
      controller.abort();
      const { error, text } = await outcome;
      expect(error).toMatchObject({ name: 'AbortError' });
      expect(text).not.toBe('');
      expect(LONG.startsWith(text)).toBe(true);
      expect(gateway.requests).toMatchObject([{ cancelled: true }]);
      expect(timers.pending).toBe(0);
    });
  });
});
