import type { ModelEndpoints, ModelList } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/index.js';
import { BASE } from '../helpers.js';

async function get<T = unknown>(path: string, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: T }> {
  const response = await createGateway().fetch(`${BASE}${path}`, { headers });
  return { status: response.status, body: (await response.json()) as T };
}

async function ids(query: string): Promise<readonly string[]> {
  return (await get<ModelList>(`/models${query}`)).body.data.map((model) => model.id);
}

describe('GET /models', () => {
  it('lists models with text output, priced at their cheapest ordinary endpoint', async () => {
    const { body } = await get<ModelList>('/models');
    expect(body).toMatchObject({ total_count: 8, links: { next: null } });
    expect(body.data.find((model) => model.id === 'acme/atlas')).toMatchObject({
      canonical_slug: 'acme/atlas-20260901', pricing: { prompt: '0.000002', completion: '0.000008' },
      architecture: { modality: 'text+image->text' }, top_provider: { is_moderated: true },
    });
  });

  it('filters', async () => {
    expect(await ids('?output_modalities=embeddings')).toEqual(['dune/vector']);
    expect(await ids('?output_modalities=all')).toHaveLength(16);
    expect(await ids('?input_modalities=image&output_modalities=image')).toEqual(['cinder/easel', 'cinder/kiln']);
    expect(await ids('?output_modalities=rerank')).toEqual(['dune/compass']);
    expect(await ids('?output_modalities=video,speech')).toEqual(['cinder/reel', 'echo/lark']);
    expect(await ids('?output_modalities=transcription')).toEqual(['echo/scribe', 'echo/scribe-pro']);
    expect(await ids('?output_modalities=decisions')).toEqual(['dune/verdict']);
    expect(await ids('?supported_parameters=reasoning')).toEqual(['borealis/aurora', 'borealis/aurora:thinking']);
    expect(await ids('?providers=cerebras')).toEqual(['cinder/spark']);
    expect(await ids('?q=SPARK')).toEqual(['cinder/spark']);
    expect(await ids('?zdr=true')).not.toContain('acme/atlas-mini:free');
    expect(await ids('?distillable=true')).not.toContain('borealis/aurora');
    expect(await ids('?model_authors=cinder,dune')).toEqual(['cinder/spark', 'cinder/easel']);
    expect(await ids('?context=200000')).toEqual(['acme/atlas-mini:extended', 'borealis/aurora', 'borealis/aurora:thinking']);
    expect(await ids('?min_price=0.3&max_price=2')).toEqual(['acme/atlas', 'acme/atlas-mini:extended', 'cinder/easel']);
    expect(await ids('?min_output_price=8')).toEqual(['acme/atlas', 'borealis/aurora', 'borealis/aurora:thinking']);
    expect(await ids('?min_age_days=30')).toEqual([]);
    expect(await ids('?max_age_days=30&q=spark')).toEqual(['cinder/spark']);
  });

  it('sorts', async () => {
    expect((await ids('?sort=pricing-low-to-high')).slice(0, 2)).toEqual(['acme/atlas-mini:free', 'cinder/spark']);
    expect((await ids('?sort=pricing-high-to-low')).slice(0, 3)).toEqual(['borealis/aurora', 'borealis/aurora:thinking', 'acme/atlas']);
    expect((await ids('?sort=context-high-to-low'))[0]).toBe('acme/atlas-mini:extended');
    expect(await ids('?sort=a-word-of-tomorrow')).toEqual(await ids(''));
  });

  it.each([
    ['?output_modalities=text,smell', ['output_modalities', 1]], ['?limit=0', ['limit']], ['?limit=1001', ['limit']], ['?limit=x', ['limit']], ['?offset=-1', ['offset']],
  ])('refuses %s', async (query, path) => {
    const { status, body } = await get<{ error: { name: string; message: string } }>(`/models${query}`);
    expect([status, body]).toMatchObject([400, { success: false, error: { name: 'ZodError' } }]);
    expect(JSON.parse(body.error.message)).toMatchObject([{ path }]);
  });

  it('pages', async () => {
    const first = await get<ModelList>('/models?limit=5');
    expect([first.body.data.length, first.body.links?.next]).toEqual([5, '/api/v1/models?offset=5&limit=5']);
    expect((await get<ModelList>('/models?limit=5&offset=5')).body).toMatchObject({ links: { next: null }, total_count: 8 });
  });

  it('counts', async () => {
    expect((await get('/models/count?output_modalities=all')).body).toEqual({ data: { count: 16 } });
  });
});

