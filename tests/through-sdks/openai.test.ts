import { fail, type Gateway, ok, reply, respond } from '@waypost/testing';
import OpenAI, { BadRequestError, InternalServerError, RateLimitError, toFile } from 'openai';
import { describe, expect, it } from 'vitest';
import { connect, KEY, MESSAGES, rejection } from './connection.js';

// `provider` and `models` are OpenRouter's own, which the SDK sends as they are given.
const beside = (fields: Record<string, unknown>): object => fields;
// the SDK asks for `data:,` to see whether a `fetch` can read forms
const toApi = ({ requests }: Gateway): readonly unknown[] => requests.filter(({ path }) => path !== ',');
const ask = { model: 'acme/atlas', messages: MESSAGES };

describe('chat', () => {
  it('goes out under the policy, with the application and the key of the SDK', async () => {
    const { gateway, openai } = connect({ reply: reply.text('Left.') }, { provider: { zdr: true, dataCollection: 'deny' }, appTitle: 'Harbour', appUrl: 'https://harbour.example', appCategories: ['general-chat'], user: 'u1' });
    const answer = await openai.chat.completions.create({ ...ask, temperature: 0.5 });
    expect(answer.choices[0]?.message.content).toBe('Left.');
    expect(gateway.requests).toHaveLength(1);
    expect(gateway.requests[0]?.body).toEqual({ ...ask, temperature: 0.5, user: 'u1', provider: { data_collection: 'deny', zdr: true } });
    expect(gateway.requests[0]?.headers).toMatchObject({ 'x-openrouter-title': 'Harbour', 'http-referer': 'https://harbour.example', 'x-openrouter-categories': 'general-chat', 'x-openrouter-metadata': 'enabled' });
    expect(gateway.requests[0]?.headers['x-stainless-lang']).toBe('js');
  });

  it('can be tightened by what the SDK says, and not loosened', async () => {
    const { gateway, openai } = connect({}, { provider: { zdr: true, max_price: { prompt: 10 }, ignore: ['openai'] }, models: ['borealis/aurora'] });
    await openai.chat.completions.create({ ...ask, ...beside({ provider: { zdr: false, max_price: { prompt: 900, completion: 40 }, ignore: [], sort: 'price' }, models: ['acme/atlas-mini'] }) });
    expect(gateway.requests[0]?.body).toMatchObject({ models: ['acme/atlas-mini'], provider: { zdr: true, max_price: { prompt: 10, completion: 40 }, ignore: ['openai'], sort: 'price' } });
  });

  it('ignores the service tiers of a provider that is ignored, where a variant would open them', async () => {
    const { gateway, openai } = connect({}, { provider: { ignore: ['openai'] } });
    await openai.chat.completions.create({ ...ask, model: 'acme/atlas:nitro' });
    expect(gateway.requests[0]?.body).toMatchObject({ provider: { ignore: expect.arrayContaining(['openai', 'openai/priority', 'openai/flex']) } });
  });

  it('calls tools', async () => {
    const { gateway, openai } = connect({ reply: reply.toolCall('tide', { harbour: 'Whitby' }) }, { provider: { zdr: true } });
    const { choices } = await openai.chat.completions.create({ ...ask, tools: [{ type: 'function', function: { name: 'tide', parameters: { type: 'object' } } }] });
    expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({ type: 'function', function: { name: 'tide', arguments: '{"harbour":"Whitby"}' } });
    expect(gateway.requests[0]?.body).toMatchObject({ tools: [{ type: 'function' }], provider: { zdr: true } });
  });

  it('fails over along a chain that is longer than the server takes', async () => {
    const models = ['borealis/aurora', 'acme/atlas-mini', 'borealis/aurora:floor', 'acme/atlas:floor'];
    const { gateway, openai } = connect({ gateway: [fail(503), ok()] }, { models }, { maxRetries: 0 });
    const { model } = await openai.chat.completions.create(ask);
    expect(gateway.requests.map(({ body, status }) => [(body as { model: string }).model, status])).toEqual([['acme/atlas', 503], ['borealis/aurora:floor', 200]]);
    expect(model).toContain('aurora');
  });
});

