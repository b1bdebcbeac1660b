import { APIError, InvalidOptionsError } from '@waypost/fetch';
import { describe, expect, it } from 'vitest';
import { collect, rejection, served } from './kit.js';

const CHEAP_FIRST = { output_modalities: 'all', sort: 'pricing-low-to-high', model_authors: ['acme', 'cinder', 'dune'] } as const;

describe('models', () => {
  it('is a promise of the list', async () => {
    const { openrouter, gateway } = served();
    const models = await openrouter.models.list({ supported_parameters: ['tools', 'seed'], providers: 'together' });
    expect(models.map(({ id }) => id)).toEqual(['acme/atlas-mini', 'acme/atlas-mini:free', 'acme/atlas-mini:extended']);
    expect(gateway.requests[0]?.query).toEqual({ supported_parameters: 'tools,seed', providers: 'together' });
    expect(await openrouter.models.list().finally(() => {})).toHaveLength(8);
  });

  it('gives all of all pages in a loop, its filters kept', async () => {
    const { openrouter, gateway } = served();
    const whole = await openrouter.models.list(CHEAP_FIRST);
    expect(await collect(openrouter.models.list({ ...CHEAP_FIRST, limit: 4 }))).toEqual(whole);
    const rest = { output_modalities: 'all', sort: 'pricing-low-to-high', model_authors: 'acme,cinder,dune', limit: '4' };
    expect(gateway.requests.slice(1).map(({ query }) => query)).toEqual([rest, { ...rest, offset: '4' }, { ...rest, offset: '8' }]);
    expect(whole.length).toBe(11);
    expect(await collect(openrouter.models.list({ ...CHEAP_FIRST, offset: 9, limit: 2 }))).toEqual(whole.slice(9));
  });

  it('asks for no page that nobody reads', async () => {
    const { openrouter, gateway } = served();
    const ids: string[] = [];
    for await (const { id } of openrouter.models.list({ limit: 2 })) {
      ids.push(id);
      if (ids.length === 3) break;
    }
    expect(ids).toHaveLength(3);
    expect(gateway.requests).toHaveLength(2);
  });

  it('awaited with a limit is that page, which the loop then begins with', async () => {
    const { openrouter, gateway } = served();
    const pages = openrouter.models.list({ limit: 5 });
    expect(await pages).toHaveLength(5);
    expect(await collect(pages)).toHaveLength(8);
    expect(gateway.requests).toHaveLength(2);
  });

  it('of the key\'s own settings need the key', async () => {
    const { openrouter, gateway } = served({ account: { zdr: true } });
    const mine = await collect(openrouter.models.user({ limit: 3, output_modalities: ['all'] }));
    expect(mine.map(({ id }) => id)).not.toContain('acme/atlas-mini:free');
    expect(mine).toHaveLength(15);
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/models/user', query: { limit: '3', output_modalities: 'all' } });
    const none = served({}, { apiKey: undefined });
    expect(await rejection(none.openrouter.models.user())).toBeInstanceOf(InvalidOptionsError);
    expect(none.gateway.requests).toHaveLength(0);
  });

  it('are counted', async () => {
    const { openrouter } = served();
    expect([await openrouter.models.count(), await openrouter.models.count({ output_modalities: ['rerank', 'video'] })]).toEqual([8, 2]);
  });

  it('tells what the server refuses', async () => {
    const { openrouter } = served();
    expect(await rejection(openrouter.models.list({ output_modalities: 'smell' }))).toBeInstanceOf(APIError);
    expect(await rejection(collect(openrouter.models.list({ output_modalities: 'smell' })))).toMatchObject({ status: 400 });
    expect(await rejection(openrouter.models.get('acme/none'))).toMatchObject({ name: 'APIError', status: 404 });
  });

  it.each([{ limit: 0 }, { limit: 1001 }, { limit: 2.5 }, { offset: -1 }, { offset: Number.NaN }])('refuses %o before anything is sent', async (query) => {
    const { openrouter, gateway } = served();
    expect(await rejection(openrouter.models.list(query))).toMatchObject({ code: 'invalid_options', message: expect.stringContaining(`query.${Object.keys(query)[0]}`) });
    expect(await rejection(collect(openrouter.models.user(query)))).toBeInstanceOf(InvalidOptionsError);
    expect(gateway.requests).toHaveLength(0);
  });

  it('stops between pages when aborted', async () => {
    const { openrouter, gateway } = served();
    const controller = new AbortController();
    const loop = async (): Promise<void> => {
      for await (const _ of openrouter.models.list({ limit: 1 }, { signal: controller.signal })) controller.abort(new Error('enough'));
    };
    expect(await rejection(loop())).toMatchObject({ message: 'enough' });
    expect(gateway.requests).toHaveLength(1);
  });
});
