import { describe, expect, it } from 'vitest';
import { createGateway, fail, hang, reply } from '../../src/index.js';
import { catalogueOf, chat, errorOf, post, priced } from '../helpers.js';

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

describe('credits on every route', () => {
  const sound = { data: btoa('x'.repeat(480_000)), format: 'wav' };

  it.each<[path: string, body: object, dearest: number]>([
    ['/chat/completions', { model: 'cinder/easel', messages: [{ role: 'user', content: '1234' }], max_tokens: 1, modalities: ['text', 'image'] }, 0.0000003 * 4 + 0.0000025 * (1 + 85) + 0.002],
    ['/completions', { model: 'acme/atlas', prompt: ['1234', '1234'], max_tokens: 10, provider: { only: ['azure'] } }, 0.000003 * 2 + 0.000012 * 20],
    ['/embeddings', { model: 'dune/vector', input: 'x'.repeat(400) }, 0.00000002 * 100],
    ['/rerank', { model: 'dune/compass', query: '1234', documents: ['1234'] }, 0.002],
    ['/images', { model: 'cinder/kiln', prompt: '1234', n: 3 }, 0.0000003 + 0.03 * 3],
    ['/videos', { model: 'cinder/reel', prompt: 'a', duration: 10 }, 0.8],
    ['/audio/speech', { model: 'echo/lark', input: '1234' }, 0.000015 * 4],
    ['/audio/transcriptions', { model: 'echo/scribe', input_audio: sound }, 0.00003 * 10],
    ['/audio/transcriptions', { model: 'echo/scribe-pro', input_audio: sound }, 0.000003 * 100 + 0.000012 * 11],
  ])('are set aside for the dearest endpoint that %s may reach (row %#)', async (path, more, dearest) => {
    const short = createGateway({ credits: dearest * 0.999, enforceCredits: true });
    const refused = await post(short, path, more);
    expect([refused.status, (await errorOf(refused)).error.metadata]).toMatchObject([402, { reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits' }]);
    expect(short.requests[0]).toMatchObject({ attempts: [], cost: '0' });
    const enough = createGateway({ credits: dearest * 1.001, enforceCredits: true });
    const response = await post(enough, path, more);
    expect([response.ok, Number(enough.requests[0]?.cost) <= dearest * 1.001]).toEqual([true, true]);
  });

  it('are set aside for decisions', async () => {
    const question = JSON.stringify({ model: 'dune/verdict', state: 'x'.repeat(398), questions: { q: { type: 'noul' } } });
    const ask = (credits: number): Promise<Response> => createGateway({ credits, enforceCredits: true })
      .fetch('http://gateway.local/api/alpha/decisions', { method: 'POST', headers: { authorization: 'Bearer k' }, body: question });
    expect([(await ask(0.00000006 * 105.9)).status, (await ask(0.00000006 * 106.1)).status]).toEqual([402, 200]);
  });
});

describe('credits and fallbacks', () => {
  const two = catalogueOf(priced('azure', 1_000_000), priced('openai', 3_000_000));
  const order = { order: ['azure', 'openai'] };

  it('are set aside for a fallback that is dearer than what is tried first', async () => {
    const gateway = createGateway({ catalogue: two, scenario, credits: 20, enforceCredits: true });
    const refused = await chat(gateway, { ...body, provider: order });
    expect((await errorOf(refused)).error.message).toContain('You requested up to 5 tokens, but can only afford 1.');
    expect((await chat(gateway, { ...body, provider: { ...order, allow_fallbacks: false, only: ['azure'] } })).status).toBe(200);
  });

  it('never end below nothing, whichever endpoint serves', async () => {
    const gateway = createGateway({ catalogue: two, scenario: { ...scenario, endpoints: { azure: fail(503) } }, credits: 33, enforceCredits: true });
    for (let i = 0; i < 5; i += 1) await (await chat(gateway, { ...body, provider: order })).text();
    expect(gateway.requests.reduce((sum, { cost }) => sum + Number(cost), 0)).toBeLessThanOrEqual(33);
  });

  it('are set aside for the fee where the account has a key of its own', async () => {
    const byok = { catalogue, scenario, enforceCredits: true, account: { byok: { azure: { use: 'prioritized', always: true } } } } as const;
    expect((await chat(createGateway({ ...byok, credits: 0.4 }), body)).status).toBe(402);
    const gateway = createGateway({ ...byok, credits: 0.6 });
    expect((await chat(gateway, body)).status).toBe(200);
    expect(gateway.requests[0]?.cost).toBe('0.3');
  });
});

it('credits that are not enforced, and free models, are no matter', async () => {
  expect((await chat(createGateway({ catalogue, credits: 0 }), body)).status).toBe(200);
  expect((await chat(createGateway({ credits: 0, enforceCredits: true }), { model: 'acme/atlas-mini:free' })).status).toBe(200);
});
