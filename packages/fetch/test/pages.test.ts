import { describe, expect, it } from 'vitest';
import { APIError } from '../src/index.js';
import { collect, failure, fake, json, rejection } from './kit.js';

const page = (ids: string[], more: Record<string, unknown> = {}): Response => json({ data: ids.map((id) => ({ id, name: id })), ...more });
const next = { links: { next: '/api/v1/models?offset=1' } };

describe('pages of odd servers', () => {
  it('follow the total where there are no links', async () => {
    const { openrouter, requests } = fake([page(['a', 'b'], { total_count: 3 }), page(['c'], { total_count: 3 })]);
    expect((await collect(openrouter.models.list())).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(requests).toHaveLength(2);
  });

  it('end with the total, with an empty page, and with the first where nothing is told', async () => {
    const endless = fake([page(['a'], { ...next, total_count: 2 })]);
    expect(await collect(endless.openrouter.models.list({ limit: 1 }))).toHaveLength(2);
    const empty = fake([page(['a'], next), page([], next)]);
    expect(await collect(empty.openrouter.models.list({ limit: 1 }))).toHaveLength(1);
    const plain = fake([page(['a'])]);
    expect(await collect(plain.openrouter.models.list())).toHaveLength(1);
    expect([endless, empty, plain].map(({ requests }) => requests.length)).toEqual([2, 2, 1]);
  });

  it('give what came before a page that fails, and then its error', async () => {
    const { openrouter } = fake([page(['a'], next), failure(401, 'no')]);
    const seen: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const { id } of openrouter.models.list()) seen.push(id);
    };
    expect(await rejection(loop())).toMatchObject({ status: 401 });
    expect(seen).toEqual(['a']);
  });

  it('say so where the answer is no list', async () => {
    const wrong = fake([json({ data: { id: 'a' } })]).openrouter;
    expect(await rejection(collect(wrong.models.list()))).toMatchObject({ name: 'APIError', message: 'The answer of /models has no list' });
    expect(await rejection(fake([json({ data: null })]).openrouter.models.count())).toBeInstanceOf(APIError);
  });

  it('take what plain JavaScript gives', async () => {
    const { openrouter, requests } = fake([page([])]);
    await openrouter.models.list(null as never);
    await openrouter.models.list({ q: null } as never);
    expect(requests.map(({ url }) => url.split('/v1')[1])).toEqual(['/models', '/models']);
  });
});
