import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { APIError, InvalidOptionsError } from '../../src/index.js';
import { progressOf, runTools, tool, ToolCallError, type ToolStep } from '../../src/tools.js';
import { chunk, END, failure, fake, openBody, rejection, REQUEST, sse, text } from '../kit.js';
import { call, calling, gate, saying, sent, told } from './kit.js';

const add = tool({ description: 'Adds', parameters: z.object({ a: z.number(), b: z.number() }), execute: ({ a, b }) => a + b });

describe('runTools', () => {
  it('lets the model call a tool until it answers', async () => {
    const { openrouter, requests } = fake([calling([call('one', 'add', { a: 1, b: 2 })]), saying('It is 3')]);
    const run = await runTools(openrouter, { ...REQUEST, temperature: 0, provider: { zdr: true } }, { tools: { add } });
    expect(run).toMatchObject({ text: 'It is 3', stoppedBy: 'finished', finishReason: 'stop', pendingCalls: [] });
    expect(run.steps.map(({ toolResults }) => toolResults)).toEqual([[{ id: 'one', name: 'add', content: '3', output: 3 }], []]);
    expect(sent(requests, 1).messages).toEqual([
      ...REQUEST.messages,
      { role: 'assistant', content: null, tool_calls: [call('one', 'add', { a: 1, b: 2 })] },
      { role: 'tool', tool_call_id: 'one', name: 'add', content: '3' },
    ]);
    expect(run.messages).toEqual([...sent(requests, 1).messages, { role: 'assistant', content: 'It is 3' }]);
    expect(requests.map(({ body }) => body)).toEqual([0, 1].map(() => expect.objectContaining({
      temperature: 0,
      provider: { zdr: true },
      tools: [{ type: 'function', function: { name: 'add', description: 'Adds', parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] } } }],
    })));
    expect(REQUEST.messages).toHaveLength(1);
  });

  it('has a receipt for each step and one for all, its costs added exactly', async () => {
    const { openrouter } = fake([failure(503, 'busy'), calling([call('one', 'add', { a: 1, b: 2 })]), saying('3')]);
    const { steps, total } = await runTools(openrouter, REQUEST, { tools: { add } });
    expect(steps.map(({ receipt }) => receipt?.cost.total)).toEqual([0.1, 0.2]);
    expect(total).toEqual({ calls: 2, attempts: 3, usage: { inputTokens: 13, outputTokens: 7, totalTokens: 20 }, cost: { total: 0.3, partial: true }, verdict: 'kept' });
  });

  it('replays the message of an answer as it came', async () => {
    const reasoning_details = [{ type: 'reasoning.text', text: 'Hm', signature: 's', format: 'anthropic-claude-v1', index: 0 }, { type: 'reasoning.encrypted', data: 'x' }, { type: 'of.tomorrow', y: [1] }];
    const message = { tool_calls: [call('one', 'add', '{"a": 1,"b":2}')], reasoning: 'Hm', reasoning_details };
    const { openrouter, requests } = fake([saying(null, { message }), saying('3')]);
    await runTools(openrouter, REQUEST, { tools: { add } });
    expect(sent(requests, 1).messages[1]).toEqual({ role: 'assistant', content: null, ...message });
  });

  it('gives calls an id of their own where the server sent none, or the same twice', async () => {
    const { openrouter, requests } = fake([calling([call('', 'add', { a: 1, b: 1 }), call(null, 'add', { a: 2, b: 2 }), call('x', 'add', { a: 3, b: 3 }), call('x', 'add', { a: 4, b: 4 })]), saying('ok')]);
    await runTools(openrouter, REQUEST, { tools: { add } });
    const calls = sent(requests, 1).messages[1]?.tool_calls as { id: string }[];
    expect(told(requests, 1)).toEqual(calls.map(({ id }, i) => [id, String(2 * (i + 1))]));
    expect(new Set(calls.map(({ id }) => id)).size).toBe(4);
  });

  it('passes over what is no call, and keeps it out of the conversation', async () => {
    const { openrouter, requests } = fake([calling([null, call('1', 'add', { a: 1, b: 1 }), 'x']), saying('ok')]);
    await runTools(openrouter, REQUEST, { tools: { add } });
    expect(sent(requests, 1).messages[1]?.tool_calls).toHaveLength(1);
    expect(told(requests, 1)).toEqual([['1', '2']]);
  });

  it('takes schemas of zod and valibot, JSON Schemas, and tools without input', async () => {
    const city = v.pipe(v.object({ city: v.string() }), v.transform(({ city: name }) => name.toUpperCase()));
    const jsonSchema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const calls = ['wrapped', 'beside', 'json', 'none'].map((name) => call(name, name, { city: 'oslo' }));
    const { openrouter, requests } = fake([calling(calls), saying('ok')]);
    await runTools(openrouter, REQUEST, {
      tools: {
        wrapped: { parameters: toStandardJsonSchema(v.object({ city: v.string() })), execute: (input) => input.city },
        beside: { parameters: city, jsonSchema, execute: (name) => name },
        json: { parameters: jsonSchema, execute: (input) => input },
        none: { execute: () => undefined },
      },
    });
    expect(told(requests, 1)).toEqual([['wrapped', 'oslo'], ['beside', 'OSLO'], ['json', '{"city":"oslo"}'], ['none', 'null']]);
    expect(sent(requests, 0).tools?.map((one) => one.function?.parameters)).toEqual([jsonSchema, jsonSchema, jsonSchema, { type: 'object', properties: {} }]);
  });

  it('closes the objects of a strict tool whose schema a library made', async () => {
    const { openrouter, requests } = fake([saying('ok')]);
    const json = { type: 'object', properties: { a: { type: 'string' } } };
    await runTools(openrouter, REQUEST, { tools: { made: { parameters: z.object({ deep: z.object({}) }), strict: true }, own: { parameters: json, strict: true } } });
    expect(sent(requests, 0).tools?.map((one) => one.function)).toMatchObject([
      { strict: true, parameters: { additionalProperties: false, properties: { deep: { additionalProperties: false } } } },
      { strict: true, parameters: json },
    ]);
  });

  it('tells the model what went wrong: bad input, bad JSON, an unknown tool, what a tool threw, what is no JSON', async () => {
    const calls = [call('1', 'add', { a: 'x', b: 2 }), call('2', 'add', '{"a":'), call('3', 'sub', {}), call('4', 'fail', {}), call('5', 'loop', {}), call('6', 'add', 'null'), call('7', 'own', '[1]')];
    const { openrouter, requests } = fake([calling(calls), saying('ok')]);
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const run = await runTools(openrouter, REQUEST, {
      tools: { add, fail: { execute: () => Promise.reject(new RangeError('out of range')) }, loop: { execute: () => circular }, own: { parameters: { type: 'object' }, execute: () => 'never' } },
    });
    expect(told(requests, 1)).toEqual([
      ['1', 'Error: the arguments do not fit: a: Invalid input: expected number, received string'],
      ['2', 'Error: the arguments are not JSON'],
      ['3', 'Error: there is no tool of that name; there are add, fail, loop, own'],
      ['4', 'Error: out of range'],
      ['5', expect.stringMatching(/^Error: .*circular/)],
      ['6', expect.stringMatching(/^Error: the arguments do not fit: a: /)],
      ['7', 'Error: the arguments do not fit: expected an object'],
    ]);
    const errors = run.steps[0]?.toolResults.map(({ error }) => error) ?? [];
    expect(errors.map((error) => error?.reason)).toEqual(['invalid-arguments', 'invalid-arguments', 'unknown-tool', 'failed', 'failed', 'invalid-arguments', 'invalid-arguments']);
    expect(errors[3]?.cause).toBeInstanceOf(RangeError);
    expect(errors[0]?.issues).toMatchObject([{ path: ['a'] }]);
    expect(JSON.stringify(errors)).not.toContain('received string');
  });

  it('runs calls side by side, with results in the order of the calls', async () => {
    const [first, second] = [gate(), gate()];
    const { openrouter, requests } = fake([calling([call('1', 'wait', {}), call('2', 'open', {})]), saying('ok')]);
    await runTools(openrouter, REQUEST, {
      tools: {
        wait: { execute: () => first.passed.then(() => 'first') },
        open: { execute: () => (first.open(), second.open(), 'second') },
      },
    });
    expect(told(requests, 1)).toEqual([['1', 'first'], ['2', 'second']]);
  });

  it('runs no more calls at a time than it may', async () => {
    let running = 0;
    let most = 0;
    const execute = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
    };
    const calls = Array.from({ length: 7 }, (_, i) => call(String(i), 'work', {}));
    const { openrouter, requests } = fake([calling(calls), saying('ok')]);
    await runTools(openrouter, REQUEST, { tools: { work: { execute } }, concurrency: 3 });
    expect(most).toBe(3);
    expect(told(requests, 1)).toHaveLength(7);
  });

  it.each(['length', 'content_filter'])('runs nothing of an answer that was cut off: %s', async (finish) => {
    let ran = 0;
    const { openrouter, requests } = fake([calling([call('1', 'work', {}), call('2', 'work', '')], finish)]);
    const run = await runTools(openrouter, REQUEST, { tools: { work: { execute: () => (ran += 1) } } });
    expect(run).toMatchObject({ stoppedBy: 'cut', finishReason: finish, pendingCalls: [] });
    expect(run.messages.at(-1)).toEqual(run.message);
    expect([ran, requests.length]).toEqual([0, 1]);
  });

  it('goes on where a model that called tools says that it stopped', async () => {
    const { openrouter } = fake([calling([call('1', 'add', { a: 1, b: 1 })], 'stop'), saying('2')]);
    expect((await runTools(openrouter, REQUEST, { tools: { add } })).text).toBe('2');
  });

  it('stops at the bound, with a conversation that can go on', async () => {
    const { openrouter, requests } = fake([calling([call('1', 'add', { a: 1, b: 1 })])]);
    const run = await runTools(openrouter, REQUEST, { tools: { add }, maxSteps: 3 });
    expect(run).toMatchObject({ stoppedBy: 'max-steps', finishReason: 'tool_calls', text: '' });
    expect(requests).toHaveLength(3);
    expect(run.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'tool', 'assistant', 'tool']);
    expect(run.total.calls).toBe(3);
    await runTools(openrouter, REQUEST, { tools: { add } });
    expect(requests).toHaveLength(3 + 8);
  });

  it('hands out calls of tools without execute, and of functions of the request', async () => {
    const own = { type: 'function' as const, function: { name: 'own', parameters: { type: 'object' } } };
    const search = { type: 'openrouter:web_search' };
    const { openrouter, requests } = fake([calling([call('1', 'confirm', { sure: true }), call('2', 'add', { a: 1, b: 1 }), call('3', 'own', {}), call('4', 'own', '{"')])]);
    const run = await runTools(openrouter, { ...REQUEST, tools: [search, own] }, { tools: { add, confirm: { parameters: z.object({ sure: z.boolean() }) } } });
    expect(run.stoppedBy).toBe('pending-calls');
    expect(run.pendingCalls).toEqual([{ id: '1', name: 'confirm', arguments: '{"sure":true}', input: { sure: true } }, { id: '3', name: 'own', arguments: '{}', input: {} }]);
    expect(run.messages.slice(2)).toEqual([
      { role: 'tool', tool_call_id: '2', name: 'add', content: '2' },
      { role: 'tool', tool_call_id: '4', name: 'own', content: 'Error: the arguments are not JSON' },
    ]);
    expect(sent(requests, 0).tools?.map((one) => one.function?.name ?? one.type)).toEqual(['openrouter:web_search', 'own', 'add', 'confirm']);
    expect(requests).toHaveLength(1);
  });

  it('tells of each step, and waits for whom it tells', async () => {
    const heard: string[] = [];
    const { openrouter, requests } = fake([calling([call('1', 'add', { a: 1, b: 1 })]), saying('2')]);
    const onStep = async ({ text: said, toolResults }: ToolStep): Promise<void> => {
      const so = requests.length;
      await Promise.resolve();
      heard.push(`${so} ${said} ${toolResults.length}`);
    };
    await runTools(openrouter, REQUEST, { tools: { add }, onStep });
    expect(heard).toEqual(['1  1', '2 2 0']);
  });

  it('changes the request of a step, but not what holds for all', async () => {
    const { openrouter, requests } = fake([calling([call('1', 'add', { a: 1, b: 1 })]), saying('2')]);
    const run = await runTools(openrouter, REQUEST, {
      tools: { add },
      prepareStep: ({ step, messages, steps }) => (step === 1 ? { tool_choice: 'required' } : { model: 'c/d', messages: messages.slice(-2), seed: steps.length }),
    });
    expect(requests.map(({ body }) => body)).toMatchObject([{ model: 'a/b', tool_choice: 'required' }, { model: 'c/d', seed: 1 }]);
    expect(sent(requests, 1).messages).toHaveLength(2);
    expect(run.messages).toHaveLength(4);
    const error = await rejection(runTools(openrouter, REQUEST, { tools: { add }, prepareStep: () => ({ provider: {} }) }));
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error).toMatchObject({ issues: [{ path: 'prepareStep.provider' }] });
    // what a caller without types may give
    const none: unknown[] = ['auto', [], 5];
    for (const changes of none) expect(await rejection(runTools(openrouter, REQUEST, { tools: { add }, prepareStep: () => changes as never }))).toMatchObject({ issues: [{ path: 'prepareStep' }] });
    expect(requests).toHaveLength(2);
  });

  it('streams each answer', async () => {
    const calls = [{ index: 0, id: '1', type: 'function', function: { name: 'add', arguments: '{"a":1,' } }];
    const first = (): Response => sse(text('Let '), text('me see'), chunk({ tool_calls: calls }), chunk({ tool_calls: [{ index: 0, function: { arguments: '"b":2}' } }] }), END);
    const { openrouter, requests } = fake([first, () => sse(text('It is'), text(' 3'), END)]);
    const said: string[] = [];
    let chunks = 0;
    const run = await runTools(openrouter, REQUEST, { tools: { add }, onText: async (piece) => void (await Promise.resolve(), said.push(piece)), onChunk: () => void (chunks += 1) });
    expect(said).toEqual(['Let ', 'me see', 'It is', ' 3']);
    expect(chunks).toBe(8);
    expect(run).toMatchObject({ text: 'It is 3', stoppedBy: 'finished', steps: [{ text: 'Let me see', toolResults: [{ content: '3' }] }, {}] });
    expect(requests.map(({ body }) => body)).toMatchObject([{ stream: true }, { stream: true }]);
  });
});