describe('GET /models/user', () => {
  it('needs a key, and lists what the account may use', async () => {
    expect((await get('/models/user')).status).toBe(401);
    const gateway = createGateway({ account: { zdr: true, ignore: ['azure', 'deepinfra'] } });
    const response = await gateway.fetch(`${BASE}/models/user?limit=2`, { headers: { authorization: 'Bearer k' } });
    const { data, total_count: total, links } = (await response.json()) as ModelList;
    expect(data.map(({ id }) => id)).toEqual(['acme/atlas-mini', 'acme/atlas-mini:extended']);
    expect([total, links?.next]).toEqual([6, '/api/v1/models/user?offset=2&limit=2']);
  });
});

describe('models by kind', () => {
  it.each([['embeddings', 'dune/vector'], ['images', 'cinder/easel'], ['videos', 'cinder/reel']])('/%s/models', async (kind, first) => {
    expect((await get<ModelList>(`/${kind}/models`)).body.data[0]?.id).toBe(first);
  });
});

describe('one model', () => {
  it('is found by id, alias, dated slug and with a variant', async () => {
    for (const id of ['acme/atlas', '~acme/atlas-latest', 'acme/atlas-20260901', 'acme/atlas:nitro']) {
      expect((await get(`/model/${id}`)).body).toMatchObject({ data: { id: 'acme/atlas' } });
    }
    expect((await get('/model/acme/atlas-mini:free')).body).toMatchObject({ data: { id: 'acme/atlas-mini:free' } });
    expect((await get('/model/~acme/atlas-latest')).body).toMatchObject({ data: { alias_target: { slug: 'acme/atlas' } } });
    expect((await get('/model/acme/none')).status).toBe(404);
  });

  it('lists its endpoints, with speeds only for who is logged in', async () => {
    const anonymous = await get<ModelEndpoints>('/models/acme/atlas/endpoints');
    expect(anonymous.body.data.endpoints.map((endpoint) => endpoint.tag)).toEqual(['openai', 'openai/flex', 'openai/priority', 'azure', 'deepinfra/fp8']);
    expect(anonymous.body.data.endpoints[4]).toMatchObject({ provider_name: 'DeepInfra', quantization: 'fp8', status: 0, latency_last_30m: null });
    const known = await get<ModelEndpoints>('/models/acme/atlas/endpoints', { authorization: 'Bearer k' });
    expect(known.body.data.endpoints[0]).toMatchObject({ throughput_last_30m: { p50: 90 } });
    expect((await get('/models/acme/none/endpoints')).status).toBe(404);
  });
});

describe('the rest', () => {
  it('lists providers and ZDR endpoints', async () => {
    expect((await get<{ data: { slug: string }[] }>('/providers')).body.data).toContainEqual(expect.objectContaining({ name: 'Amazon Bedrock', slug: 'amazon-bedrock' }));
    const zdr = (await get<{ data: { tag: string; model_id: string }[] }>('/endpoints/zdr')).body.data;
    expect(zdr).toContainEqual(expect.objectContaining({ tag: 'azure', model_id: 'acme/atlas' }));
    expect(zdr.some(({ tag, model_id }) => tag === 'openai' && model_id === 'acme/atlas')).toBe(false);
  });

  it('knows no other route', async () => {
    expect(await get('/nothing')).toEqual({ status: 404, body: { error: { message: 'Not Found', code: 404 } } });
    expect((await createGateway().fetch('http://gateway.local/elsewhere')).status).toBe(404);
  });
});
