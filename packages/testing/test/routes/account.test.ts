import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, reply } from '../../src/index.js';
import { BASE, chat, chatJson } from '../helpers.js';

function get(gateway: Gateway, path: string): Promise<Response> {
  return gateway.fetch(`${BASE}${path}`, { headers: { authorization: 'Bearer k' } });
}

const million = { scenario: { reply: reply.text('x', { tokens: { prompt: 100_000, completion: 10_000 } }) } };

describe('the account', () => {
  it('adds up what was spent, exactly', async () => {
    const gateway = createGateway(million);
    for (let i = 0; i < 3; i += 1) await chat(gateway, { model: 'cinder/spark', provider: { only: ['groq'] }, stream: i === 0 });
    // Three times 100,000 × 0.05 + 10,000 × 0.08 USD per million.
    expect(await (await get(gateway, '/credits')).json()).toEqual({ data: { total_credits: 10, total_usage: 0.0174 } });
    expect(await (await get(gateway, '/key')).json()).toMatchObject({ data: { usage: 0.0174, is_free_tier: false } });
    gateway.reset();
    expect(await (await get(gateway, '/credits')).json()).toMatchObject({ data: { total_usage: 0 } });
  });
});

describe('GET /generation', () => {
  it('is a 404 until the record has settled', async () => {
    const gateway = createGateway({ ...million, settleAfterReads: 2 });
    const { id = '' } = await chatJson(gateway, { provider: { only: ['azure'] } });
    const read = (): Promise<Response> => get(gateway, `/generation?id=${id}`);
    expect([(await read()).status, (await read()).status]).toEqual([404, 404]);
    expect(await (await read()).json()).toMatchObject({
      data: { id, model: 'acme/atlas', provider_name: 'Azure', total_cost: 0.42, streamed: false, native_tokens_prompt: 100_000, finish_reason: 'stop', provider_responses: [{ provider_name: 'Azure', status: 200 }] },
    });
  });

  it('is a 404 for an id that never was', async () => {
    const response = await get(createGateway({ settleAfterReads: 0 }), '/generation?id=gen-1-x');
    expect([response.status, await response.json()]).toEqual([404, { error: { code: 404, message: 'Generation gen-1-x not found' } }]);
  });
});
