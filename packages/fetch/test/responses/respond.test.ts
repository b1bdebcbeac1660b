import { describe, expect, it } from 'vitest';
import { APIError, createOpenRouter, InvalidOptionsError, PolicyConflictError, PolicyViolationError, StreamError } from '../../src/index.js';
import { type RespondInput, respond } from '../../src/responses/index.js';
import { failure, fake, json, KEY, rejection } from '../kit.js';
import { call, message, REQUEST, response } from './kit.js';

// Everything here is what plain JavaScript can give, past the types.
const js = (value: unknown): never => value as never;

describe('respond', () => {
  it('sends the body to the route, and gives what came', async () => {
    const body = response([{ type: 'reasoning', id: 'rs_1', summary: [], content: [{ type: 'reasoning_text', text: 'Hm' }] }, message('Hello'), call('{"a":1}')]);
    const { openrouter, requests } = fake([json(body)], { provider: { zdr: true }, sessionId: 's' });
    const result = await respond(openrouter, { ...REQUEST, instructions: 'Be brief', provider: { sort: 'price' }, models: ['c/d'], a_field_of_tomorrow: 1 });
    expect(requests[0]).toMatchObject({ url: 'https://openrouter.ai/api/v1/responses', method: 'POST' });
    expect(requests[0]?.body).toEqual({
      ...REQUEST, instructions: 'Be brief', session_id: 's', models: ['c/d'], provider: { zdr: true, sort: 'price' }, a_field_of_tomorrow: 1,
    });
    expect(result).toMatchObject({
      text: 'Hello', reasoning: 'Hm', finishReason: 'tool_calls', status: 'completed', warnings: [],
      toolCalls: [{ id: 'call_1', name: 'f', arguments: '{"a":1}', input: { a: 1 } }],
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5, cachedInputTokens: 1, reasoningTokens: 0 },
      receipt: { id: 'gen-1', served: { model: 'a/b', provider: 'Azure', providerSlug: 'azure' }, finishReason: 'tool_calls', cost: { total: 0.00001, upstream: 0.00001, partial: false } },
    });
    expect(result.response).toEqual(body);
    expect(result.output).toBe(result.response.output);
  });

  it('reads the prices by component, so that they can be verified', async () => {
    const { openrouter } = fake([json(response([message('Hi')]))], { provider: { maxPrice: { prompt: 3, completion: 3 } } });
    expect((await respond(openrouter, REQUEST)).receipt?.verdict.guardrails).toEqual({ max_price: { verdict: 'kept' } });
    const tight = fake([json(response([message('Hi')]))], { provider: { maxPrice: { completion: 1 } } });
    expect((await respond(tight.openrouter, REQUEST)).receipt?.verdict.overall).toBe('violated');
  });

  it('verifies who served by the word of the router', async () => {
    const { openrouter } = fake([json(response([message('Hi')]))], { provider: { only: ['openai'] }, verify: 'throw' });
    expect(PolicyViolationError.isInstance(await rejection(respond(openrouter, REQUEST)))).toBe(true);
    const untold = fake([json(response([message('Hi')], { openrouter_metadata: {} }))], { provider: { only: ['openai'] }, verify: 'throw' });
    expect((await respond(untold.openrouter, REQUEST)).receipt?.verdict.overall).toBe('unverifiable');
  });

  it('hands out no call that was cut off', async () => {
    const cut = response([call('{"a":1}'), call('{"a":', { call_id: 'call_2' }), call('', { call_id: 'call_3' }), call('{}', { call_id: 'call_4', status: 'incomplete' })], {
      status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' },
    });
    const result = await respond(fake([json(cut)]).openrouter, REQUEST);
    expect(result.toolCalls.map(({ id }) => id)).toEqual(['call_1']);
    expect([result.finishReason, result.output.length]).toEqual(['length', 4]);
    // where nothing was cut off, no arguments are those of a function without parameters
    const whole = await respond(fake([json(response([call('')]))]).openrouter, REQUEST);
    expect(whole.toolCalls).toEqual([{ id: 'call_1', name: 'f', arguments: '{}', input: {} }]);
  });

  it.each([
    ['content_filter', { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }],
    ['stop', { status: undefined }],
    ['cancelled', { status: 'cancelled' }],
    ['of_tomorrow', { status: 'incomplete', incomplete_details: { reason: 'of_tomorrow' } }],
    [null, { status: 'queued' }],
  ])('says %s in the words of chat', async (finishReason, more) => {
    expect((await respond(fake([json(response([message('Hi')], more))]).openrouter, REQUEST)).finishReason).toBe(finishReason);
  });

  it('is not misled by what is odd', async () => {
    const odd = { ...response([]), output: [null, 'text', { type: 'message', content: null }, { type: 'message', content: [null, { type: 'output_text', text: 'Hi' }] }, { type: 'function_call' }] };
    const result = await respond(fake([json(odd)]).openrouter, REQUEST);
    expect(result).toMatchObject({ text: 'Hi', toolCalls: [{ id: 'call_gen-1_0', name: '', input: {} }] });
  });

  it.each([
    ['no input', { model: 'a/b' }, 'input'],
    ['an empty text', { input: '' }, 'input'],
    ['an empty list', { input: [] }, 'input'],
    ['messages', { messages: [{ role: 'user', content: 'a secret prompt' }] }, 'messages'],
    ['an item that is text', { input: ['a secret prompt'] }, 'input[0]'],
    ['an item without type and role', { input: [{ content: 'a secret prompt' }] }, 'input[0]'],
    ['store', { input: 'a secret prompt', store: true }, 'store'],
    ['an earlier response', { input: 'a secret prompt', previous_response_id: 'resp_1' }, 'previous_response_id'],
    ['no object', 'a secret prompt', 'request'],
    ['a preference at the top', { input: 'a secret prompt', zdr: true }, 'zdr'],
    ['a misspelt preference', { input: 'a secret prompt', provider: { data_colection: 'deny' } }, 'provider.data_colection'],
  ])('refuses %s before anything is sent', async (_, request, path) => {
    const { openrouter, requests } = fake([json({})]);
    const error = await rejection(respond(openrouter, js(request)));
    expect(InvalidOptionsError.isInstance(error) && error.issues.map((issue) => issue.path)).toEqual([path]);
    expect(String(error)).not.toContain('secret');
    expect(requests).toEqual([]);
  });

  it('refuses what is no client', async () => {
    const { openrouter } = fake([json({})]);
    for (const client of [undefined, {}, { ...openrouter }, KEY]) {
      const error = await rejection(respond(js(client), REQUEST));
      expect(InvalidOptionsError.isInstance(error) && error.issues[0]?.path).toBe('client');
      expect(String(error)).not.toContain(KEY);
    }
  });

  it('holds the guardrails of the client against the request', async () => {
    const { openrouter, requests } = fake([json(response([]))], { provider: { zdr: true, data_collection: 'deny' }, allowedModels: ['a/*'] });
    const { warnings } = await respond(openrouter, { ...REQUEST, provider: { zdr: false, data_collection: 'allow', only: ['azure'] } });
    expect(requests[0]?.body).toMatchObject({ provider: { zdr: true, data_collection: 'deny', only: ['azure'] } });
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([['overruled', 'provider.zdr'], ['overruled', 'provider.data_collection']]);
    expect(PolicyConflictError.isInstance(await rejection(respond(openrouter, { ...REQUEST, models: ['c/d'] })))).toBe(true);
    expect(PolicyConflictError.isInstance(await rejection(respond(openrouter, { ...REQUEST, tools: [{ type: 'openrouter:image_generation' }] })))).toBe(true);
    expect(requests).toHaveLength(1);
  });

  it('throws what failed, with what had been generated where something had', async () => {
    const failed = { status: 'failed', error: { code: 'server_error', message: 'Provider died' }, error_type: 'provider_overloaded' } as const;
    const bare = await rejection(respond(fake([json(response([], failed))], { retry: false }).openrouter, REQUEST));
    expect(APIError.isInstance(bare) && [bare.status, bare.errorType, bare.reason, bare.isRetryable, bare.message, bare.generationId, bare.provider])
      .toEqual([503, 'provider_overloaded', 'overloaded', true, 'Provider died', 'gen-1', 'Azure']);
    const late = await rejection(respond(fake([json(response([message('Hel'), call('{"a"')], failed))], { retry: false }).openrouter, REQUEST));
    expect(StreamError.isInstance(late) && late.partial).toMatchObject({
      choices: [{ message: { content: 'Hel', tool_calls: [{ id: 'call_1', function: { name: 'f', arguments: '{"a"' } }] } }],
      output: [{ type: 'message' }, { type: 'function_call' }], usage: { prompt_tokens: 3 },
    });
    expect(StreamError.isInstance(late) && late.receipt).toMatchObject({ id: 'gen-1', cost: { total: 0.00001 } });
  });

  it('reads the errors of the route in each of their envelopes', async () => {
    const told = async (body: object, status: number): Promise<unknown[]> => {
      const error = await rejection(respond(fake([json(body, { status })], { retry: false }).openrouter, REQUEST));
      return APIError.isInstance(error) ? [error.status, error.reason, error.errorType, error.message] : [error];
    };
    expect(await told({ error: { code: 'invalid_prompt', message: 'Bad' }, metadata: null }, 400)).toEqual([400, 'invalid-request', 'invalid_prompt', 'Bad']);
    expect(await told({ error: { code: 503, message: 'Busy' }, error_type: 'provider_overloaded' }, 503)).toEqual([503, 'overloaded', 'provider_overloaded', 'Busy']);
    expect(await told({ error: { code: 429, message: 'Slow' } }, 200)).toEqual([429, 'rate-limit', undefined, 'Slow']);
    expect(await told({ status: 'failed', output: [] }, 200)).toEqual([502, 'server', undefined, 'The provider failed while generating, and gave no reason']);
    expect((await told({ choices: [] }, 200)).slice(0, 2)).toEqual([200, 'server']);
  });

  it('retries, and fails over through windows of three', async () => {
    const again = fake([failure(503, 'busy'), json(response([message('Hi')]))]);
    expect((await respond(again.openrouter, REQUEST)).text).toBe('Hi');
    expect(again.waits).toHaveLength(1);
    const chain = fake([failure(503, 'busy'), json(response([message('Hi')], { model: 'm/4' }))], { retry: false });
    const { receipt } = await respond(chain.openrouter, { model: 'm/0', models: ['m/1', 'm/2', 'm/3', 'm/4'], input: 'hi' });
    expect(chain.requests.map(({ body }) => body)).toEqual([
      { model: 'm/0', models: ['m/1', 'm/2'], input: 'hi' }, { model: 'm/3', models: ['m/4'], input: 'hi' },
    ]);
    expect(receipt).toMatchObject({ fallbackUsed: true, served: { model: 'm/4' } });
  });

  it('is not linted as a chat', async () => {
    const paths: string[] = [];
    const openrouter = createOpenRouter({
      apiKey: KEY, fetch: () => Promise.resolve(json(response([]))),
      lint: (_body, { path }) => {
        paths.push(path);
        return [];
      },
    });
    await respond(openrouter, REQUEST);
    expect(paths).toEqual(['/responses']);
  });

  it('takes every item of a history', () => {
    const input: RespondInput['input'] = [
      { role: 'user', content: 'Hi' }, message('Hello'), call('{}'), { type: 'function_call_output', call_id: 'call_1', output: 'Rain' },
      { type: 'reasoning', id: 'rs_1', summary: [] }, { type: 'openrouter:advisor', id: 'st_1', advice: 'Go' },
    ];
    expect(input).toHaveLength(6);
  });
});
