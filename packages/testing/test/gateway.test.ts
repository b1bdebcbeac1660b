import { describe, expect, it } from 'vitest';
import { createGateway, fail, hang, disconnect, ok, reply } from '../src/index.js';
import { BASE, chat, chatJson, chatSse, errorOf, once } from './helpers.js';

describe('failing over', () => {
  it('tries the next endpoint, and bills only the one that served', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: fail(503), deepinfra: fail(429) } } });
    const response = await chatJson(gateway, { provider: { order: ['azure', 'deepinfra/fp8', 'openai'] } });
    expect(response.provider).toBe('OpenAI');
    const [request] = gateway.requests;
    expect(request?.attempts.map(({ tag, status }) => [tag, status])).toEqual([['azure', 503], ['deepinfra/fp8', 429], ['openai', 200]]);
    expect(request?.served).toMatchObject({ model: 'acme/atlas', tag: 'openai', generationId: response.id });
    expect(Number(request?.cost)).toBe(response.usage?.cost);
  });

  it('gives the last error, with those before it, where all fail', async () => {
    const raw = '{"error":{"message":"slow down"}}';
    const response = await once(
      { scenario: { endpoints: { azure: fail(503, { errorType: 'provider_overloaded' }), openai: fail(429, { raw, retryAfter: 7 }) } } },
      { provider: { order: ['azure', 'openai'], allow_fallbacks: false } },
    );
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await errorOf(response)).toEqual({
      error: {
        code: 429, message: 'Provider returned error',
        metadata: {
          raw, provider_name: 'OpenAI', is_byok: false, limit_source: 'upstream_provider_shared_pool', provider_error_code: '429', remedy_hint: expect.any(String),
          retry_after_seconds: 7, retry_after_seconds_raw: 7, headers: { 'Retry-After': '7' },
          previous_errors: [{ code: 503, message: 'Provider returned error', provider: 'Azure' }],
        },
      },
      user_id: expect.any(String),
    });
  });

  it('goes to the next model when a model is exhausted, and at once on errors that another endpoint would repeat', async () => {
    const gateway = createGateway({ scenario: { models: { 'acme/atlas': [fail(500), fail(403), ok()] } } });
    expect(await chatJson(gateway, { models: ['cinder/spark'] })).toMatchObject({ model: 'cinder/spark' });
    expect(gateway.requests[0]?.attempts.map(({ model, status }) => [model, status])).toEqual([['acme/atlas', 500], ['acme/atlas', 403], ['cinder/spark', 200]]);
  });

  it('goes past prompts that are too long for a model', async () => {
    const gateway = createGateway();
    const messages = [{ role: 'user' as const, content: 'x'.repeat(40_000) }];
    expect(await chatJson(gateway, { model: 'cinder/spark', models: ['acme/atlas'], messages })).toMatchObject({ model: 'acme/atlas' });
    const refused = await chat(gateway, { model: 'cinder/spark', messages });
    expect(refused.status).toBe(400);
    expect(await errorOf(refused)).toMatchObject({
      error: { message: expect.stringMatching(/^This endpoint's maximum context length is 8192 tokens\. However, you requested about 10003 tokens /), metadata: { provider_name: null } },
    });
  });

  it('is over after the one endpoint of allow_fallbacks: false', async () => {
    const gateway = createGateway({ scenario: { endpoints: { 'deepinfra/fp8': fail(502) } } });
    expect((await chat(gateway, { provider: { sort: 'price', allow_fallbacks: false } })).status).toBe(502);
    expect(gateway.requests[0]?.attempts).toHaveLength(1);
  });

  it('works before the first byte of a stream too', async () => {
    const gateway = createGateway({ scenario: { endpoints: { openai: fail(500) }, reply: reply.text('Hi') } });
    const sse = await chatSse(gateway, { provider: { order: ['openai', 'azure'] } });
    expect(sse.chunks[0]?.provider).toBe('Azure');
  });

  it('cannot switch off thinking that is mandatory', async () => {
    const response = await once({}, { model: 'borealis/aurora:thinking', reasoning: { effort: 'none' } });
    expect([response.status, (await errorOf(response)).error.message]).toEqual([400, 'Reasoning is mandatory for this endpoint and cannot be disabled.']);
  });
});

describe('scripts', () => {
  it('go on by attempt, the last outcome for ever, until a reset', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: [fail(503), ok(reply.text('second')), ok(reply.text('later'))] } } });
    const ask = async (): Promise<unknown> => {
      const response = await chat(gateway, { provider: { only: ['azure'] } });
      return response.ok ? ((await response.json()) as { choices: { message: { content: string } }[] }).choices[0]?.message.content : response.status;
    };
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([503, 'second', 'later', 'later']);
    gateway.reset();
    expect(gateway.requests).toHaveLength(0);
    expect(await ask()).toBe(503);
    gateway.setScenario({ reply: (context) => reply.text(`${context.model} at ${context.tag}`) });
    expect(await ask()).toBe('acme/atlas at azure');
  });

  it('prefer the full tag to the base slug to the model, and do not take a tier for its provider', async () => {
    const scenario = { endpoints: { openai: fail(500), 'openai/flex': ok(reply.text('flex')), 'google-vertex': fail(501), 'google-vertex/us-east5': fail(502) }, models: { 'acme/atlas': fail(503) } };
    const status = async (model: string, only: string): Promise<number> => (await once({ scenario }, { model, provider: { only: [only] } })).status;
    expect(await status('acme/atlas', 'openai')).toBe(500);
    expect(await status('acme/atlas', 'openai/flex')).toBe(200);
    expect(await status('acme/atlas', 'azure')).toBe(503);
    expect(await status('borealis/aurora', 'google-vertex/us-east5')).toBe(502);
    expect(await status('borealis/aurora', 'google-vertex/europe-west1')).toBe(501);
  });

  it('merge the quirks of an outcome over those of the scenario', async () => {
    const gateway = createGateway({ scenario: { wire: { done: false, finish: 'repeated' }, endpoints: { azure: ok(undefined, { finish: 'missing' }) } } });
    const sse = await chatSse(gateway, { provider: { only: ['azure'] } });
    expect(sse.done).toBe(false);
    expect(sse.chunks.every((chunk) => chunk.choices?.[0]?.finish_reason === null)).toBe(true);
  });

  it('see what is being tried', async () => {
    const seen: unknown[] = [];
    const gateway = createGateway({ scenario: { endpoints: { azure: (context) => { seen.push([context.model, context.tag, context.attempt, context.request.user]); return undefined; } } } });
    await chat(gateway, { user: 'me', provider: { only: ['azure'] } });
    await chat(gateway, { provider: { only: ['azure'] } });
    expect(seen).toEqual([['acme/atlas', 'azure', 1, 'me'], ['acme/atlas', 'azure', 2, undefined]]);
  });
});

