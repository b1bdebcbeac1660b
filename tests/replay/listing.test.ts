import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelEndpoints, ModelList } from '@waypost/core';
import { explain, planRoute } from '@waypost/core/routing';
import { createGateway, loadCatalogue } from '@waypost/testing';
import { exchangeNames, readExchange } from '@waypost-tests/fixtures';
import { describe, expect, it } from 'vitest';

/** Real listings, kept beside the checkout where they are kept at all. */
const folder = fileURLToPath(new URL('../../../shared/cassettes', import.meta.url));
const absent = !existsSync(folder) && !process.env['WAYPOST_REQUIRE_CASSETTES'];

function recorded(kind: string, path: RegExp): readonly [name: string, body: unknown][] {
  return exchangeNames(folder, kind)
    .map((name) => [name, readExchange(folder, kind, name)] as const)
    .filter(([, { request }]) => path.test(request.path))
    .map(([name, { response }]): [string, unknown] => [name, response.body]);
}

describe.skipIf(absent)('recorded listings (where they do not lie beside this checkout, this is left out)', () => {
  it('of models load, and each model serves what it gives', async () => {
    const listings = recorded('models', /\/v1\/models/);
    expect(listings.length).toBeGreaterThan(3);
    let served = 0;
    for (const [, body] of listings) {
      const catalogue = loadCatalogue({ models: body as ModelList });
      const gateway = createGateway({ catalogue });
      for (const { id, outputModalities } of catalogue.models.filter((model) => model.outputModalities.includes('text'))) {
        const response = await gateway.fetch('http://gateway.local/api/v1/chat/completions', {
          method: 'POST',
          headers: { authorization: 'Bearer sk-or-v1-test' },
          body: JSON.stringify({ model: id, messages: [{ role: 'user', content: 'Hello' }] }),
        });
        expect({ id, outputModalities, status: response.status }).toMatchObject({ status: 200 });
        served += 1;
      }
    }
    expect(served).toBeGreaterThan(100);
  });

  it('of endpoints can be planned, explained and served', async () => {
    const [found] = recorded('endpoints', /\/models\/.*\/endpoints$/);
    if (found === undefined) throw new Error('no listing of endpoints was recorded');
    const answer = found[1] as ModelEndpoints;
    const { id } = answer.data;
    const plan = planRoute({ model: id }, answer);
    expect(plan.order.map(({ probability }) => probability)).toEqual(answer.data.endpoints.map(() => 1 / answer.data.endpoints.length));
    const dear = explain({ model: id, provider: { max_price: { prompt: 1, completion: 10 }, zdr: true } }, answer);
    expect(dear.blame).toMatchObject({ preferences: ['max_price'], proven: true });
    expect(dear.suggestions[0]?.changes).toMatchObject([{ preference: 'max_price', value: { prompt: 1.25, completion: 10 } }]);
    expect(dear.suggestions[0]?.certain).toBe(false);
    const catalogue = loadCatalogue({ models: [{ id, name: id }], endpoints: [answer] });
    expect(catalogue.models[0]?.endpoints.map(({ tag }) => tag)).toEqual(answer.data.endpoints.map(({ tag }) => tag));
  });

  it('of endpoints without retention tell which those are', () => {
    const [found] = recorded('endpoints', /\/endpoints\/zdr$/);
    if (found === undefined) throw new Error('no listing of endpoints was recorded');
    const zdr = found[1] as { data: ModelEndpoints['data']['endpoints'] };
    const models = [...new Set(zdr.data.map(({ model_id: id }) => id ?? ''))];
    for (const model of models) {
      const plan = planRoute({ model, provider: { zdr: true } }, zdr.data, { zdr });
      expect(plan.order).not.toEqual([]);
      expect(plan.order.every(({ unknown }) => unknown.length === 0)).toBe(true);
      expect(plan.order.reduce((sum, { probability }) => sum + (probability ?? 0), 0)).toBeCloseTo(1, 9);
    }
  });
});
