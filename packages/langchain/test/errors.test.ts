import { ContextOverflowError, getRetryable } from '@langchain/core/errors';
import { APIError, InvalidOptionsError, NetworkError, PolicyConflictError } from '@waypost/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatOpenRouter, type ChatOpenRouterCallOptions, type ChatOpenRouterInput } from '../src/index.js';
import { chunk, type FakeServer, fakeServer, json, type Reply, response, sse } from './fake-server.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failure = (code: number, error: Record<string, unknown> = {}, headers = {}) => () => json({ error: { code, message: 'failed', ...error } }, code, headers);
const good = () => json(response({ content: 'ok' }));

/** Invokes against the replies, with all waits skipped; gives what was thrown, or the text. */
async function run(replies: (() => Reply)[], more: ChatOpenRouterInput = {}): Promise<{ outcome: unknown; server: FakeServer; waitedMs: number }> {
  const server = fakeServer(...replies);
  const began = Date.now();
  const chat = new ChatOpenRouter('a/b', { apiKey: 'sk-or-v1-topsecret', fetch: server.fetch, ...more });
  const settled = chat.invoke('hi').then((message) => message.content, (error: unknown) => error);
  await vi.runAllTimersAsync();
  return { outcome: await settled, server, waitedMs: Date.now() - began };
}

describe('retries', () => {
  it.each([408, 429, 500, 502, 503, 504, 524, 529])('repeats after %i', async (status) => {
    const { outcome, server } = await run([failure(status), good]);
    expect(outcome).toBe('ok');
    expect(server.bodies).toHaveLength(2);
  });

  it.each([400, 401, 402, 403, 404, 413])('does not repeat after %i', async (status) => {
    const { outcome, server } = await run([failure(status), good]);
    expect(APIError.isInstance(outcome) && outcome.status).toBe(status);
    expect(server.bodies).toHaveLength(1);
    expect(getRetryable(outcome)).toBe(false);
  });

  it('repeats after a 402 for credits in flight', async () => {
    const { outcome } = await run([failure(402, { metadata: { limit_source: 'openrouter_in_flight_budget' } }), good]);
    expect(outcome).toBe('ok');
  });

  it('waits as long as the server asks', async () => {
    const { outcome, waitedMs } = await run([failure(429, {}, { 'retry-after': '30' }), good]);
    expect(outcome).toBe('ok');
    expect(waitedMs).toBeGreaterThanOrEqual(30_000);
  });

  it('leaves a wait of more than a minute to the caller', async () => {
    const { outcome, server } = await run([failure(429, {}, { 'retry-after': '3600' }), good]);
    expect(APIError.isInstance(outcome) && outcome.retryAfterMs).toBe(3_600_000);
    expect(server.bodies).toHaveLength(1);
  });

  it('repeats after errors in bodies with status 200, at the start of a stream, and of the connection', async () => {
    expect((await run([() => json({ error: { code: 502, message: 'upstream' } }), good])).outcome).toBe('ok');
    expect((await run([() => new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }), good])).outcome).toBe('ok');
    const early = () => sse([{ error: { code: 503, message: 'busy' }, choices: [] }]);
    expect((await run([early, () => sse([chunk({ content: 'ok' }, { finish_reason: 'stop' })])], { streaming: true })).outcome).toBe('ok');
  });

  it('stops after maxRetries, with the error and its receipt', async () => {
    const { outcome, server } = await run([failure(500)], { maxRetries: 2 });
    expect(server.bodies).toHaveLength(3);
    expect(APIError.isInstance(outcome) && outcome.receipt?.attempts?.[0]).toMatchObject({ outcome: 'error', status: 500 });
  });

  it("asks the user's own onFailedAttempt instead", async () => {
    const seen: unknown[] = [];
    const { outcome } = await run([failure(400), good], { onFailedAttempt: (error) => void seen.push(error) });
    expect(outcome).toBe('ok');
    expect(seen).toHaveLength(1);
  });

  it('does not repeat what is not its own error', async () => {
    const apiKey = vi.fn(() => {
      throw new Error('no vault');
    });
    const { outcome } = await run([good], { apiKey });
    expect(outcome).toMatchObject({ message: 'no vault' });
    expect(apiKey).toHaveBeenCalledTimes(1);
  });
});