describe('a caller that gives up', () => {
  it('gets the reason of its signal, before, during and after the routing', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: hang() } } });
    await expect(chat(gateway, {}, { signal: AbortSignal.abort() })).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(gateway.requests).toHaveLength(0);
    const controller = new AbortController();
    const pending = chat(gateway, { provider: { only: ['azure'] } }, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 0);
    await expect(pending).rejects.toThrow('enough');
    expect(gateway.requests[0]).toMatchObject({ cancelled: true, status: 0, cost: '0', attempts: [{ tag: 'azure', status: 0 }] });
  });

  it('may give the signal in a Request', async () => {
    const controller = new AbortController();
    const gateway = createGateway({ scenario: { endpoints: { azure: hang() } } });
    const request = new Request(`${BASE}/chat/completions`, {
      method: 'POST', signal: controller.signal, headers: { authorization: 'Bearer k' },
      body: JSON.stringify({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }], provider: { only: ['azure'] } }),
    });
    const pending = gateway.fetch(request);
    setTimeout(() => controller.abort(), 0);
    await expect(pending).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('sees a broken connection as a TypeError, as fetch throws it', async () => {
    await expect(once({ scenario: { endpoints: { azure: disconnect() } } }, { provider: { only: ['azure'] } })).rejects.toThrow(TypeError);
    await expect(once({ scenario: { gateway: disconnect() } })).rejects.toThrow('fetch failed');
  });
});

describe('a seed', () => {
  async function run(seed: number | string): Promise<readonly unknown[]> {
    const gateway = createGateway({ seed });
    const ids: unknown[] = [];
    for (let i = 0; i < 12; i += 1) {
      const { id, provider } = await chatJson(gateway, { model: 'acme/atlas' });
      ids.push([id, provider]);
    }
    return ids;
  }

  it('gives the same ids and choices again, and another seed others', async () => {
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run('other')).not.toEqual(first);
    expect(new Set(first.map(String)).size).toBe(12);
    expect(new Set(first.map((entry) => String(entry).split(',')[1])).size).toBeGreaterThan(1);
  });

  it('starts anew after a reset', async () => {
    const gateway = createGateway();
    const first = (await chatJson(gateway)).id;
    gateway.reset();
    expect((await chatJson(gateway)).id).toBe(first);
  });

  it('has a clock of its own, which may be replaced', async () => {
    expect((await chatJson(createGateway())).created).toBe(1_790_000_000);
    expect(await chatJson(createGateway({ now: () => 1_234_567_890_123 }))).toMatchObject({ created: 1_234_567_890, id: expect.stringMatching(/^gen-1234567890-/) });
  });
});

describe('records', () => {
  it('tell the request, the route and what it cost, and never the key', async () => {
    const gateway = createGateway();
    await gateway.fetch(`${BASE}/chat/completions?debug=1`, {
      method: 'POST', headers: { Authorization: 'Bearer sk-or-v1-secret', 'X-OpenRouter-Title': 'Test' },
      body: JSON.stringify({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Hello' }], provider: { zdr: true, sort: 'price' } }),
    });
    expect(gateway.requests[0]).toMatchObject({
      number: 1, method: 'POST', path: '/api/v1/chat/completions', query: { debug: '1' }, status: 200, cancelled: false,
      headers: { authorization: 'Bearer [redacted]', 'x-openrouter-title': 'Test' },
      body: { model: 'acme/atlas', provider: { zdr: true } },
      route: {
        strategy: 'direct',
        candidates: [{ tag: 'openai' }, { tag: 'azure' }, { tag: 'deepinfra/fp8' }],
        plan: [{ tag: 'deepinfra/fp8', weight: 1 }, { tag: 'azure', weight: 0 }],
      },
    });
    expect(JSON.stringify(gateway.requests)).not.toContain('sk-or-v1-secret');
  });

  it('tell which step left nothing', async () => {
    const gateway = createGateway();
    await chat(gateway, { provider: { only: ['groq'] } });
    expect(gateway.requests[0]).toMatchObject({ status: 404, attempts: [], route: { failedStep: 'Filter by Allowed Providers', plan: [] } });
  });
});

describe('a call', () => {
  it('may be a URL, a string or a Request', async () => {
    const gateway = createGateway();
    const url = `${BASE}/models`;
    for (const input of [url, new URL(url), new Request(url)]) expect((await gateway.fetch(input)).status).toBe(200);
  });
});
