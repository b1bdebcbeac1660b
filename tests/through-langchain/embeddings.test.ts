import { NoRouteError, OpenRouterError, PolicyConflictError, type Receipt } from '@waypost/core';
import { OpenRouterEmbeddings, type OpenRouterEmbeddingsInput } from '@waypost/langchain';
import { fail, type Gateway, type GatewayOptions, ok } from '@waypost/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect as open } from './connection.js';

interface Connection {
  readonly gateway: Gateway;
  readonly embeddings: OpenRouterEmbeddings;
  readonly receipts: Receipt[];
}

function connect(fields: OpenRouterEmbeddingsInput = {}, scenario: GatewayOptions['scenario'] = {}): Connection {
  const { gateway, settings } = open(scenario);
  const receipts: Receipt[] = [];
  const embeddings = new OpenRouterEmbeddings('dune/vector', {
    ...settings, hooks: { onReceipt: (receipt) => receipts.push(receipt) }, ...fields,
  });
  return { gateway, embeddings, receipts };
}

const words = ['tide', 'depth', 'harbour', 'mast', 'keel', 'buoy', 'rope'];

// Waits between attempts pass at once.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }).setTimerTickMode('nextTimerAsync'));
afterEach(() => void vi.useRealTimers());

describe('embeddings', () => {
  it('come in the order of the texts, in one request or many', async () => {
    const whole = connect();
    const batched = connect({ batchSize: 2, maxConcurrency: 3 });
    const vectors = await batched.embeddings.embedDocuments(words);
    expect(vectors).toEqual(await whole.embeddings.embedDocuments(words));
    expect(vectors).toEqual(await Promise.all(words.map((word) => whole.embeddings.embedQuery(word))));
    expect(new Set(vectors.map((vector) => vector.join())).size).toBe(words.length);
    expect(batched.gateway.requests.map(({ body }) => body)).toEqual([0, 2, 4, 6].map((from) => ({ model: 'dune/vector', input: words.slice(from, from + 2) })));
  });

  it('are as long as asked for, and the same in base64', async () => {
    const { embeddings } = connect({ dimensions: 5 });
    const packed = connect({ dimensions: 5, encodingFormat: 'base64' });
    const [plain, unpacked] = [await embeddings.embedQuery('tide'), await packed.embeddings.embedQuery('tide')];
    expect(plain).toHaveLength(5);
    plain.forEach((value, i) => expect(unpacked[i]).toBeCloseTo(value, 6));
  });

  it('keep to the policy, and tell what they cost', async () => {
    const { embeddings, gateway, receipts } = connect({ provider: { zdr: true }, batchSize: 3 });
    await embeddings.embedDocuments(words, { provider: { zdr: false, data_collection: 'deny' } });
    expect(gateway.requests.map(({ served }) => served?.tag)).toEqual(['nebius', 'nebius', 'nebius']);
    for (const { body } of gateway.requests) expect(body).toMatchObject({ provider: { zdr: true, data_collection: 'deny' } });
    expect(receipts.map(({ served }) => served?.providerSlug)).toEqual(['nebius', 'nebius', 'nebius']);
    const charged = gateway.requests.reduce((sum, { cost }) => sum + Number(cost), 0);
    expect(receipts.reduce((sum, { cost }) => sum + (cost.total ?? 0), 0)).toBeCloseTo(charged, 12);
    expect(charged).toBeGreaterThan(0);
    expect(receipts[0]?.overruled[0]?.field).toBe('zdr');
  });

  it('say what leaves no provider', async () => {
    const { embeddings, gateway } = connect({ provider: { zdr: true } });
    await expect(embeddings.embedQuery('tide', { provider: { ignore: ['nebius'] } })).rejects.toBeInstanceOf(NoRouteError);
    expect(gateway.requests).toHaveLength(1);
    await expect(embeddings.embedQuery('tide', { provider: { only: ['nebius'], ignore: ['nebius'] } })).rejects.toBeInstanceOf(PolicyConflictError);
    expect(gateway.requests).toHaveLength(1);
  });

  it('are asked for again where the service was busy, each batch for itself', async () => {
    const { embeddings, gateway } = connect({ batchSize: 4, maxConcurrency: 1 }, { gateway: [ok(), fail(503, { retryAfter: 0 }), ok()] });
    expect(await embeddings.embedDocuments(words)).toHaveLength(words.length);
    expect(gateway.requests.map(({ status }) => status)).toEqual([200, 503, 200]);
  });

  it('fall back to another provider', async () => {
    const { embeddings, gateway, receipts } = connect({ provider: { order: ['deepinfra', 'nebius'] } }, { endpoints: { deepinfra: fail(429) } });
    expect(await embeddings.embedQuery('tide')).toHaveLength(8);
    expect(gateway.requests[0]?.attempts.map(({ tag, status }) => `${tag} ${status}`)).toEqual(['deepinfra 429', 'nebius 200']);
    expect(receipts[0]?.served?.providerSlug).toBe('nebius');
  });

  it('survive white space before the body, and not a body that was cut', async () => {
    const provider = { only: ['nebius'] };
    const slow = connect({ provider }, { endpoints: { nebius: ok(undefined, { whitespace: '\n     \n' }) } });
    expect(await slow.embeddings.embedQuery('tide')).toHaveLength(8);
    const cut = connect({ provider, maxRetries: 0 }, { endpoints: { nebius: ok(undefined, { cutBytes: 20 }) } });
    await expect(cut.embeddings.embedQuery('tide')).rejects.toBeInstanceOf(OpenRouterError);
  });
});
