import { describe, expect, it } from 'vitest';
import { APIError, InvalidOptionsError, NetworkError, PolicyConflictError, PolicyViolationError } from '../src/index.js';
import { answer, failure, fake, json, KEY, rejection, REQUEST } from './kit.js';

describe('chat', () => {
  it('gives text, message, usage, receipt, and the response untouched', async () => {
    const body = answer({ content: 'Hello', reasoning: 'hm' }, { unheard_of: { x: [1] } });
    const { openrouter, requests } = fake([json(body)]);
    const result = await openrouter.chat({ ...REQUEST, temperature: 0, unheard_of_too: 1 });
    expect(result.text).toBe('Hello');
    expect(result.message).toEqual({ role: 'assistant', content: 'Hello', reasoning: 'hm' });
    expect(result.toolCalls).toEqual([]);
    expect(result.finishReason).toBe('stop');
    expect(result.usage).toEqual({ inputTokens: 3, outputTokens: 2, totalTokens: 5 });
    expect(result.receipt).toMatchObject({ id: 'gen-1', requested: ['a/b'], served: { model: 'a/b', provider: 'Acme' }, cost: { total: 0.00001 } });
    expect(result.response).toEqual(body);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ url: 'https://openrouter.ai/api/v1/chat/completions', method: 'POST', body: { ...REQUEST, temperature: 0, unheard_of_too: 1 } });
    expect(requests[0]?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' });
    expect(requests[0]?.body).not.toHaveProperty('stream');
  });

  it('gives tool calls that are complete, and only those', async () => {
    const call = (id: string, args: unknown): unknown => ({ id, type: 'function', function: { name: 'f', arguments: args } });
    const tool_calls = [call('one', '{"a":1}'), call('cut', '{"a":'), call('none', ''), call('null', null), call('parsed', { b: 2 }), call('', '{}')];
    const { openrouter } = fake([json(answer({ content: null, tool_calls }))]);
    const { toolCalls, text, message } = await openrouter.chat(REQUEST);
    expect(text).toBe('');
    expect(toolCalls).toEqual([
      { id: 'one', name: 'f', arguments: '{"a":1}', input: { a: 1 } },
      { id: 'none', name: 'f', arguments: '{}', input: {} },
      { id: 'null', name: 'f', arguments: '{}', input: {} },
      { id: 'parsed', name: 'f', arguments: '{"b":2}', input: { b: 2 } },
      { id: 'call_gen-1_5', name: 'f', arguments: '{}', input: {} },
    ]);
    expect(message.tool_calls).toEqual(tool_calls);
  });

  it('keeps an answer some of whose calls are none', async () => {
    const { openrouter } = fake([json(answer({ content: 'Hello', tool_calls: [null, 5, { id: 5, type: 'function', function: null }] }))]);
    expect(await openrouter.chat(REQUEST)).toMatchObject({ text: 'Hello', toolCalls: [{ id: 'call_gen-1_0', name: '', input: {} }] });
  });

  it('takes an answer without choices, finish reason or usage', async () => {
    const { openrouter } = fake([json({ choices: [] })]);
    expect(await openrouter.chat(REQUEST)).toMatchObject({ text: '', toolCalls: [], finishReason: null, usage: undefined });
  });

  it('sends the defaults of the client, which a request may state anew', async () => {
    const { openrouter, requests } = fake([json(answer())], { reasoning: { effort: 'low' }, user: 'u', sessionId: 's', plugins: [{ id: 'web' }] });
    await openrouter.chat(REQUEST);
    await openrouter.chat({ ...REQUEST, user: 'other' });
    expect(requests[0]?.body).toEqual({ ...REQUEST, reasoning: { effort: 'low' }, user: 'u', session_id: 's', plugins: [{ id: 'web' }] });
    expect(requests[1]?.body).toMatchObject({ user: 'other', session_id: 's' });
  });

  it('takes the keys of provider in either spelling', async () => {
    const { openrouter, requests } = fake([json(answer())]);
    await openrouter.chat({ ...REQUEST, provider: { dataCollection: 'deny', max_price: { prompt: 1 } } });
    expect(requests[0]?.body).toMatchObject({ provider: { data_collection: 'deny', max_price: { prompt: 1 } } });
  });

  it('gives no receipt where receipts are off', async () => {
    const { openrouter } = fake([json(answer())], { receipt: 'off' });
    expect((await openrouter.chat(REQUEST)).receipt).toBeUndefined();
  });
});

