import { expect, it } from 'vitest';
import { rejection, served } from './kit.js';

it('a generation is asked for until it is settled', async () => {
  const { openrouter, waits, paths } = served({ settleAfterReads: 3 });
  const { receipt } = await openrouter.chat({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }] });
  const id = receipt?.id ?? '';
  expect(await rejection(openrouter.generation(id, { waitMs: 0 }))).toMatchObject({ name: 'APIError', status: 404 });
  expect(await openrouter.generation(id)).toMatchObject({ id, total_cost: receipt?.cost.total });
  expect(waits).toEqual([500, 1000]);
  expect(paths()).toEqual(['/chat/completions', '/generation', '/generation', '/generation', '/generation']);
});