describe('what runTools throws', () => {
  it('tells the steps before it, and stays what it is', async () => {
    const { openrouter } = fake([calling([call('1', 'add', { a: 1, b: 1 })]), failure(400, 'no')]);
    const error = await rejection(runTools(openrouter, REQUEST, { tools: { add } }));
    expect(error).toBeInstanceOf(APIError);
    const done = progressOf(error);
    expect(done).toMatchObject({ steps: [{ toolResults: [{ content: '2' }] }], total: { calls: 1, cost: { total: 0.1 } } });
    expect(done?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
    expect(Object.keys(error as object)).not.toContain('steps');
  });

  it('tells of no steps where there were none', async () => {
    const { openrouter } = fake([failure(400, 'no')]);
    expect(progressOf(await rejection(runTools(openrouter, REQUEST, { tools: { add } })))).toBeUndefined();
    expect([progressOf('x'), progressOf(undefined), progressOf(new Error('another'))]).toEqual([undefined, undefined, undefined]);
  });

  it('is the error of a tool, where it is asked for, with what the others came to', async () => {
    const late = gate();
    const { openrouter, requests } = fake([calling([call('1', 'late', {}), call('2', 'fail', {}), call('3', 'add', { a: 1, b: 1 })])]);
    const boom = new Error('boom');
    const tools = { add, late: { execute: () => late.passed.then(() => 'done') }, fail: { execute: () => { late.open(); throw boom; } } };
    const error = await rejection(runTools(openrouter, REQUEST, { tools, onToolError: 'throw', concurrency: 2 }));
    expect(error).toBeInstanceOf(ToolCallError);
    expect(error).toMatchObject({ code: 'tool_call', reason: 'failed', toolName: 'fail', toolCallId: '2', cause: boom });
    expect((error as Error).message).not.toContain('boom');
    expect(progressOf(error)?.steps[0]?.toolResults.map(({ id }) => id)).toEqual(['1', '2']);
    expect(requests).toHaveLength(1);
  });

  it('may be chosen error by error', async () => {
    const { openrouter, requests } = fake([calling([call('1', 'nope', {})]), calling([call('2', 'fail', {})])]);
    const onToolError = (error: ToolCallError): 'feed' | 'throw' => (error.reason === 'failed' ? 'throw' : 'feed');
    const error = await rejection(runTools(openrouter, REQUEST, { tools: { fail: { execute: () => { throw new Error('x'); } } }, onToolError }));
    expect(ToolCallError.isInstance(error)).toBe(true);
    expect(requests).toHaveLength(2);
  });

  it('is none of a tool that is an instance of a class', async () => {
    class Tide {
      readonly metres = 4;
      execute(): string {
        return `${this.metres} m`;
      }
    }
    const { openrouter } = fake([calling([call('1', 'tide', {})]), saying('done')]);
    expect((await runTools(openrouter, REQUEST, { tools: { tide: new Tide() } })).steps[0]?.toolResults).toMatchObject([{ content: '4 m' }]);
  });

  it('may be chosen later, and what the choice rejects with ends the run', async () => {
    const failing = { fail: { execute: () => { throw new Error('x'); } } };
    const run = (onToolError: () => Promise<'feed' | 'throw'>): Promise<unknown> => runTools(fake([calling([call('1', 'fail', {})]), saying('done')]).openrouter, REQUEST, { tools: failing, onToolError });
    expect(await run(() => Promise.resolve('feed'))).toMatchObject({ text: 'done' });
    expect(ToolCallError.isInstance(await rejection(run(() => Promise.resolve('throw'))))).toBe(true);
    expect(await rejection(run(() => Promise.reject(new Error('undecided'))))).toMatchObject({ message: 'undecided' });
  });

  it('is the reason of the signal, at once, though a tool does not listen', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let given: AbortSignal | undefined;
    const { openrouter } = fake([calling([call('0', 'add', { a: 1, b: 1 }), call('1', 'deaf', {})])]);
    const deaf = tool({ execute: async (_, { signal, toolCallId, messages }) => {
      given = signal;
      expect([toolCallId, messages.length]).toEqual(['1', 2]);
      await Promise.resolve();
      controller.abort(reason);
      await new Promise(() => {});
    } });
    const error = await rejection(runTools(openrouter, REQUEST, { tools: { add, deaf }, signal: controller.signal }));
    expect(error).toBe(reason);
    expect(given?.aborted).toBe(true);
    expect(progressOf(error)?.steps[0]?.toolResults).toEqual([{ id: '0', name: 'add', content: '2', output: 2 }]);
  });

  it('tells of neither run, where one reason ended two', async () => {
    const controller = new AbortController();
    const { openrouter } = fake([calling([call('1', 'deaf', {})])]);
    const deaf = tool({ execute: () => new Promise(() => {}) });
    let running = 0;
    const one = (): Promise<unknown> => rejection(runTools(openrouter, REQUEST, { tools: { deaf: { execute: (input, context) => ((running += 1) === 2 && controller.abort(), deaf.execute?.(input, context)) } }, signal: controller.signal }));
    const [first, second] = await Promise.all([one(), one()]);
    expect(first).toBe(second);
    expect(progressOf(first)).toBeUndefined();
  });

  it('names every option that is wrong, and sends nothing', async () => {
    const { openrouter, requests } = fake([saying('no')]);
    const wrong = async (given: object, request: object = REQUEST): Promise<unknown> => {
      // what a caller without types may give
      const error = await rejection(runTools(openrouter, request as typeof REQUEST, { tools: { add }, ...given }));
      return InvalidOptionsError.isInstance(error) ? error.issues.map(({ path }) => path) : error;
    };
    expect(await wrong({ maxSteps: 0, concurrency: 1.5, onToolError: 'ignore', onStep: 1, onText: 'x' })).toEqual(['maxSteps', 'concurrency', 'onToolError', 'onStep', 'onText']);
    expect(await wrong({ tools: { 'no name': {}, add: 1, run: { execute: 'x' }, bad: { parameters: 'x' }, vali: { parameters: v.object({}) }, date: { parameters: z.object({ d: z.date() }) }, both: { parameters: {}, jsonSchema: {} }, list: { parameters: z.object({}), jsonSchema: [] } } }))
      .toEqual(['tools.no name', 'tools.add', 'tools.run.execute', 'tools.bad.parameters', 'tools.vali.parameters', 'tools.date.parameters', 'tools.both.parameters', 'tools.list.jsonSchema']);
    expect(await wrong({ tools: { wire: { type: 'openrouter:web_search' }, schema: z.object({}) } })).toEqual(['tools.wire', 'tools.schema']);
    expect(await wrong({ tools: [] })).toEqual(['tools']);
    for (const options of [undefined, null, 'x']) expect(await rejection(runTools(openrouter, REQUEST, options as never))).toMatchObject({ issues: [{ path: 'options' }] });
    expect(await wrong({ tools: undefined })).toEqual(['tools']);
    expect(await wrong({}, { ...REQUEST, tools: [{ type: 'function', function: { name: 'add' } }] })).toEqual(['tools.add']);
    expect(await wrong({}, { ...REQUEST, tools: 'x' })).toEqual(['request.tools']);
    expect(await wrong({}, { model: 'a/b' })).toEqual(['request.messages']);
    expect(requests).toHaveLength(0);
  });

  it('is what a listener throws, and the stream is closed', async () => {
    const body = openBody();
    const { openrouter } = fake([() => (body.push(text('a')), body.response)]);
    const error = await rejection(runTools(openrouter, REQUEST, { tools: { add }, onText: () => Promise.reject(new Error('heard enough')) }));
    expect(error).toMatchObject({ message: 'heard enough' });
    expect(body.cancelled()).toBe(true);
  });
});