describe('errors', () => {
  it('are told apart as LangChain does, and stay what they are', async () => {
    const { outcome } = await run([failure(400, { message: 'maximum context length is 8192 tokens' })]);
    expect(ContextOverflowError.isInstance(outcome)).toBe(true);
    expect(APIError.isInstance(outcome) && outcome.reason).toBe('context-length');
    const network = await run([() => new TypeError('fetch failed')], { maxRetries: 0 });
    expect(NetworkError.isInstance(network.outcome)).toBe(true);
    expect(ContextOverflowError.isInstance(network.outcome)).toBe(false);
  });

  it('never hold the key', async () => {
    const { outcome } = await run([failure(401, { message: 'bad key sk-or-v1-topsecret' })]);
    const error = outcome as APIError;
    expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain('topsecret');
  });
});

describe('what is refused before sending', () => {
  const retryAll = { onFailedAttempt: () => undefined };
  const refused = async (options: ChatOpenRouterInput, call: Parameters<ChatOpenRouter['invoke']>[1] = {}): Promise<{ error: unknown; sent: number }> => {
    const server = fakeServer(good);
    const chat = new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, ...retryAll, ...options });
    const error: unknown = await chat.invoke('hi', call).then(() => undefined, (reason: unknown) => reason);
    return { error, sent: server.bodies.length };
  };

  it.each<[string, ChatOpenRouterInput, Partial<ChatOpenRouterCallOptions>]>([
    ['an invalid preference of a call', {}, { provider: { data_collection: 'denyy' as 'deny' } }],
    ['an invalid preference in modelKwargs', { modelKwargs: { provider: { sort: 'quality' } } }, {}],
    ['a model in modelKwargs', { modelKwargs: { model: 'x/y' } }, {}],
    ['messages in modelKwargs of a call', {}, { modelKwargs: { messages: [] } }],
    ['stream in modelKwargs', { modelKwargs: { stream: true } }, {}],
    ['a preference at the top level of modelKwargs', { modelKwargs: { max_price: { prompt: 1 } } }, {}],
    ['no tool', {}, { tools: [{}] }],
  ])('%s: nothing is sent, and nothing repeated', async (_name, options, call) => {
    const { error, sent } = await refused(options, call);
    expect(InvalidOptionsError.isInstance(error)).toBe(true);
    expect(sent).toBe(0);
  });

  it('a conflict between layers', async () => {
    const { error, sent } = await refused({ provider: { only: ['azure'] } }, { provider: { only: ['openai'] } });
    expect(PolicyConflictError.isInstance(error)).toBe(true);
    expect(getRetryable(error)).toBe(false);
    expect(sent).toBe(0);
  });

  it('a missing key', async () => {
    vi.stubEnv('OPENROUTER_API_KEY', undefined);
    expect(() => new ChatOpenRouter('a/b')).toThrow(/OPENROUTER_API_KEY/);
    const { error, sent } = await refused({ apiKey: () => '' });
    vi.unstubAllEnvs();
    expect(error).toMatchObject({ name: 'InvalidOptionsError', issues: [{ path: 'apiKey' }] });
    expect(sent).toBe(0);
  });

  it('a call whose signal has aborted', async () => {
    const reason = new Error('too late');
    const { error, sent } = await refused({ onFailedAttempt: undefined }, { signal: AbortSignal.abort(reason) });
    expect(error).toBe(reason);
    expect(sent).toBe(0);
  });

  it('wrong options, in the constructor', () => {
    expect(() => new ChatOpenRouter('a/b', { provider: { only: [] } })).toThrow(InvalidOptionsError);
    expect(() => new ChatOpenRouter('a/b', { baseURL: 'nonsense' })).toThrow(InvalidOptionsError);
  });

  it('a loosening in modelKwargs changes nothing', async () => {
    const server = fakeServer(good);
    const chat = new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, provider: { zdr: true }, modelKwargs: { provider: { zdr: false } } });
    await chat.invoke('hi', { modelKwargs: { provider: { zdr: false, data_collection: 'allow' } } });
    expect(server.bodies[0]?.provider).toMatchObject({ zdr: true });
  });
});
