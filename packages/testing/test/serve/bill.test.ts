import { describe, expect, it } from 'vitest';
import { createGateway, reply } from '../../src/index.js';
import { catalogueOf, chat, chatJson } from '../helpers.js';

describe('cost', () => {
  it('is exact where sums of floating point are not', async () => {
    const catalogue = catalogueOf({ tag: 'azure', pricing: { prompt: '0.0000001', completion: '0.0000002' } });
    const gateway = createGateway({ catalogue, scenario: { reply: reply.text('x', { tokens: { prompt: 3, completion: 7 } }) } });
    const { usage } = await chatJson(gateway, { model: 'acme/one' });
    expect(3 * 0.0000001 + 7 * 0.0000002).not.toBe(0.0000017);
    expect(usage?.cost).toBe(0.0000017);
    expect(usage?.cost_details).toEqual({
      upstream_inference_cost: 0.0000017, upstream_inference_prompt_cost: 0.0000003, upstream_inference_completions_cost: 0.0000014,
    });
    expect(gateway.requests[0]?.cost).toBe('0.0000017');
  });

  it('charges cached and written tokens at their own prices', async () => {
    const tokens = { prompt: 1000, completion: 10, cached: 600, cacheWrite: 300, reasoning: 4 };
    const gateway = createGateway({ scenario: { reply: reply.text('x', { tokens }) } });
    const { usage } = await chatJson(gateway, { model: 'borealis/aurora', provider: { only: ['anthropic'] } });
    // 100 × 3 + 600 × 0.3 + 300 × 3.75 + 10 × 15, in USD per million.
    expect(gateway.requests[0]?.cost).toBe('0.001755');
    expect(usage).toMatchObject({
      prompt_tokens: 1000, completion_tokens: 10, total_tokens: 1010,
      prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 300 }, completion_tokens_details: { reasoning_tokens: 4 },
    });
  });

  it('charges the price of a request and of images', async () => {
    const catalogue = catalogueOf({ tag: 'azure', pricing: { prompt: '0', completion: '0', request: '0.01', image: '0.002' } });
    const picture = { image_url: { url: 'data:,' } };
    const gateway = createGateway({ catalogue, scenario: { reply: reply.message({ content: null, images: [picture, picture] }) } });
    await chat(gateway, { model: 'acme/one' });
    expect(gateway.requests[0]?.cost).toBe('0.014');
  });

  it('is the fee alone with an own key', async () => {
    const gateway = createGateway({ account: { byok: { azure: 'prioritized' } }, scenario: { reply: reply.text('x', { tokens: { prompt: 100, completion: 100 } }) } });
    const { usage } = await chatJson(gateway);
    expect(usage).toMatchObject({ is_byok: true, cost: 0.000075, cost_details: { upstream_inference_cost: 0.0015 } });
  });

  it('is billed at the tier that served', async () => {
    const gateway = createGateway({ scenario: { reply: reply.text('x', { tokens: { prompt: 1_000_000, completion: 0 } }) } });
    expect(await chatJson(gateway, { service_tier: 'priority' })).toMatchObject({ service_tier: 'priority', usage: { cost: 5 } });
    expect(await chatJson(gateway, { service_tier: 'flex' })).toMatchObject({ service_tier: 'flex', usage: { cost: 1.25 } });
    expect(await chatJson(gateway, { model: 'cinder/spark', service_tier: 'priority' })).toMatchObject({ service_tier: 'default' });
  });

  it('counts the same tokens on every machine', async () => {
    const { usage } = await chatJson(createGateway({ scenario: { reply: reply.reasoning('12345678', '1234') } }), {
      messages: [{ role: 'user', content: '12345' }, { role: 'assistant', content: null }, { role: 'user', content: [{ type: 'text', text: '1' }, { type: 'image_url', image_url: { url: 'data:,' } }] }],
    });
    expect(usage).toMatchObject({ prompt_tokens: 3 + 2 + 3 + 3 + 1 + 85, completion_tokens: 3, completion_tokens_details: { reasoning_tokens: 2 } });
  });
});
