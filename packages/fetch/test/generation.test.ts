import { describe, expect, it } from 'vitest';
import { APIError, InvalidOptionsError } from '../src/index.js';
import { failure, fake, json, rejection } from './kit.js';

const missing = (): Response => failure(404, 'Generation gen-1 not found');
const record = (): Response => json({ data: { id: 'gen-1', total_cost: 1 } });

describe('generation', () => {
  it('waits until it is there', async () => {
    const { openrouter, waits } = fake([missing(), missing(), record()]);
    expect(await openrouter.generation('gen-1')).toEqual({ id: 'gen-1', total_cost: 1 });
    expect(waits).toEqual([500, 1000]);
  });

  it('waits for half a minute, and no longer', async () => {
    const { openrouter, waits } = fake([missing()]);
    expect(await rejection(openrouter.generation('gen-1'))).toMatchObject({ name: 'APIError', status: 404, message: 'Generation gen-1 not found' });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 6500]);
  });

  it('waits as long as told, or not at all', async () => {
    const { openrouter, waits, requests } = fake([missing()]);
    expect(await rejection(openrouter.generation('gen-1', { waitMs: 0 }))).toMatchObject({ status: 404 });
    expect(waits).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await rejection(openrouter.generation('gen-1', { waitMs: 20_000 }))).toMatchObject({ status: 404 });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 4500]);
  });

  it.each([
    ['a refused key', failure(401, 'no'), 401],
    ['a route that is not there', failure(404, 'Not Found'), 404],
    ['a page of something else', new Response('<html><title>Nothing here</title></html>', { status: 404, headers: { 'content-type': 'text/html' } }), 404],
    ['a server that fails for good', failure(500, 'Internal Server Error'), 500],
  ])('does not wait for %s', async (_, reply, status) => {
    const { openrouter, requests } = fake([reply], { retry: false });
    const error = await rejection(openrouter.generation('gen-1'));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status });
    expect(requests).toHaveLength(1);
  });

  it('keeps within the deadline, of the call or of the client', async () => {
    for (const [client, call] of [[{}, { deadline: 2000 }], [{ deadline: 2000 }, {}]]) {
      const { openrouter, waits } = fake([missing()], client);
      expect(await rejection(openrouter.generation('gen-1', call))).toMatchObject({ status: 404 });
      expect(waits).toEqual([500, 1000]);
    }
  });

  it('gives what is left of the deadline to each look', async () => {
    let time = 0;
    let fire = (): void => {};
    const limits: number[] = [];
    const timer = (ms: number, callback: () => void): (() => void) => {
      limits.push(ms);
      fire = () => {
        time += ms;
        callback();
      };
      return () => {};
    };
    const sleep = async (ms: number): Promise<void> => void (time += ms);
    const hangs = (): Promise<never> => {
      fire();
      return new Promise(() => {});
    };
    const { openrouter } = fake([missing(), hangs], { effects: { now: () => time, sleep, random: () => 0.5, timer } });
    expect(await rejection(openrouter.generation('gen-1', { deadline: 2000 }))).toMatchObject({ name: 'TimeoutError', kind: 'deadline' });
    expect(limits.filter((ms) => ms < 10_000)).toEqual([2000, 1500]);
  });

  it('stops waiting when aborted', async () => {
    const controller = new AbortController();
    const { openrouter, requests } = fake([
      () => {
        controller.abort(new Error('enough'));
        return missing();
      },
    ]);
    expect(await rejection(openrouter.generation('gen-1', { signal: controller.signal }))).toMatchObject({ message: 'enough' });
    expect(requests).toHaveLength(1);
  });

  it('ends with the last answer where a timer is late', async () => {
    let time = 0;
    const sleep = (ms: number): Promise<void> => {
      time += ms + 5;
      return Promise.resolve();
    };
    const { openrouter, requests } = fake([missing()], { effects: { now: () => time, sleep } });
    expect(await rejection(openrouter.generation('gen-1', { deadline: 502 }))).toMatchObject({ name: 'APIError', status: 404 });
    expect(requests).toHaveLength(1);
  });

  it('refuses what is no id, and no wait', async () => {
    const { openrouter, requests } = fake([record()]);
    expect(await rejection(openrouter.generation(''))).toBeInstanceOf(InvalidOptionsError);
    expect(await rejection(openrouter.generation('gen-1', { waitMs: Number.NaN }))).toBeInstanceOf(InvalidOptionsError);
    expect(await rejection(openrouter.generation('gen-1', { deadline: -1 }))).toBeInstanceOf(InvalidOptionsError);
    expect(await rejection(openrouter.generation('gen-1', 'x' as never))).toBeInstanceOf(InvalidOptionsError);
    expect(requests).toHaveLength(0);
    expect(await openrouter.generation('gen-1', null as never)).toMatchObject({ id: 'gen-1' });
  });
});
