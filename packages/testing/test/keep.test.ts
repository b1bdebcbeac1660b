import { InvalidOptionsError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../src/index.js';
import { BASE, chat, chatJson, post } from './helpers.js';

const KEY = { headers: { authorization: 'Bearer sk-or-v1-secret' } };

describe('a gateway that runs for long', () => {
  it('remembers the last requests, and goes on counting', async () => {
    const gateway = createGateway({ keep: 3 });
    const { requests } = gateway;
    for (let i = 0; i < 5; i += 1) await chat(gateway);
    expect(requests.map(({ number }) => number)).toEqual([3, 4, 5]);
    expect(gateway.requests).toBe(requests);
    gateway.reset();
    await chat(gateway);
    expect(requests.map(({ number }) => number)).toEqual([1]);
  });

  it('gives the same ids whatever it has forgotten', async () => {
    const ids = async (keep: number): Promise<unknown[]> => {
      const gateway = createGateway({ keep });
      const all: unknown[] = [];
      for (let i = 0; i < 4; i += 1) all.push((await chatJson(gateway)).id);
      return all;
    };
    expect(await ids(1)).toEqual(await ids(100));
    expect(new Set(await ids(1)).size).toBe(4);
  });

  it('forgets the generations and videos of long ago', async () => {
    const gateway = createGateway({ keep: 2, settleAfterReads: 0, videoPendingReads: 0 });
    const read = async (path: string): Promise<number> => (await gateway.fetch(`${BASE}${path}`, KEY)).status;
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.push(String((await chatJson(gateway)).id));
    expect(await Promise.all(ids.map((id) => read(`/generation?id=${id}`)))).toEqual([404, 200, 200]);
    const jobs: string[] = [];
    for (let i = 0; i < 3; i += 1) jobs.push(((await (await post(gateway, '/videos', { model: 'cinder/reel', prompt: 'a harbour' })).json()) as { id: string }).id);
    expect(await Promise.all(jobs.map((id) => read(`/videos/${id}`)))).toEqual([404, 200, 200]);
  });

  it('forgets the cached answers of long ago', async () => {
    const gateway = createGateway({ keep: 2 });
    const cached = async (content: string): Promise<string | null> =>
      (await chat(gateway, { messages: [{ role: 'user', content }] }, { headers: { 'x-openrouter-cache': 'true' } })).headers.get('x-openrouter-cache-status');
    for (const content of ['a', 'b', 'c']) await cached(content);
    expect([await cached('c'), await cached('b'), await cached('a')]).toEqual(['HIT', 'HIT', 'MISS']);
  });

  it('keeps all where it is told to', async () => {
    const gateway = createGateway({ keep: Infinity });
    for (let i = 0; i < 4; i += 1) await chat(gateway);
    expect(gateway.requests).toHaveLength(4);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to keep %s', (keep) => {
    expect(() => createGateway({ keep })).toThrow(InvalidOptionsError);
    expect(() => createGateway({ keep })).toThrow(/keep/);
  });
});
