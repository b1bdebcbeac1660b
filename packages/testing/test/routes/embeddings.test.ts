import type { EmbeddingsResponse } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway, fail, type Gateway } from '../../src/index.js';
import { errorOf, post } from '../helpers.js';

async function embed(body: object, gateway: Gateway = createGateway()): Promise<EmbeddingsResponse> {
  return (await (await post(gateway, '/embeddings', { model: 'dune/vector', ...body })).json()) as EmbeddingsResponse;
}

function byIndex({ data }: EmbeddingsResponse): unknown[] {
  return data.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)).map((row) => row.embedding);
}

describe('POST /embeddings', () => {
  it('gives the same unit vector for the same text, under the index of its input', async () => {
    const input = Array.from({ length: 8 }, (_, i) => `text ${i}`);
    const all = await embed({ input, dimensions: 5 });
    expect(all.data.map((row) => row.index)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const single = await embed({ input: 'text 3', dimensions: 5 });
    expect(byIndex(all)[3]).toEqual(byIndex(single)[0]);
    const [vector] = byIndex(single) as number[][];
    expect(vector).toHaveLength(5);
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 12);
  });

  it('encodes as base64 on demand', async () => {
    const [plain] = byIndex(await embed({ input: 'a', dimensions: 3 })) as number[][];
    const [encoded] = byIndex(await embed({ input: 'a', dimensions: 3, encoding_format: 'base64' })) as string[];
    const bytes = Uint8Array.from(atob(encoded ?? ''), (character) => character.charCodeAt(0));
    expect([...new Float32Array(bytes.buffer)]).toEqual([...Float32Array.from(plain ?? [])]);
  });

  it('is routed, billed and remembered like a chat', async () => {
    const gateway = createGateway({ scenario: { endpoints: { nebius: fail(503) } } });
    const response = await embed({ input: ['12345678', '1'], provider: { order: ['nebius'] } }, gateway);
    expect(response).toMatchObject({ model: 'dune/vector', provider: 'DeepInfra', usage: { prompt_tokens: 3, cost: 0.00000003 } });
    expect(gateway.requests[0]).toMatchObject({ cost: '0.00000003', attempts: [{ tag: 'nebius', status: 503 }, { tag: 'deepinfra', status: 200 }] });
    const refused = await post(createGateway(), '/embeddings', { model: 'dune/vector', input: 'a', provider: { only: ['openai'] } });
    expect((await errorOf(refused)).error.metadata?.failed_routing_step).toBe('Filter by Allowed Providers');
  });

  it('refuses what is no input, and chat models', async () => {
    expect((await post(createGateway(), '/embeddings', { model: 'dune/vector', input: [] })).status).toBe(400);
    expect((await post(createGateway(), '/embeddings', '{')).status).toBe(400);
    const chatModel = await post(createGateway(), '/embeddings', { model: 'acme/atlas', input: 'a' });
    expect((await errorOf(chatModel)).error.message).toBe('No endpoints found that support the requested output modalities: embeddings');
  });
});
