import { describe, expect, it } from 'vitest';
import { createGateway, fail, hang, reply } from '../../src/index.js';
import { catalogueOf, chat, errorOf, priced } from '../helpers.js';

/** A dollar a token, in and out; the prompt below counts for five. */
const catalogue = catalogueOf(priced('azure', 1_000_000, { maxCompletionTokens: 20 }));
const body = { model: 'acme/one', max_tokens: 5 };
const scenario = { reply: reply.text('Aye', { tokens: { prompt: 5, completion: 1 } }) };

describe('credits that are enforced', () => {
  it('run out', async () => {
    const gateway = createGateway({ catalogue, scenario, credits: 12, enforceCredits: true });
    await (await chat(gateway, body)).text();
    const refused = await chat(gateway, body);
    expect(refused.status).toBe(402);
    expect(await errorOf(refused)).toMatchObject({ error: {
      message: expect.stringMatching(/^This request requires more credits, or fewer max_tokens\. You requested up to 5 tokens, but can only afford 1\. To increase, visit https:\/\/openrouter\.ai\/settings\/credits and /),
      metadata: { reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits', provider_name: null },
    } });
    await (await chat(gateway, { ...body, max_tokens: 1 })).text();
    expect((await errorOf(await chat(gateway, { ...body, max_tokens: 1 }))).error.message).toBe('Insufficient credits. Add more using https://openrouter.ai/credits');
    gateway.reset();
    expect((await chat(gateway, body)).status).toBe(200);
  });

  it('reckon with all that the model can give where max_tokens says nothing', async () => {
    const gateway = createGateway({ catalogue, scenario, credits: 12, enforceCredits: true });
    expect((await errorOf(await chat(gateway, { model: 'acme/one' }))).error.message).toContain('up to 20 tokens, but can only afford 7.');
  });

  it('are set aside for what is in flight', async () => {
    const gateway = createGateway({ catalogue, scenario, credits: 17, enforceCredits: true });
    const first = await chat(gateway, { ...body, stream: true });
    const second = await chat(gateway, { ...body, max_tokens: 6 });
    expect([second.status, second.headers.get('retry-after')]).toEqual([402, '1']);
    expect(await errorOf(second)).toMatchObject({ error: { metadata: { reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget' } } });
    await first.text();
    expect((await chat(gateway, { ...body, max_tokens: 6 })).status).toBe(200);
  });

  it.each([
    ['/chat/completions', { messages: [{ role: 'user', content: 'Hi' }] }],
    ['/completions', { prompt: 'Hi' }],
    ['/responses', { input: 'Hi' }],
  ])('are set free when an answer of %s is over', async (path, more) => {
    const gateway = createGateway({ catalogue, scenario, credits: 23, enforceCredits: true });
    for (const left of [17, 11]) {
      const response = await gateway.fetch(`http://gateway.local/api/v1${path}`, {
        method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'application/json' }, body: JSON.stringify({ ...body, max_output_tokens: 5, ...more }),
      });
      expect([left, response.status]).toEqual([left, 200]);
      await response.text();
    }
  });

  it('are set free where nothing came of it', async () => {
    const failing = createGateway({ catalogue, credits: 12, enforceCredits: true, scenario: { endpoints: { azure: fail(503) } } });
    expect([(await chat(failing, body)).status, (await chat(failing, body)).status]).toEqual([503, 503]);
    const hanging = createGateway({ catalogue, credits: 12, enforceCredits: true, scenario: { ...scenario, endpoints: { azure: [hang(), fail(503)] } } });
    const controller = new AbortController();
    const pending = chat(hanging, body, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow(/abort/i);
    expect((await chat(hanging, body)).status).toBe(503);
  });
});

it('credits that are not enforced, and free models, are no matter', async () => {
  expect((await chat(createGateway({ catalogue, credits: 0 }), body)).status).toBe(200);
  expect((await chat(createGateway({ credits: 0, enforceCredits: true }), { model: 'acme/atlas-mini:free' })).status).toBe(200);
});
