import type { Endpoint, Model } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway, loadCatalogue } from '../../src/index.js';
import { chat, chatJson, errorOf } from '../helpers.js';

const row: Model = {
  id: 'acme/real', name: 'Acme: Real', canonical_slug: 'acme/real-20260101', context_length: 8000, pricing: { prompt: '0.000001', completion: '0.000002' },
  architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] }, reasoning: { mandatory: false },
  top_provider: { context_length: 8000, max_completion_tokens: 500 }, supported_parameters: ['max_tokens', 'tools'],
};
const endpoint = (tag: string, more: Partial<Endpoint> = {}): Endpoint => ({
  tag, provider_name: 'Deep Infra', model_id: 'acme/real', pricing: { prompt: '0.000003', completion: '0.000003', discount: 0 }, status: 0, ...more,
});

describe('a loaded catalogue', () => {
  it('routes over the endpoints listed, by what the listing tells', async () => {
    const endpoints = [
      endpoint('deepinfra/fp8', { quantization: 'fp8', latency_last_30m: { p50: 800 }, throughput_last_30m: { p50: 70 } }),
      endpoint('groq', { provider_name: 'Groq', status: -2 }),
    ];
    const gateway = createGateway({ catalogue: loadCatalogue({ models: { data: [row] }, endpoints: [{ data: { id: 'acme/real', endpoints } }], zdr: [endpoint('groq')] }) });
    expect(await chatJson(gateway, { model: 'acme/real' })).toMatchObject({ model: 'acme/real', provider: 'Deep Infra' });
    expect(await chatJson(gateway, { model: 'acme/real-20260101', provider: { zdr: true } })).toMatchObject({ provider: 'Groq' });
    expect(await chatJson(gateway, { model: 'acme/real', provider: { quantizations: ['fp8'], preferred_max_latency: 1 } })).toMatchObject({ provider: 'Deep Infra' });
    expect(gateway.requests[0]?.route?.plan).toMatchObject([{ tag: 'deepinfra/fp8', weight: 1 }, { tag: 'groq', weight: 0 }]);
    expect(loadCatalogue({ models: [row], endpoints: [{ id: 'acme/real', endpoints }] }).models[0]?.endpoints[0]?.latency).toEqual({ p50: 0.8 });
  });

  it('has one endpoint at the author where none is listed, within the limits of the model', async () => {
    const gateway = createGateway({ catalogue: loadCatalogue({ models: [row] }) });
    expect(await chatJson(gateway, { model: 'acme/real' })).toMatchObject({ provider: 'acme' });
    expect((await errorOf(await chat(gateway, { model: 'acme/real', max_tokens: 501 }))).error.metadata?.failed_routing_step).toBe('Filter by Parameters');
  });

  it('knows aliases, free models that train, and no routers', async () => {
    const free: Model = { ...row, id: 'acme/real:free', name: 'Free', canonical_slug: 'acme/real-20260101:free' };
    const alias: Model = { ...row, id: '~acme/latest', name: 'Latest', alias_target: { slug: 'acme/real', name: 'Real' } };
    const router: Model = { ...row, id: 'openrouter/auto', name: 'Auto', pricing: { prompt: '-1', completion: '-1' } };
    const catalogue = loadCatalogue({ models: [row, free, alias, router] });
    expect(catalogue.models.map(({ id }) => id)).toEqual(['acme/real', 'acme/real:free']);
    const gateway = createGateway({ catalogue });
    expect(await chatJson(gateway, { model: '~acme/latest' })).toMatchObject({ model: 'acme/real' });
    expect(await chatJson(gateway, { model: 'openrouter/auto' })).toMatchObject({ model: 'acme/real' });
    expect((await chat(gateway, { model: 'acme/real:free', provider: { data_collection: 'deny' } })).status).toBe(404);
  });
});
