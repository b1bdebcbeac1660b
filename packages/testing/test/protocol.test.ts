import { describe, expect, it } from 'vitest';
import { createGateway, fail, faults, ok, respond } from '../src/index.js';
import { BASE, chat, chatJson, chatSse, errorOf, once, post } from './helpers.js';

describe('authentication', () => {
  async function status(headers: Record<string, string>, apiKeys?: readonly string[]): Promise<unknown> {
    const gateway = createGateway(apiKeys === undefined ? {} : { apiKeys });
    const response = await gateway.fetch(`${BASE}/key`, { headers });
    return [response.status, response.ok ? undefined : ((await response.json()) as { error: { message: string } }).error.message];
  }

  it('wants a key, and one that it knows where it knows any', async () => {
    expect(await status({})).toEqual([401, 'Missing Authentication header']);
    expect(await status({ authorization: 'Basic abc' })).toEqual([401, 'Missing Authentication header']);
    expect(await status({ authorization: 'Bearer anything' })).toEqual([200, undefined]);
    expect(await status({ authorization: 'Bearer wrong' }, ['sk-or-v1-a'])).toEqual([401, 'User not found.']);
    expect(await status({ authorization: 'bearer sk-or-v1-a' }, ['sk-or-v1-a'])).toEqual([200, undefined]);
  });

  it('leaves the catalogue open', async () => {
    const gateway = createGateway({ apiKeys: ['sk-or-v1-a'] });
    expect((await gateway.fetch(`${BASE}/models`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(200);
  });
});

describe('validation', () => {
  it.each<[string, object | string, string]>([
    ['a body that is not JSON', '{"model":', 'Input must have at least 1 token.'],
    ['no messages', { messages: undefined }, 'Input required: specify "prompt" or "messages"'],
    ['empty messages', { messages: [] }, 'Input required: specify "prompt" or "messages"'],
    ['more than three models', { models: ['a/a', 'b/b', 'c/c', 'd/d'] }, "'models' array must have 3 items or fewer."],
    ['an unknown model', { model: 'a/b' }, 'a/b is not a valid model ID'],
    ['an unknown fallback', { models: ['a/b'] }, 'a/b is not a valid model ID'],
    ['an unknown preset', { model: '@preset/none' }, '@preset/none is not a valid model ID'],
    ['effort and a budget', { reasoning: { effort: 'low', max_tokens: 5 } }, 'Only one of "reasoning.effort" and "reasoning.max_tokens" can be specified'],
  ])('refuses %s with 400', async (_name, body, message) => {
    const gateway = createGateway();
    const response = typeof body === 'string' ? await post(gateway, '/chat/completions', body) : await chat(gateway, body);
    expect([response.status, (await errorOf(response)).error]).toMatchObject([400, { code: 400, message }]);
    expect(gateway.requests[0]).toMatchObject({ status: 400, attempts: [] });
  });

  it.each<[string, object]>([
    ['data_collection', { provider: { data_collection: 'denyy' } }],
    ['sort', { provider: { sort: 'quality' } }],
    ['order', { provider: { order: 'azure' } }],
    ['temperature', { temperature: 3 }],
    ['messages', { messages: [{ role: 'robot', content: '' }] }],
  ])('refuses a wrong %s in the shape of Zod', async (name, body) => {
    const response = await once({}, body);
    expect(response.status).toBe(400);
    const { success, error } = (await response.json()) as { success: boolean; error: { name: string; message: string } };
    expect([success, error.name]).toEqual([false, 'ZodError']);
    expect(JSON.parse(error.message)).toMatchObject([{ path: expect.arrayContaining([name]) }]);
  });

  it('takes null for no preference, and a prompt for a message', async () => {
    expect((await once({}, { provider: null, temperature: null, reasoning: null })).status).toBe(200);
    expect((await once({}, { messages: undefined, prompt: 'Hello' })).status).toBe(200);
  });
});

describe('router metadata', () => {
  const headers = { 'x-openrouter-metadata': 'Enabled' };

  it('comes only when asked for', async () => {
    expect(await chatJson(createGateway())).not.toHaveProperty('openrouter_metadata');
    expect(await chatJson(createGateway(), {}, { headers: { 'x-openrouter-metadata': 'yes' } })).not.toHaveProperty('openrouter_metadata');
  });

  it('tells who was tried and who served', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: fail(503) } } });
    const { openrouter_metadata } = await chatJson(gateway, { models: ['cinder/spark'], provider: { order: ['azure', 'openai'] } }, { headers });
    expect(openrouter_metadata).toMatchObject({
      requested: 'acme/atlas', strategy: 'fallback', attempt: 2, is_byok: false,
      endpoints: { total: 5 },
      attempts: [{ provider: 'Azure', model: 'acme/atlas', status: 503 }, { provider: 'OpenAI', model: 'acme/atlas', status: 200 }],
    });
    expect(openrouter_metadata?.endpoints?.available?.filter(({ selected }) => selected)).toEqual([{ provider: 'OpenAI', model: 'acme/atlas', selected: true }]);
  });

  it('is on the last chunk of a stream', async () => {
    const gateway = createGateway();
    const response = await chat(gateway, { stream: true }, { headers });
    const chunks = (await response.text()).split('\n').filter((line) => line.startsWith('data: {'));
    expect(chunks.map((line) => line.includes('openrouter_metadata'))).toEqual([...chunks.slice(1).map(() => false), true]);
  });

  it('stands beside the error on failures, but for validation and masked errors', async () => {
    const failing = (status: number): Promise<Response> =>
      chat(createGateway({ scenario: { models: { 'acme/atlas': fail(status) } } }), {}, { headers });
    expect(await errorOf(await failing(502))).toMatchObject({ openrouter_metadata: { attempt: 3, summary: 'available=3, selected=none' } });
    expect(await errorOf(await failing(500))).not.toHaveProperty('openrouter_metadata');
    expect(await errorOf(await chat(createGateway(), { provider: { only: ['groq'] } }, { headers }))).toMatchObject({ openrouter_metadata: { attempt: 0 } });
    expect(await errorOf(await chat(createGateway(), { model: 'a/b' }, { headers }))).not.toHaveProperty('openrouter_metadata');
  });
});