describe('streams', () => {
  it('come chunk by chunk', async () => {
    const { gateway, openai } = connect({ reply: reply.text('To the left.'), wire: { textSize: 3 } }, { provider: { zdr: true } });
    const pieces: string[] = [];
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true })) pieces.push(chunk.choices[0]?.delta.content ?? '');
    expect(pieces.join('')).toBe('To the left.');
    expect(pieces.filter(Boolean).length).toBeGreaterThan(2);
    expect(gateway.requests[0]?.body).toMatchObject({ stream: true, provider: { zdr: true } });
  });

  it('put tool calls together', async () => {
    const { openai } = connect({ reply: reply.toolCall('tide', { harbour: 'Whitby' }) });
    const message = await openai.chat.completions.stream({ ...ask, tools: [{ type: 'function', function: { name: 'tide', parameters: { type: 'object' } } }] }).finalMessage();
    expect(message.tool_calls?.[0]).toMatchObject({ function: { arguments: '{"harbour":"Whitby"}' } });
  });

  it.each(['chunk', 'bare', 'choice', 'finish'] as const)('raise an error that comes as the first event with its status: %s', async (shape) => {
    const { gateway, openai } = connect({ wire: { error: { after: 0, shape, detail: { code: 503, message: 'Nobody is there' } } } }, {}, { maxRetries: 0 });
    const error = await rejection(openai.chat.completions.create({ ...ask, stream: true }));
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject(shape === 'finish' ? { status: 502 } : { status: 503, message: '503 Nobody is there' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('repeat an error that comes as the first event as the SDK repeats', async () => {
    const event = `: OPENROUTER PROCESSING\n\ndata: ${JSON.stringify({ error: { code: 429, message: 'Slow down', metadata: { retry_after_seconds: 0.001 } } })}\n\n`;
    const busy = respond(200, event, { headers: { 'content-type': 'text/event-stream' } });
    const { gateway, openai } = connect({ gateway: [busy, ok()] });
    const stream = await openai.chat.completions.create({ ...ask, stream: true });
    for await (const chunk of stream) expect(chunk.choices).toBeDefined();
    expect(gateway.requests).toHaveLength(2);
    const once = connect({ gateway: [busy] }, {}, { maxRetries: 0 });
    const error = await rejection(once.openai.chat.completions.create({ ...ask, stream: true }));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, message: expect.stringContaining('Slow down') });
  });

  it('are left at once', async () => {
    const { gateway, openai } = connect({ reply: reply.text('a long answer '.repeat(500)), wire: { textSize: 5 } });
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true })) {
      expect(chunk).toBeDefined();
      break;
    }
    expect(gateway.requests).toHaveLength(1);
  });

  it('end with an abort', async () => {
    const controller = new AbortController();
    const { openai } = connect({ reply: reply.text('a long answer '.repeat(500)), wire: { textSize: 5 } });
    let chunks = 0;
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true }, { signal: controller.signal })) {
      expect(chunk).toBeDefined();
      chunks += 1;
      if (chunks === 3) controller.abort();
    }
    expect(chunks).toBeLessThan(20);
  });
});

describe('refusals', () => {
  it('are raised as errors of the request, with message, type and param, once, before anything is sent', async () => {
    const { gateway, openai } = connect({}, { provider: { only: ['azure'] } });
    const error = await rejection(openai.chat.completions.create({ ...ask, ...beside({ provider: { only: ['openai'] } }) }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ status: 400, type: 'policy_conflict', param: 'provider.only', code: 400 });
    expect(error.message).toContain('leave nothing');
    expect(gateway.requests).toEqual([]);
  });

  it.each([
    ['a misspelt guardrail', { provider: { data_colection: 'deny' } }, 'provider.data_colection'],
    ['a guardrail in the wrong place', { zdr: true }, 'zdr'],
  ])('name the place of %s', async (_, fields, param) => {
    const { gateway, openai } = connect();
    const error = await rejection(openai.chat.completions.create({ ...ask, ...beside(fields) }));
    expect(error).toMatchObject({ status: 400, type: 'invalid_options', param });
    expect(gateway.requests).toEqual([]);
  });

  it('meet models that are not allowed, also as fallbacks', async () => {
    const { gateway, openai } = connect({}, { allowedModels: ['acme/*'] });
    expect(await rejection(openai.chat.completions.create({ ...ask, model: 'borealis/aurora' }))).toMatchObject({ status: 400, param: 'allowedModels' });
    expect(await rejection(openai.chat.completions.create({ ...ask, ...beside({ models: ['borealis/aurora'] }) }))).toMatchObject({ status: 400 });
    expect(gateway.requests).toEqual([]);
  });

  it('meet routes that do not honour a guardrail, and routes that nobody knows', async () => {
    const { gateway, openai } = connect({}, { provider: { zdr: true } });
    const file = await toFile(Uint8Array.of(1, 2, 3), 'a.wav');
    const calls = [
      () => openai.audio.speech.create({ model: 'echo/lark', input: 'Hi', voice: 'alloy' }),
      () => openai.audio.transcriptions.create({ model: 'echo/scribe', file }),
      () => openai.audio.translations.create({ model: 'echo/scribe', file }),
      () => openai.images.generate({ model: 'cinder/kiln', prompt: 'A pier' }),
      () => openai.images.edit({ model: 'cinder/kiln', prompt: 'A pier', image: file }),
      () => openai.moderations.create({ input: 'Hi' }),
      () => openai.responses.compact({ model: 'acme/atlas', input: 'Hi' }),
    ];
    for (const call of calls) expect(await rejection(call())).toMatchObject({ status: 400, type: 'policy_conflict' });
    expect(toApi(gateway)).toEqual([]);
  });
});

