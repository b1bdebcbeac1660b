import { APIError, InvalidOptionsError, PolicyConflictError, StreamError } from '@waypost/core';
import { expect, test } from 'vitest';
import { compareModels } from '../src/compare.js';
import { chunk, event, failure, fake, HELLO, KEY, openBody, rejection, sse, text } from './kit.js';

const request = { messages: [{ role: 'user' as const, content: 'hi' }] };
const named = (model: string, delta: Record<string, unknown> = {}): Record<string, unknown> => chunk(delta, { model });

test('one row for each model, in the order given', async () => {
  const { openrouter, requests } = fake([
    ({ body }) => {
      const { model } = body as { model: string };
      return model === 'a/slow' ? new Promise((resolve) => { setTimeout(() => resolve(sse(named(model, { content: 'slow' }))), 0); }) : sse(named(model, { content: 'fast' }));
    },
  ]);
  const rows = await compareModels(openrouter, request, ['a/slow', 'a/fast']);
  expect(rows.map(({ model, ok, text: said }) => [model, ok, said])).toEqual([['a/slow', true, 'slow'], ['a/fast', true, 'fast']]);
  expect(requests.map(({ body }) => (body as { stream: boolean }).stream)).toEqual([true, true]);
});

test('first token, speed and cost are those of the receipt', async () => {
  const body = openBody();
  const server = fake([() => {
    server.advance(300);
    body.push(text('Hel'));
    return body.response;
  }]);
  const comparing = compareModels(server.openrouter, request, ['a/b'], { receipt: 'off' });
  await expect.poll(() => body.response.bodyUsed || body.response.body?.locked).toBe(true);
  // the first content has been read by the time that anything else can be
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => { setTimeout(resolve, 0); });
  server.advance(500);
  body.push(text('lo'), { id: 'gen-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 40, total_tokens: 43, cost: 0.002 } });
  body.raw('data: [DONE]\n\n');
  body.end();
  const [row] = await comparing;
  expect(row).toMatchObject({ ok: true, text: 'Hello', firstTokenMs: 300, totalMs: 800, tokensPerSecond: 80, cost: 0.002 });
});

test('the fallbacks of the client do not answer for the model of a row', async () => {
  const { openrouter, requests } = fake([HELLO()], { models: ['z/fallback'] });
  await compareModels(openrouter, { ...request, models: ['y/fallback'] }, ['a/b']);
  expect(requests[0]?.body).toMatchObject({ model: 'a/b' });
  expect(requests[0]?.body).not.toHaveProperty('models');
});

test('failures are rows, with what had arrived', async () => {
  const cut = event(named('a/cut', { content: 'half an ans' }));
  const { openrouter } = fake(
    [
      ({ body }) => {
        const { model } = body as { model: string };
        if (model === 'a/cut') return new Response(cut, { headers: { 'content-type': 'text/event-stream' } });
        return model === 'a/down' ? failure(400, 'no') : sse(named(model, { content: 'ok' }));
      },
    ],
    { allowedModels: ['a/*'] },
  );
  const [cutRow, down, refused, good] = await compareModels(openrouter, request, ['a/cut', 'a/down', 'b/refused', 'a/good']);
  expect(cutRow).toMatchObject({ ok: false, text: 'half an ans' });
  expect(cutRow?.ok === false && StreamError.isInstance(cutRow.error)).toBe(true);
  expect(down?.ok === false && APIError.isInstance(down.error) && down.error.status).toBe(400);
  expect(refused?.ok === false && PolicyConflictError.isInstance(refused.error)).toBe(true);
  expect(good).toMatchObject({ ok: true, text: 'ok' });
  expect(JSON.stringify([cutRow, down, refused, good])).not.toContain(KEY);
});

test('as many at a time as asked for', async () => {
  let open = 0;
  let most = 0;
  const { openrouter } = fake([
    async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => { setTimeout(resolve, 0); });
      open -= 1;
      return HELLO();
    },
  ]);
  await compareModels(openrouter, request, ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'], { concurrency: 2 });
  expect(most).toBe(2);
});

test('an abort ends all of it', async () => {
  const bodies = [openBody(), openBody()];
  let at = 0;
  const { openrouter } = fake([({ signal }) => {
    const body = bodies[at++] ?? openBody();
    signal?.addEventListener('abort', () => body.fail(signal.reason as Error));
    return body.response;
  }]);
  const controller = new AbortController();
  const comparing = rejection(compareModels(openrouter, request, ['a/1', 'a/2'], { signal: controller.signal }));
  await expect.poll(() => at).toBe(2);
  const reason = new Error('enough');
  controller.abort(reason);
  expect(await comparing).toBe(reason);
});

test('an abort is no row, whatever it is done with', async () => {
  const { openrouter, requests } = fake([HELLO()]);
  const reason = new StreamError({ reason: 'truncated', message: 'enough' });
  expect(await rejection(compareModels(openrouter, request, ['a/1'], { signal: AbortSignal.abort(reason) }))).toBe(reason);
  expect(requests).toEqual([]);
  // @ts-expect-error -- no signal
  const [row] = await compareModels(openrouter, request, ['a/1'], { signal: 'now' });
  expect(row?.ok === false && InvalidOptionsError.isInstance(row.error)).toBe(true);
});

test('what a hook throws ends all of it: nothing more is sent, and nothing goes on unseen', async () => {
  const bodies = [openBody(), openBody()];
  const { openrouter, requests } = fake(bodies.map(({ response }) => response));
  const oops = new Error('oops');
  const onFirstToken = (): never => {
    throw oops;
  };
  const comparing = rejection(compareModels(openrouter, request, ['a/1', 'a/2', 'a/3'], { concurrency: 2, hooks: { onFirstToken } }));
  await expect.poll(() => requests.length).toBe(2);
  bodies[0]?.push(text('Hel'));
  expect(await comparing).toBe(oops);
  expect(bodies.map((body) => body.cancelled())).toEqual([true, true]);
  await new Promise((resolve) => { setTimeout(resolve, 0); });
  expect(requests).toHaveLength(2);
});

test.each([
  ['no models', [], {}, /models/],
  ['a model twice', ['a/b', 'a/b'], {}, /twice/],
  ['a concurrency that is none', ['a/b'], { concurrency: 0 }, /concurrency/],
])('refuses %s', async (_, models, options, message) => {
  const { openrouter, requests } = fake([HELLO()]);
  const error = await rejection(compareModels(openrouter, request, models, options));
  expect(InvalidOptionsError.isInstance(error)).toBe(true);
  expect(String(error)).toMatch(message);
  expect(requests).toEqual([]);
});
