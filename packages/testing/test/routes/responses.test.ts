import type { ErrorBody, ResponsesEvent, ResponsesResponse } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway, fail, type Gateway, type GatewayOptions, ok, reply, type Wire } from '../../src/index.js';
import { post } from '../helpers.js';

const enabled = { 'x-openrouter-metadata': 'enabled' };

function respond(body: object, gateway: Gateway = createGateway(), headers: Record<string, string> = {}): Promise<Response> {
  return post(gateway, '/responses', { model: 'acme/atlas', input: 'Hello', ...body }, { headers });
}

async function json(body: object, options: GatewayOptions = {}): Promise<ResponsesResponse> {
  return (await (await respond(body, createGateway(options))).json()) as ResponsesResponse;
}

interface Stream {
  readonly events: readonly ResponsesEvent[];
  readonly done: boolean;
  readonly text: string;
}

async function stream(body: object, options: GatewayOptions = {}, headers: Record<string, string> = {}): Promise<Stream> {
  const text = await (await respond({ ...body, stream: true }, createGateway(options), headers)).text();
  const data = text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
  return { text, events: data.filter((line) => line !== '[DONE]').map((line) => JSON.parse(line) as ResponsesEvent), done: data.at(-1) === '[DONE]' };
}

const types = ({ events }: Stream): readonly string[] => events.map(({ type }) => type);
const deltas = ({ events }: Stream, type: string): string => events.filter((event) => event.type === type).map(({ delta }) => delta).join('');
const saying = (scripted: ReturnType<typeof reply.text>, wire: Wire = {}): GatewayOptions => ({ scenario: { reply: scripted, wire } });

const weather = { type: 'function', name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };

describe('POST /responses', () => {
  it('answers with items, usage and cost', async () => {
    const gateway = createGateway(saying(reply.text('Hello you')));
    const response = await respond({ provider: { only: ['azure'] }, instructions: 'Be brief', max_output_tokens: 100, temperature: 0 }, gateway);
    const body = (await response.json()) as ResponsesResponse;
    expect(body).toMatchObject({
      object: 'response', model: 'acme/atlas', status: 'completed', error: null, incomplete_details: null, store: false,
      instructions: 'Be brief', max_output_tokens: 100, temperature: 0,
      output: [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Hello you', annotations: [] }] }],
      usage: { output_tokens: 3, output_tokens_details: { reasoning_tokens: 0 }, input_tokens_details: { cached_tokens: 0 }, is_byok: false },
    });
    expect(body.usage).toMatchObject({ total_tokens: (body.usage?.input_tokens ?? 0) + 3, cost: Number(gateway.requests[0]?.cost) });
    expect(body).not.toHaveProperty('provider');
    expect(response.headers.get('x-generation-id')).toBe(body.id);
    expect(gateway.requests[0]).toMatchObject({ path: '/api/v1/responses', body: { input: 'Hello' }, served: { provider: 'azure', generationId: body.id } });
  });

  it('streams typed and numbered events that end in the same response', async () => {
    const whole = await json({}, saying(reply.reasoning('Let me see', 'It is so', { signature: 'c2ln' })));
    const streamed = await stream({}, saying(reply.reasoning('Let me see', 'It is so', { signature: 'c2ln' })));
    expect(types(streamed)).toEqual([
      'response.created', 'response.in_progress',
      'response.output_item.added', 'response.content_part.added', ...Array<string>(3).fill('response.reasoning_text.delta'),
      'response.reasoning_text.done', 'response.content_part.done', 'response.output_item.done',
      'response.output_item.added', 'response.content_part.added', ...Array<string>(3).fill('response.output_text.delta'),
      'response.output_text.done', 'response.content_part.done', 'response.output_item.done',
      'response.completed',
    ]);
    expect(streamed.events.map(({ sequence_number }) => sequence_number)).toEqual(streamed.events.map((_event, i) => i));
    expect(streamed.done).toBe(true);
    expect(streamed.text.startsWith(': OPENROUTER PROCESSING\n\ndata: ')).toBe(true);
    expect(deltas(streamed, 'response.output_text.delta')).toBe('It is so');
    expect(deltas(streamed, 'response.reasoning_text.delta')).toBe('Let me see');
    expect(streamed.events.at(-1)?.response).toEqual(whole);
    expect(streamed.events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item)).toEqual(whole.output);
    expect(whole.output[0]).toMatchObject({ type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Let me see' }], signature: 'c2ln' });
  });

  it('calls functions, whose arguments come in pieces', async () => {
    const options = saying(reply.toolCalls([{ name: 'weather', args: { city: 'Oslo' } }, { name: 'weather', args: '{}' }], { text: 'Wait' }));
    const streamed = await stream({ tools: [weather] }, options);
    expect((await json({ tools: [weather] }, options)).output).toMatchObject([
      { type: 'message' },
      { type: 'function_call', call_id: 'call_0', name: 'weather', arguments: '{"city":"Oslo"}', status: 'completed' },
      { type: 'function_call', call_id: 'call_1', arguments: '{}' },
    ]);
    expect(deltas(streamed, 'response.function_call_arguments.delta')).toBe('{"city":"Oslo"}{}');
    expect(streamed.events.filter(({ type }) => type === 'response.function_call_arguments.done').map((event) => event.arguments)).toEqual(['{"city":"Oslo"}', '{}']);
  });

  it('answers what the request demands, without a script', async () => {
    expect((await json({ tools: [weather], tool_choice: { type: 'function', name: 'weather' } })).output).toMatchObject([{ type: 'function_call', name: 'weather', arguments: '{"city":"text"}' }]);
    const format = { type: 'json_schema', name: 'answer', schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } };
    expect((await json({ text: { format } })).output).toMatchObject([{ content: [{ text: '{"n":1}' }] }]);
  });

  it('shows summaries, encrypted thoughts, citations, refusals and pictures as items of their own', async () => {
    const scripted = reply.message({
      content: 'See', reasoning: 'Hm',
      reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm hm', id: 'rs_1', format: 'openai-responses-v1' }, { type: 'reasoning.encrypted', data: 'gAAA', id: 'rs_1' }],
      annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com/', title: 'Example', start_index: 0, end_index: 3 } }],
      images: [{ image_url: { url: 'data:image/png;base64,aa' } }],
    });
    const whole = await json({}, saying(scripted));
    expect(whole.output).toMatchObject([
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm hm' }], encrypted_content: 'gAAA', format: 'openai-responses-v1' },
      { type: 'message', content: [{ text: 'See', annotations: [{ type: 'url_citation', url: 'https://example.com/', title: 'Example' }] }] },
      { type: 'image_generation_call', result: 'data:image/png;base64,aa' },
    ]);
    const streamed = await stream({}, saying(scripted));
    expect(deltas(streamed, 'response.reasoning_summary_text.delta')).toBe('Hm hm');
    expect(types(streamed)).toContain('response.output_text.annotation.added');
    expect(streamed.events.at(-1)?.response).toEqual(whole);
    const refused = await stream({}, saying(reply.refusal('I will not')));
    expect(deltas(refused, 'response.refusal.delta')).toBe('I will not');
  });

  it('is incomplete where a limit or a filter cut it', async () => {
    const cut = saying(reply.text('And so', { finishReason: 'length' }));
    expect(await json({}, cut)).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [{ status: 'incomplete' }] });
    expect((await stream({}, cut)).events.at(-1)).toMatchObject({ type: 'response.incomplete', response: { status: 'incomplete' } });
    expect(await json({}, saying(reply.text('', { finishReason: 'content_filter' })))).toMatchObject({ incomplete_details: { reason: 'content_filter' } });
  });

  it('takes the whole history, each item in its shape', async () => {
    const gateway = createGateway();
    const input = [
      { role: 'system', content: 'Be brief' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }] },
      { type: 'function_call', call_id: 'call_0', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_0', output: 'Rain' },
      { type: 'message', role: 'assistant', id: 'msg_1', status: 'completed', content: [{ type: 'output_text', text: 'Rain.', annotations: [] }] },
      { type: 'openrouter:advisor', id: 'st_1', status: 'completed' },
      { role: 'user', content: 'Thanks' },
    ];
    const response = await respond({ input, tools: [weather] }, gateway);
    expect(response.status).toBe(200);
    const longer = (await (await respond({ input: [...input, { role: 'user', content: 'x'.repeat(400) }], tools: [weather] }, gateway)).json()) as ResponsesResponse;
    const first = (await response.json()) as ResponsesResponse;
    expect((longer.usage?.input_tokens ?? 0) - (first.usage?.input_tokens ?? 0)).toBe(103);
  });

  it.each([
    ['no input', { input: undefined }, 'Input required'],
    ['an empty list', { input: [] }, 'Input required'],
    ['store', { store: true }, 'store'],
    ['an earlier response', { previous_response_id: 'resp_1' }, 'previous_response_id'],
    ['a replayed message without id', { input: [{ role: 'assistant', content: 'Hi', status: 'completed' }] }, 'input[0].id'],
    ['a replayed message without status', { input: [{ role: 'assistant', content: 'Hi', id: 'msg_1' }] }, 'input[0].status'],
    ['a role that is none', { input: [{ role: 'tool', content: 'Hi' }] }, 'input[0].role'],
    ['an output without its call', { input: [{ type: 'function_call_output', output: 'Hi' }] }, 'input[0].call_id'],
    ['a tool as on chat', { tools: [{ type: 'function', function: { name: 'weather' } }] }, 'tools[0]'],
    ['a schema as on chat', { text: { format: { type: 'json_schema', json_schema: { name: 'x', schema: {} } } } }, 'text.format'],
  ])('refuses %s', async (_name, body, message) => {
    const response = await respond(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_prompt', message: expect.stringContaining(message) }, metadata: null });
  });

  it('checks what it shares with chat as chat does', async () => {
    expect((await respond({ models: ['a/a', 'b/b', 'c/c', 'd/d'] })).status).toBe(400);
    expect((await respond({ provider: { data_collection: 'denyy' } })).status).toBe(400);
    expect((await respond({ temperature: 3 })).status).toBe(400);
    expect((await respond({ reasoning: { effort: 'low', max_tokens: 10 } })).status).toBe(400);
    expect((await respond({ model: 'acme/nothing' })).status).toBe(400);
    expect((await post(createGateway({ apiKeys: ['sk-or-v1-other'] }), '/responses', { model: 'acme/atlas', input: 'Hi' })).status).toBe(401);
  });

  it('routes by the preferences, falls back, and says so in metadata and record', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: fail(429) }, reply: reply.text('Hi') } });
    const body = (await (await respond({ provider: { order: ['azure', 'openai'] } }, gateway, enabled)).json()) as ResponsesResponse;
    expect(body.openrouter_metadata).toMatchObject({ requested: 'acme/atlas', attempts: [{ status: 429 }, { status: 200 }] });
    expect(gateway.requests[0]?.attempts.map(({ provider, status }) => [provider, status])).toEqual([['azure', 429], ['openai', 200]]);
    const none = await respond({ provider: { only: ['nobody'] } }, gateway);
    expect(none.status).toBe(404);
    expect(((await none.json()) as ErrorBody).error.metadata).toHaveProperty('failed_routing_step');
    const streamed = await stream({}, {}, enabled);
    expect(streamed.events.at(-1)?.response?.openrouter_metadata).toHaveProperty('strategy');
    expect(streamed.events[0]?.response).not.toHaveProperty('openrouter_metadata');
  });

  it('says the type of an error at the top', async () => {
    const failing = createGateway({ scenario: { models: { 'acme/atlas': fail(503, { errorType: 'provider_overloaded', retryAfter: 2 }) } } });
    const response = await respond({}, failing);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await response.json()).toMatchObject({ error_type: 'provider_overloaded', error: { code: 503 } });
    const chat = await post(failing, '/chat/completions', { model: 'acme/atlas', messages: [{ role: 'user', content: 'Hi' }] });
    expect(await chat.json()).not.toHaveProperty('error_type');
  });

  it('fails in a response that has begun, in every shape', async () => {
    const broken = (error: Wire['error']): GatewayOptions => ({ scenario: { models: { 'acme/atlas': ok(reply.text('One two three'), { error }) } } });
    const failed = await stream({}, broken({}));
    expect(types(failed).slice(-2)).toEqual(['response.output_text.delta', 'response.failed']);
    expect(failed.events.at(-1)?.response).toMatchObject({ status: 'failed', error: { code: 'server_error', message: 'Provider returned error' }, error_type: 'provider_unavailable' });
    expect(failed.done).toBe(false);
    expect((await stream({}, broken({ shape: 'bare', detail: { code: 429, message: 'Slow down' } }))).events.at(-1)).toMatchObject({ type: 'error', code: 'rate_limit_exceeded', message: 'Slow down' });
    expect((await stream({}, broken({ shape: 'choice' }))).events.at(-1)).toMatchObject({ type: 'error', error: { code: 502 } });
    expect((await stream({}, broken({ shape: 'finish' }))).events.at(-1)).toMatchObject({ type: 'response.failed', response: { error: null } });
    expect(types(await stream({}, broken({ after: 0 })))).toEqual(['response.failed']);
    expect(await json({}, broken({}))).toMatchObject({ status: 'failed', error: { code: 'server_error' }, usage: null, output: [{ type: 'message' }] });
    expect(await json({}, broken({ shape: 'bare' }))).toEqual({ error: expect.objectContaining({ code: 502 }) });
  });

  it('has the quirks of the wire', async () => {
    const wired = (wire: Wire): Promise<Stream> => stream({}, saying(reply.text('One two'), wire));
    expect(await wired({ cut: 'before-finish' }).then(({ done, events }) => [done, events.at(-1)?.type])).toEqual([false, 'response.output_item.done']);
    expect(await wired({ cut: 3 }).then(({ events }) => events.length)).toBe(3);
    expect(await wired({ cut: 'before-done' }).then(({ done, events }) => [done, events.at(-1)?.type])).toEqual([false, 'response.completed']);
    expect(await wired({ finish: 'missing' }).then(({ done, events }) => [done, events.at(-1)?.type])).toEqual([true, 'response.output_item.done']);
    expect(await wired({ usage: 'missing' }).then(({ events }) => events.at(-1)?.response?.usage)).toBeNull();
    expect(await wired({ unterminated: true }).then(({ text }) => text.endsWith('data: [DONE]'))).toBe(true);
    const calls = await stream({ tools: [weather] }, saying(reply.toolCall('weather', { city: 'Oslo' }), { cut: 'tool-call' }));
    expect([calls.events.at(-1)?.type, calls.done]).toEqual(['response.function_call_arguments.delta', false]);
    expect(await json({}, saying(reply.text('Hi'), { finish: 'missing', usageShape: 'no-cost', whitespace: '\n   ' }))).not.toHaveProperty('status');
    expect((await wired({ hugeEvent: 5000 })).events.find(({ type }) => type === 'response.output_text.delta')?.delta).toBe('x'.repeat(5000));
  });

  it('remembers the generation', async () => {
    const gateway = createGateway({ settleAfterReads: 0, scenario: { reply: reply.text('Hi', { tokens: { prompt: 100, completion: 20, reasoning: 5, cached: 10 } }) } });
    const body = (await (await respond({ stream: false }, gateway)).json()) as ResponsesResponse;
    expect(body.usage).toMatchObject({ input_tokens: 100, output_tokens: 20, input_tokens_details: { cached_tokens: 10 }, output_tokens_details: { reasoning_tokens: 5 } });
    const stored = await gateway.fetch(`http://gateway.local/api/v1/generation?id=${String(body.id)}`, { headers: { authorization: 'Bearer sk-or-v1-secret' } });
    expect(await stored.json()).toMatchObject({ data: { id: body.id, native_tokens_completion: 20, total_cost: body.usage?.cost } });
  });
});
