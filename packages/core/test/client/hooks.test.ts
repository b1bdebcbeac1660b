import { describe, expect, expectTypeOf, test } from 'vitest';
import type { CallInfo, HookEvents, Hooks } from '../../src/client/hooks.js';
import { openChat } from '../../src/client/open-chat.js';
import { sendChat } from '../../src/client/send-chat.js';
import { sendEmbeddings } from '../../src/client/send-embeddings.js';
import type { Receipt } from '../../src/receipt/receipt.js';
import { event, fakeBody, finish, KEY, rejection, text } from '../transport/kit.js';
import { answer, body, failure, messages, PROMPT, SECRET_ANSWER, serve } from './kit.js';

const NAMES = ['onStart', 'onRequest', 'onResponse', 'onAttempt', 'onFailover', 'onRetry', 'onFirstToken', 'onWarning', 'onFinish', 'onError', 'onReceipt'] as const;

/** Hooks that note all they are told. */
function listen(): { hooks: Hooks; told: [name: string, event: unknown, call: CallInfo | undefined][]; names: () => string[] } {
  const told: [string, unknown, CallInfo | undefined][] = [];
  const hooks: Hooks = Object.fromEntries(NAMES.map((name) => [name, (given: unknown, call: CallInfo | undefined) => void told.push([name, given, call])]));
  return { hooks, told, names: () => told.map(([name]) => name) };
}
/** The first event of that name. */
function eventOf<Name extends keyof HookEvents>(told: readonly [string, unknown, unknown][], wanted: Name): HookEvents[Name] {
  const [, given] = told.find(([name]) => name === wanted) ?? expect.unreachable();
  return given as HookEvents[Name];
}

const instant = { sleep: () => Promise.resolve() };
const chain = { messages, models: ['a/1', 'a/2', 'a/3', 'b/1'] };

describe('a call tells', () => {
  test('each step, in order, with the same call', async () => {
    const { hooks, told, names } = listen();
    const { config } = serve((call) => (call < 2 ? failure(503, 'busy') : answer({ model: 'a/1' })), { hooks, effects: instant });
    await sendChat(config, { body: chain });
    expect(names()).toEqual([
      'onStart', 'onRequest', 'onResponse', 'onAttempt', 'onFailover', 'onRequest', 'onResponse', 'onAttempt', 'onRetry', 'onRequest', 'onResponse', 'onAttempt', 'onFinish', 'onReceipt',
    ]);
    const [[, , first] = expect.unreachable()] = told;
    expect(told.every(([, , call]) => call === first)).toBe(true);
    expect(first).toMatchObject({ route: 'chat', url: 'https://openrouter.ai/api/v1/chat/completions', models: chain.models, stream: false });
    const eventsOf = (wanted: string): unknown[] => told.flatMap(([name, given]) => (name === wanted ? [given] : []));
    expect(eventsOf('onFailover')).toMatchObject([{ from: ['a/1', 'a/2', 'a/3'], to: ['b/1'], error: { status: 503 } }]);
    expect(eventsOf('onRetry')).toMatchObject([{ retry: 1, waitMs: 250, error: { status: 503 } }]);
    expect(eventsOf('onResponse')).toMatchObject([{ status: 503 }, { status: 503 }, { status: 200, id: 'gen-1' }]);
    expect(eventsOf('onFinish')).toEqual([{ id: 'gen-1', model: 'a/1', provider: 'Azure', finishReason: 'stop', usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 }, response: expect.any(Function) }]);
  });

  test('what a hook does to the body changes nothing that is sent', async () => {
    const onStart = (_: CallInfo, call: CallInfo): void => void delete call.body().provider;
    const { config, sent } = serve(() => answer(), { hooks: { onStart }, provider: { zdr: true } });
    await sendChat(config, { body });
    expect(sent[0]?.body['provider']).toEqual({ zdr: true });
  });

  test('its receipt to all, also where another hook throws at its end', async () => {
    const { hooks, names } = listen();
    const oops = new Error('oops');
    const fails = (): never => {
      throw oops;
    };
    const { config } = serve((call) => (call === 0 ? answer() : failure(400)), { hooks: [{ onFinish: fails, onError: fails }, hooks] });
    for (const end of ['onFinish', 'onError']) {
      expect(await rejection(sendChat(config, { body }))).toBe(oops);
      expect(names().slice(-2)).toEqual([end, 'onReceipt']);
    }
  });

  test('no two calls are told as one', async () => {
    const { hooks, told } = listen();
    const { config } = serve(() => answer(), { hooks });
    await Promise.all([sendChat(config, { body }), sendChat(config, { body })]);
    const calls = new Set(told.map(([, , call]) => call));
    expect([calls.size, new Set([...calls].map((call) => call?.id)).size]).toEqual([2, 2]);
  });

  test('neither keys nor prompts nor answers, unless a function is asked', async () => {
    const { hooks, told } = listen();
    const { config } = serve((call) => (call === 0 ? failure(503, 'busy') : answer()), { hooks, effects: instant });
    await sendChat(config, { body });
    const all = JSON.stringify(told);
    for (const secret of [KEY, PROMPT, SECRET_ANSWER]) expect(all).not.toContain(secret);
    expect(JSON.stringify(told[0]?.[2]?.body())).toContain(PROMPT);
    expect(JSON.stringify(eventOf(told, 'onFinish').response())).toContain(SECRET_ANSWER);
  });

  test('response headers without what was secret in the request', async () => {
    const { hooks, told } = listen();
    const { config } = serve(() => new Response(JSON.stringify({ choices: [] }), { headers: { 'x-echo': `Bearer ${KEY}`, 'set-cookie': 'a=b', 'x-ok': 'yes' } }), { hooks });
    await sendChat(config, { body });
    const { headers } = eventOf(told, 'onResponse');
    expect(headers).toMatchObject({ 'x-ok': 'yes', 'x-echo': expect.stringContaining('[redacted]') });
    expect(JSON.stringify(headers)).not.toMatch(/set-cookie|0123456789abcdef/);
  });

  test('an error as it is thrown, with its receipt; an abort with its reason', async () => {
    const { hooks, told, names } = listen();
    const { config } = serve(() => failure(401, 'no'), { hooks });
    const error = await rejection(sendChat(config, { body }));
    expect(told.find(([name]) => name === 'onError')?.[1]).toEqual({ error });
    expect((error as { receipt?: Receipt }).receipt).toBeDefined();
    expect(names().slice(-2)).toEqual(['onError', 'onReceipt']);
    const reason = { why: 'enough' };
    await rejection(sendChat(config, { body, options: { signal: AbortSignal.abort(reason) } }));
    expect(told.filter(([name]) => name === 'onError')[1]?.[1]).toEqual({ error: reason });
  });

  test('how it ended also where receipts are off', async () => {
    const { hooks, names } = listen();
    const { config } = serve(() => answer(), { hooks, receipt: 'off' });
    await sendChat(config, { body });
    expect(names().slice(-1)).toEqual(['onFinish']);
  });

  test('also of other routes', async () => {
    const { hooks, told, names } = listen();
    const { config } = serve(() => Response.json({ data: [{ embedding: [1], index: 0 }], model: 'a/b', usage: { prompt_tokens: 3 } }), { hooks });
    await sendEmbeddings(config, { body: { model: 'a/b', input: 'x' } });
    expect(names()).toEqual(['onStart', 'onRequest', 'onResponse', 'onAttempt', 'onFinish', 'onReceipt']);
    expect(told[0]?.[1]).toMatchObject({ route: 'embeddings' });
  });
});