describe('errors of the server', () => {
  it('are raised with their status, and repeated where that helps', async () => {
    const { gateway, openai } = connect({ gateway: [fail(503, { retryAfter: 0 }), ok()] });
    await openai.chat.completions.create(ask);
    expect(gateway.requests.map(({ status }) => status)).toEqual([503, 200]);
  });

  it('are raised where HTTP said 200', async () => {
    const { gateway, openai } = connect({ gateway: [respond(200, { error: { code: 402, message: 'No credits left' } })] });
    expect(await rejection(openai.chat.completions.create(ask))).toMatchObject({ status: 402, message: expect.stringContaining('No credits left') });
    expect(gateway.requests).toHaveLength(1);
  });

  it('come as they are where no endpoint fits', async () => {
    const { gateway, openai } = connect({}, { provider: { max_price: { prompt: 0.0001 } } });
    expect(await rejection(openai.chat.completions.create(ask))).toMatchObject({ status: 404, error: { metadata: { failed_routing_step: expect.any(String) } } });
    expect(gateway.requests).toHaveLength(1);
  });

  it('are a connection error where there was no connection', async () => {
    const { openai } = connect({}, { fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })) }, { maxRetries: 0 });
    expect(await rejection(openai.chat.completions.create(ask))).toBeInstanceOf(OpenAI.APIConnectionError);
  });
});

describe('other routes', () => {
  it('embeds', async () => {
    const { gateway, openai } = connect({}, { provider: { data_collection: 'deny' } });
    const { data } = await openai.embeddings.create({ model: 'dune/vector', input: ['a', 'b'] });
    expect(new Set(data.map(({ index }) => index))).toEqual(new Set([0, 1]));
    expect(data[0]?.embedding[0]).toBeTypeOf('number');
    expect(gateway.requests[0]?.body).toMatchObject({ provider: { data_collection: 'deny' }, encoding_format: 'base64' });
  });

  it('lists models, and needs no policy for that', async () => {
    const { openai } = connect({}, { provider: { zdr: true } });
    const models = await openai.models.list();
    expect(models.data.map(({ id }) => id)).toContain('acme/atlas');
  });

  it('speaks: the bytes as they come', async () => {
    const { gateway, openai } = connect({ reply: reply.speech(Uint8Array.of(1, 2, 3)) }, { allowedModels: ['echo/*'] });
    const response = await openai.audio.speech.create({ model: 'echo/lark', input: 'Hi', voice: 'alloy' });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    expect(gateway.requests).toHaveLength(1);
  });

  it('transcribes a form', async () => {
    const { gateway, openai } = connect({ reply: reply.transcript('Good day.') }, { allowedModels: ['echo/*'], user: 'u1' });
    const bytes = new Uint8Array(44 + 48_000);
    bytes.set(new TextEncoder().encode('RIFF\0\0\0\0WAVEfmt '));
    expect((await openai.audio.transcriptions.create({ model: 'echo/scribe', file: await toFile(bytes, 'a.wav') })).text).toBe('Good day.');
    expect(toApi(gateway)).toMatchObject([{ path: '/api/v1/audio/transcriptions', status: 200 }]);
    expect(await rejection(openai.audio.transcriptions.create({ model: 'acme/scribe', file: await toFile(bytes, 'a.wav') }))).toMatchObject({ status: 400, param: 'allowedModels' });
    expect(toApi(gateway)).toHaveLength(1);
  });
});

it('sends its own key where it has one', async () => {
  const seen: (string | null)[] = [];
  const { openai, gateway } = connect();
  for (const apiKey of [undefined, 'sk-or-v1-of-the-policy', async () => 'sk-or-v1-of-the-policy']) {
    const watched = connect({}, { ...(apiKey && { apiKey }), fetch: (input, init) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return gateway.fetch(input, init);
    } });
    await watched.openai.chat.completions.create(ask);
    await watched.openai.models.list();
  }
  const own = 'Bearer sk-or-v1-of-the-policy';
  expect(seen).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`, own, own, own, own]);
  expect(openai.apiKey).toBe(KEY);
});
