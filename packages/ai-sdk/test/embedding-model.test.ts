import { APICallError } from '@ai-sdk/provider';
import { PolicyConflictError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { json, serve } from './support/fake-server.js';

const row = (index: number | undefined, embedding: number[] | string): object => ({ object: 'embedding', embedding, ...(index !== undefined && { index }) });
const body = (data: readonly object[], more: object = {}): object => ({
  object: 'list', id: 'gen-emb-1', model: 'acme/vector', provider: 'Nebius', data, usage: { prompt_tokens: 6, total_tokens: 6, cost: 0.000012 }, ...more,
});

describe('an embedding model', () => {
  it('gives the vectors in the order of the values, whatever order they came in', async () => {
    const { openrouter } = serve(json(body([row(2, [3]), row(0, [1]), row(1, [2])])));
    const result = await openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a', 'b', 'c'] });
    expect(result.embeddings).toEqual([[1], [2], [3]]);
    expect(result.usage).toEqual({ tokens: 6 });
    expect(result.response?.body).toMatchObject({ object: 'list' });
  });

  it('takes rows without an index as they come', async () => {
    const { openrouter } = serve(json(body([row(undefined, [1]), row(undefined, [2])])));
    expect((await openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a', 'b'] })).embeddings).toEqual([[1], [2]]);
  });

  it('decodes base64', async () => {
    const bytes = new Uint8Array(Float32Array.from([0.5, -2]).buffer);
    const { openrouter } = serve(json(body([row(0, btoa(String.fromCharCode(...bytes)))])));
    const { embeddings } = await openrouter.embeddingModel('acme/vector', { extraBody: { encoding_format: 'base64' } }).doEmbed({ values: ['a'] });
    expect(embeddings).toEqual([[0.5, -2]]);
  });

  it('sends values, dimensions, user, provider preferences and raw fields; groups by header', async () => {
    const { openrouter, sent } = serve(json(body([row(0, [1])])), { provider: { zdr: true }, extraBody: { input_type: 'query' }, sessionId: 's-1' });
    await openrouter.embeddingModel('acme/vector', { user: 'u-1', provider: { order: ['nebius'], zdr: false } }).doEmbed({
      values: ['a'], dimensions: 4, providerOptions: { openrouter: { provider: { data_collection: 'deny' }, trace: { trace_id: 't' } } },
    });
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/embeddings');
    expect(sent[0]?.body).toEqual({
      model: 'acme/vector', input: ['a'], dimensions: 4, input_type: 'query', user: 'u-1', trace: { trace_id: 't' },
      provider: { order: ['nebius'], zdr: true, data_collection: 'deny' },
    });
    expect(sent[0]?.headers.get('x-session-id')).toBe('s-1');
  });

  it('has no fields of chat models in its body', async () => {
    const { openrouter, sent } = serve(json(body([row(0, [1])])), { reasoning: { effort: 'low' }, plugins: [{ id: 'web' }] });
    await openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a'] });
    expect(sent[0]?.body).toEqual({ model: 'acme/vector', input: ['a'] });
  });

  it('tells who served, the cost and the receipt', async () => {
    const { openrouter } = serve(json(body([row(0, [1])])), { provider: { only: ['nebius'] } });
    const { providerMetadata } = await openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a'] });
    expect(providerMetadata?.['openrouter']).toMatchObject({
      provider: 'Nebius', generationId: 'gen-emb-1', usage: { promptTokens: 6, totalTokens: 6, cost: 0.000012 },
      receipt: { served: { providerSlug: 'nebius' }, cost: { total: 0.000012 }, verdict: { overall: 'kept' } },
    });
  });

  it('warns of a loosening that changed nothing', async () => {
    const { openrouter } = serve(json(body([row(0, [1])])), { provider: { zdr: true } });
    const { warnings } = await openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a'], providerOptions: { openrouter: { provider: { zdr: false } } } });
    expect(warnings).toEqual([{ type: 'other', message: expect.stringContaining('provider.zdr') }]);
  });

  it.each([
    ['too few vectors', body([row(0, [1])])],
    ['a place twice', body([row(0, [1]), row(0, [2])])],
    ['no list', { object: 'list', id: 'gen-emb-1' }],
  ])('fails for %s, and does not try again', async (_, answer) => {
    const { openrouter } = serve(json(answer));
    const error = await openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a', 'b'] }).then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({ isRetryable: false, statusCode: 200, cause: { receipt: { id: 'gen-emb-1' } } });
  });

  it('passes on an error of the server as one that may be retried', async () => {
    const { openrouter } = serve(json({ error: { code: 503, message: 'overloaded' } }, 503, { 'retry-after': '2' }));
    await expect(openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a'] })).rejects.toMatchObject({
      name: 'AI_APICallError', statusCode: 503, isRetryable: true, responseHeaders: { 'retry-after': '2' },
    });
  });

  it('never sends where two guardrails contradict', async () => {
    const { openrouter, sent } = serve(json(body([])), { provider: { only: ['nebius'] } });
    await expect(openrouter.embeddingModel('acme/vector').doEmbed({ values: ['a'], providerOptions: { openrouter: { provider: { only: ['azure'] } } } })).rejects.toBeInstanceOf(PolicyConflictError);
    expect(sent).toEqual([]);
  });

  it('keeps what the call is about', async () => {
    const { openrouter, sent } = serve(json(body([row(0, [1])])));
    await openrouter.embeddingModel('acme/vector', { extraBody: { input: ['other'] } }).doEmbed({ values: ['a'] });
    expect(sent[0]?.body['input']).toEqual(['a']);
    await expect(openrouter.embeddingModel('acme/vector', { extraBody: { model: 'acme/other' } }).doEmbed({ values: ['a'] })).rejects.toThrow('extraBody.model');
  });

  it('goes by three names', () => {
    const { openrouter } = serve([]);
    for (const model of [openrouter.embeddingModel('a/b'), openrouter.textEmbeddingModel('a/b'), openrouter.embedding('a/b')]) {
      expect(model).toMatchObject({ specificationVersion: 'v4', provider: 'openrouter', modelId: 'a/b' });
    }
  });
});