describe('a stream tells', () => {
  const open = async (...parts: string[]) => {
    const { hooks, told, names } = listen();
    const feed = fakeBody();
    const { config, clock } = serve(async () => (await clock.effects.sleep(40), feed.response), { hooks });
    const opening = openChat(config, { body });
    feed.push(event(text('Hel')), ...parts);
    await clock.advance(40);
    return { stream: await opening, feed, told, names };
  };

  test('its first content, and its end', async () => {
    const { stream, told, names } = await open(event(text('lo')), event(finish()), 'data: [DONE]\n\n');
    expect(names()).toEqual(['onStart', 'onRequest', 'onResponse', 'onAttempt', 'onFirstToken']);
    expect(told[4]?.[1]).toEqual({ ms: 40 });
    while ((await stream.read()) !== undefined);
    expect(names().slice(5)).toEqual(['onFinish', 'onReceipt']);
    expect(told[5]?.[1]).toMatchObject({ id: 'gen-1', model: 'a/b', finishReason: 'stop' });
    await stream.cancel();
    expect(names()).toHaveLength(7);
  });

  test('that it was left', async () => {
    const { stream, told, names } = await open();
    await stream.read();
    await stream.cancel();
    expect(names().slice(5)).toEqual(['onFinish', 'onReceipt']);
    expect(eventOf(told, 'onFinish').response()).toMatchObject({ choices: [{ message: { content: 'Hel' } }] });
  });

  test('that it broke', async () => {
    const { stream, feed, told, names } = await open();
    await stream.read();
    feed.fail(new Error('reset'));
    const error = await rejection(stream.read());
    expect(names().slice(5)).toEqual(['onError', 'onReceipt']);
    expect(told[5]?.[1]).toEqual({ error });
  });
});

test('types', () => {
  const hooks: Hooks = {
    onRetry({ waitMs, error, retry }, call) {
      expectTypeOf([waitMs, retry]).toEqualTypeOf<number[]>();
      expectTypeOf(error.code).toBeString();
      expectTypeOf(call).toEqualTypeOf<CallInfo>();
    },
    onWarning: (_, call) => void expectTypeOf(call).toEqualTypeOf<CallInfo | undefined>(),
    onError: ({ error }) => void expectTypeOf(error).toBeUnknown(),
  };
  // @ts-expect-error -- no such hook
  expectTypeOf<{ onSuccess(): void }>().toExtend<Hooks>();
  expect(Object.keys(hooks)).toHaveLength(3);
});
