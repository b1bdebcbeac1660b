import { describe, expect, it } from 'vitest';
import { createGateway, fail, manualClock, ok } from '../../src/index.js';
import { BASE, chat, parseSse, post } from '../helpers.js';

const on = { 'x-openrouter-cache': 'true' };
const status = (response: Response): string | null => response.headers.get('x-openrouter-cache-status');

describe('the response cache', () => {
  it('gives the same answer under a new id, and for nothing', async () => {
    const clock = manualClock();
    const gateway = createGateway({ ...clock, settleAfterReads: 0 });
    const first = await chat(gateway, {}, { headers: on });
    expect([status(first), first.headers.get('x-openrouter-cache-ttl'), first.headers.get('x-openrouter-cache-age')]).toEqual(['MISS', '300', null]);
    const made = (await first.json()) as { id: string; choices: unknown };
    clock.advance(12_500);
    const second = await chat(gateway, {}, { headers: { ...on, 'x-openrouter-metadata': 'enabled' } });
    expect([status(second), second.headers.get('x-openrouter-cache-age'), second.headers.get('x-openrouter-cache-source-id')]).toEqual(['HIT', '12', made.id]);
    const again = (await second.json()) as { id: string };
    expect(again).toMatchObject({ choices: made.choices, usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cost: 0 } });
    expect(again).not.toHaveProperty('openrouter_metadata');
    expect(again.id).not.toBe(made.id);
    expect(second.headers.get('x-generation-id')).toBe(again.id);
    expect(gateway.requests[1]).toMatchObject({ cache: 'HIT', attempts: [], cost: '0', status: 200 });
    const generation = await gateway.fetch(`${BASE}/generation?id=${again.id}`, { headers: { authorization: 'Bearer k' } });
    expect(await generation.json()).toMatchObject({ data: { id: again.id, total_cost: 0, response_cache_source_id: made.id } });
  });

  it('forgets after its time, which is clamped, and when it is cleared', async () => {
    const clock = manualClock();
    const gateway = createGateway(clock);
    const ask = async (headers: Record<string, string>): Promise<string | null> => status(await chat(gateway, {}, { headers: { ...on, ...headers } }));
    expect(await ask({ 'x-openrouter-cache-ttl': '0' })).toBe('MISS');
    clock.advance(999);
    expect(await ask({})).toBe('HIT');
    clock.advance(1);
    expect(await ask({ 'x-openrouter-cache-ttl': '10 s' })).toBe('MISS');
    expect(await ask({})).toBe('HIT');
    expect(await ask({ 'x-openrouter-cache-clear': 'true' })).toBe('MISS');
    expect(await ask({})).toBe('HIT');
  });

  it('tells requests apart by key, route, stream mode and text, and does nothing unless asked', async () => {
    const gateway = createGateway();
    const statuses = await Promise.all([
      chat(gateway, {}, { headers: on }),
      chat(gateway, {}, { headers: { ...on, authorization: 'Bearer other' } }),
      chat(gateway, { stream: true }, { headers: on }),
      chat(gateway, { temperature: 0, top_p: 1 }, { headers: on }),
      chat(gateway, { top_p: 1, temperature: 0 }, { headers: on }),
      chat(gateway),
      chat(gateway, {}, { headers: { 'x-openrouter-cache': 'false' } }),
    ]);
    expect(statuses.map(status)).toEqual(['MISS', 'MISS', 'MISS', 'MISS', 'MISS', null, null]);
  });

  it('works for streams, responses and embeddings', async () => {
    const gateway = createGateway();
    const twice = async (path: string, body: object): Promise<readonly [string, string]> => {
      await post(gateway, path, body, { headers: on });
      const response = await post(gateway, path, body, { headers: on });
      expect(status(response)).toBe('HIT');
      return [await response.text(), response.headers.get('x-generation-id') ?? ''];
    };
    const [stream, id] = await twice('/chat/completions', { model: 'acme/atlas', stream: true, messages: [{ role: 'user', content: 'Hello' }] });
    const { chunks, done } = parseSse(stream);
    expect(done).toBe(true);
    expect(new Set(chunks.map((chunk) => chunk.id))).toEqual(new Set([id]));
    expect(chunks.at(-1)?.usage?.cost).toBe(0);
    const [responses, responseId] = await twice('/responses', { model: 'acme/atlas', input: 'Hello' });
    expect(JSON.parse(responses)).toMatchObject({ id: responseId, usage: { cost: 0, input_tokens: 0 } });
    const [embeddings, embeddingId] = await twice('/embeddings', { model: 'dune/vector', input: 'Hello' });
    expect(embeddingId).toMatch(/^gen-emb-/);
    expect(JSON.parse(embeddings)).toMatchObject({ id: embeddingId, usage: { cost: 0, prompt_tokens: 0 }, data: [{ index: 0 }] });
  });

  it('keeps no failures, and nothing of an account that retains no data', async () => {
    const failing = createGateway({ scenario: { models: { 'acme/atlas': [fail(503), fail(503), fail(503), ok()] } } });
    expect([status(await chat(failing, {}, { headers: on })), status(await chat(failing, {}, { headers: on }))]).toEqual([null, 'MISS']);
    const broken = createGateway({ scenario: { wire: { error: {} } } });
    await chat(broken, {}, { headers: on });
    expect(status(await chat(broken, {}, { headers: on }))).toBe('MISS');
    const zdr = createGateway({ account: { zdr: true } });
    await chat(zdr, {}, { headers: on });
    expect(status(await chat(zdr, {}, { headers: on }))).toBeNull();
  });
});
