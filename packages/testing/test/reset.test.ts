import { expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayOptions, reply } from '../src/index.js';
import { BASE, catalogueOf, chat, post, priced } from './helpers.js';

const KEY = { headers: { authorization: 'Bearer sk-or-v1-secret' } };

/** A gateway that waits at this endpoint until it is let go. */
function waiting(options: GatewayOptions, tag: string): { readonly gateway: Gateway; readonly asleep: Promise<void>; go(this: void): void } {
  let go = (): void => {};
  let begun = (): void => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const asleep = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const sleep = (): Promise<void> => {
    begun();
    return held;
  };
  const scenario = { health: { [tag]: { state: 'ok', headersMs: 1 } }, ...options.scenario } as const;
  return { gateway: createGateway({ sleep, settleAfterReads: 0, ...options, scenario }), asleep, go: () => go() };
}

const catalogue = catalogueOf(priced('azure', 1_000_000, { maxCompletionTokens: 20 }));

async function read(gateway: Gateway, path: string): Promise<{ status: number; body: unknown }> {
  const response = await gateway.fetch(`${BASE}${path}`, KEY);
  return { status: response.status, body: await response.json() };
}

it('a request that a reset overtakes leaves nothing in the new run', async () => {
  const { gateway, asleep, go } = waiting({ catalogue, credits: 10, enforceCredits: true, scenario: { reply: reply.text('Aye', { tokens: { prompt: 3, completion: 3, cached: 1 } }) } }, 'azure');
  const body = { model: 'acme/one', max_tokens: 1, session_id: 's' };
  const headers = { 'x-openrouter-cache': 'true' };
  const pending = chat(gateway, body, { headers });
  await asleep;
  expect(gateway.requests).toHaveLength(1);
  gateway.reset();
  go();
  const { id } = (await (await pending).json()) as { id: string };
  expect(gateway.requests).toEqual([]);
  expect((await read(gateway, '/credits')).body).toMatchObject({ data: { total_usage: 0 } });
  expect((await read(gateway, `/generation?id=${id}`)).status).toBe(404);
  const again = await chat(gateway, body, { headers });
  expect([again.status, again.headers.get('x-openrouter-cache-status')]).toEqual([200, 'MISS']);
  await again.text();
  expect((await read(gateway, '/credits')).body).toMatchObject({ data: { total_usage: 6 } });
});

it('a job of a video that a reset overtakes is not there any more', async () => {
  const { gateway, asleep, go } = waiting({ account: { only: ['google-vertex'] } }, 'google-vertex');
  const pending = post(gateway, '/videos', { model: 'cinder/reel', prompt: 'a quay' });
  await asleep;
  gateway.reset();
  go();
  const { id } = (await (await pending).json()) as { id: string };
  expect((await read(gateway, `/videos/${id}`)).status).toBe(404);
  expect((await read(gateway, '/credits')).body).toMatchObject({ data: { total_usage: 0 } });
});