describe('policy', () => {
  it('holds against the request, the options of the call and with()', async () => {
    const { openrouter, requests } = fake([json(answer())], { provider: { zdr: true, data_collection: 'deny', only: ['azure', 'openai'] } });
    const loose = { zdr: false, data_collection: 'allow' } as const;
    const first = await openrouter.chat({ ...REQUEST, provider: loose });
    await openrouter.chat(REQUEST, { provider: loose });
    await openrouter.with({ provider: { ...loose, only: ['azure'] } }).chat(REQUEST);
    expect(requests.map(({ body }) => body)).toEqual([
      { ...REQUEST, provider: { zdr: true, data_collection: 'deny', only: ['azure', 'openai'] } },
      { ...REQUEST, provider: { zdr: true, data_collection: 'deny', only: ['azure', 'openai'] } },
      { ...REQUEST, provider: { zdr: true, data_collection: 'deny', only: ['azure'] } },
    ]);
    expect(first.receipt?.overruled.map(({ field }) => field)).toEqual(['zdr', 'data_collection']);
  });

  it('refuses a contradiction before anything is sent', async () => {
    const { openrouter, requests } = fake([json(answer())], { provider: { only: ['azure'] } });
    const error = await rejection(openrouter.chat({ ...REQUEST, provider: { only: ['openai'] } }));
    expect(error).toBeInstanceOf(PolicyConflictError);
    expect(requests).toHaveLength(0);
  });

  it('leaves the client as it was when with() adds a layer', async () => {
    const { openrouter, requests } = fake([json(answer())]);
    const strict = openrouter.with({ provider: { zdr: true }, user: 'u' });
    await openrouter.chat(REQUEST);
    await strict.with({ models: ['c/d'] }).chat(REQUEST);
    expect(requests[0]?.body).toEqual(REQUEST);
    expect(requests[1]?.body).toEqual({ ...REQUEST, models: ['c/d'], provider: { zdr: true }, user: 'u' });
  });

  it('refuses options of with() at once', () => {
    const { openrouter } = fake([json(answer())]);
    expect(() => openrouter.with({ provider: { only: [] } })).toThrow(InvalidOptionsError);
  });

  it('rejects an answer that broke the policy, when asked to', async () => {
    const { openrouter } = fake([json(answer(undefined, { provider: 'OpenAI' }))], { provider: { only: ['azure'] }, verify: 'throw' });
    const error = await rejection(openrouter.chat(REQUEST));
    expect(error).toBeInstanceOf(PolicyViolationError);
    expect(error).toMatchObject({ receipt: { verdict: { overall: 'violated' } } });
  });
});

describe('retry', () => {
  it('repeats what may succeed, waits as the server says, and tells it in the receipt', async () => {
    const limited = json({ error: { code: 429, message: 'slow down' } }, { status: 429, headers: { 'retry-after': '7' } });
    const { openrouter, requests, waits } = fake([limited, failure(503, 'busy'), json(answer())]);
    const { receipt } = await openrouter.chat(REQUEST);
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([7000, 500]);
    expect(receipt?.attempts?.map(({ outcome, status, waitedMs }) => [outcome, status, waitedMs])).toEqual([
      ['error', 429, 7000],
      ['error', 503, 500],
      ['ok', 200, undefined],
    ]);
  });

  it('gives up after the retries, with the last error and its receipt', async () => {
    const { openrouter, requests } = fake([failure(502, 'bad gateway')], { retry: 1 });
    const error = await rejection(openrouter.chat(REQUEST));
    expect(requests).toHaveLength(2);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 502, receipt: { attempts: [{}, {}] } });
  });

  it.each([
    ['switched off', failure(503, 'busy'), { retry: false as const }],
    ['a bad request', failure(400, 'no'), {}],
    ['a bad key', failure(401, 'no'), {}],
  ])('does not repeat: %s', async (_, reply, options) => {
    const { openrouter, requests } = fake([reply], options);
    expect(await rejection(openrouter.chat(REQUEST))).toBeInstanceOf(APIError);
    expect(requests).toHaveLength(1);
  });

  it('repeats a connection error', async () => {
    const { openrouter, requests } = fake([new TypeError('fetch failed'), json(answer())]);
    expect((await openrouter.chat(REQUEST)).text).toBe('Hello');
    expect(requests).toHaveLength(2);
    const broken = fake([new TypeError('fetch failed')]);
    expect(await rejection(broken.openrouter.chat(REQUEST))).toBeInstanceOf(NetworkError);
    expect(broken.requests).toHaveLength(3);
  });
});

describe('failover of a chain longer than the server takes', () => {
  const chain = { ...REQUEST, model: 'a/1', models: ['a/2', 'a/3', 'a/4', 'a/5'] };

  it('goes on to the next window', async () => {
    const { openrouter, requests } = fake([failure(503, 'busy'), json(answer(undefined, { model: 'a/4' }))]);
    const { receipt } = await openrouter.chat(chain);
    expect(requests.map(({ body }) => body)).toEqual([
      { ...REQUEST, model: 'a/1', models: ['a/2', 'a/3'] },
      { ...REQUEST, model: 'a/4', models: ['a/5'] },
    ]);
    expect(receipt).toMatchObject({ requested: ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'], served: { model: 'a/4' }, fallbackUsed: true });
  });

  it('stops at an error that no other model mends', async () => {
    const { openrouter, requests } = fake([failure(401, 'no')]);
    expect(await rejection(openrouter.chat(chain))).toMatchObject({ status: 401 });
    expect(requests).toHaveLength(1);
  });

  it('is refused where failover is off', async () => {
    const { openrouter, requests } = fake([json(answer())], { failover: false });
    expect(await rejection(openrouter.chat(chain))).toBeInstanceOf(InvalidOptionsError);
    expect(requests).toHaveLength(0);
  });

  it('works for streams', async () => {
    const { openrouter, requests } = fake([failure(503, 'busy'), json(answer(undefined, { model: 'a/4' }))]);
    const { text, receipt } = await openrouter.stream(chain).final();
    expect(text).toBe('Hello');
    expect(receipt?.fallbackUsed).toBe(true);
    expect(requests.map(({ body }) => body)).toMatchObject([{ stream: true }, { model: 'a/4', stream: true }]);
  });
});