describe('headers', () => {
  it('carry the generation id and what browsers may read', async () => {
    const response = await once({});
    const { id } = (await response.json()) as { id: string };
    expect(response.headers.get('x-generation-id')).toBe(id);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).not.toContain('Retry-After');
  });

  it('say that a stream is one', async () => {
    const response = await once({}, { stream: true });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-generation-id')).toMatch(/^gen-/);
  });
});

describe('failures of OpenRouter itself', () => {
  it('come once per request, before routing', async () => {
    const gateway = createGateway({ scenario: { gateway: [faults.inFlight(3), ok()] } });
    const refused = await chat(gateway);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([402, '3']);
    expect(await errorOf(refused)).toMatchObject({ error: { metadata: { reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget' } } });
    expect((await chat(gateway)).status).toBe(200);
    expect(gateway.requests[0]).toMatchObject({ status: 402, attempts: [] });
  });

  it.each([
    ['an HTML page', faults.htmlTimeout(), 524, 'text/html; charset=UTF-8'],
    ['a validation error', faults.zod(), 400, 'application/json'],
    ['an error with status 200', faults.errorOnly(), 200, 'application/json'],
    ['text that says it is JSON', faults.notJson(), 200, 'application/json'],
    ['no credits', faults.noCredits(), 402, 'application/json'],
    ['moderation', faults.moderation(), 403, 'application/json'],
    ['a spent budget', faults.budget(), 403, 'application/json'],
    ['a masked error', faults.internal(), 500, 'application/json'],
    ['anything', respond(418, 'tea'), 418, 'text/plain; charset=utf-8'],
  ])('%s', async (_name, outcome, status, type) => {
    const response = await once({ scenario: { gateway: outcome } });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    expect(await response.text()).toBe(outcome.body);
  });

  it('a free-tier limit tells its headers in the metadata too', async () => {
    const response = await once({ scenario: { gateway: faults.freeTier(1_790_000_060_000) } });
    expect(response.headers.get('x-ratelimit-reset')).toBe('1790000060000');
    expect(await errorOf(response)).toMatchObject({
      error: { code: 429, message: 'Rate limit exceeded: free-models-per-min. ', metadata: { headers: { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1790000060000' } } },
    });
  });

  it('a plain failure is an error body with its Retry-After', async () => {
    const response = await once({ scenario: { gateway: fail(429, { message: 'Rate limit exceeded', retryAfter: 5 }) } });
    expect([response.status, response.headers.get('retry-after'), await errorOf(response)]).toEqual([429, '5', { error: { code: 429, message: 'Rate limit exceeded' } }]);
  });

  it('a JSON body that never ends', async () => {
    const gateway = createGateway({ scenario: { gateway: faults.endless() } });
    const reader = (await chat(gateway)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"id":"gen-0","choices":[');
    for (let i = 0; i < 20; i += 1) expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    expect(gateway.requests[0]?.cancelled).toBe(true);
  });

  it('a stream can be scripted whole', async () => {
    const gateway = createGateway({ scenario: { gateway: respond(200, 'data: {"error":{"code":429}}\n\n', { headers: { 'content-type': 'text/event-stream' } }) } });
    expect((await chatSse(gateway)).chunks).toEqual([{ error: { code: 429 } }]);
  });
});
