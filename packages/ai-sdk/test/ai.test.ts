import { convertToModelMessages, generateText, isStepCount, jsonSchema, Output, readUIMessageStream, streamText, tool, type UIMessage } from 'ai';
import { describe, expect, it, vi } from 'vitest';
import { createOpenRouter } from '../src/index.js';
import { answer, chunk, json, last, serve, sse, USAGE } from './support/fake-server.js';

const details = [{ type: 'reasoning.text', text: 'Look it up.', signature: 'c2ln', format: 'anthropic-claude-v1', index: 0 }];
const sealed = { type: 'reasoning.encrypted', data: 'c2VhbA==', format: 'google-gemini-v1', index: 1 };
const toolCall = { index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } };

const weather = tool({
  inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
  execute: ({ city }) => ({ city, degrees: 21 }),
});

const steps = { tools: { weather }, stopWhen: isStepCount(3), prompt: 'Weather in Rome?' };

/** What the second request of a tool loop has to say about the first answer. */
const secondTurn = [
  { role: 'user', content: 'Weather in Rome?' },
  {
    role: 'assistant', content: null, reasoning: 'Look it up.', reasoning_details: [...details, sealed],
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', name: 'weather', content: '{"city":"Rome","degrees":21}' },
];

describe('generateText', () => {
  it('runs a loop of two steps and replays the thinking', async () => {
    const first = answer({ reasoning: 'Look it up.', reasoning_details: [...details, sealed], tool_calls: [toolCall] }, { finish_reason: 'tool_calls' });
    const { openrouter, sent } = serve([first, answer({ content: 'It is 21 degrees.' })]);
    const result = await generateText({ model: openrouter('acme/atlas'), ...steps });
    expect(result.text).toBe('It is 21 degrees.');
    expect(result.steps).toHaveLength(2);
    expect(sent[1]?.body['messages']).toEqual(secondTurn);
    expect(result.steps[1]?.providerMetadata?.['openrouter']).toMatchObject({ provider: 'Azure', usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15, cost: 0.0001 }, receipt: { id: 'gen-1', cost: { total: 0.0001 } } });
    expect(result.totalUsage).toMatchObject({ inputTokens: 20, outputTokens: 10 });
  });

  it('parses an object, asked for by its schema', async () => {
    const { openrouter, sent } = serve(answer({ content: '{"name":"Ada"}' }));
    const schema = jsonSchema<{ name: string }>({ type: 'object', properties: { name: { type: 'string' } } });
    const { output } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Who?', output: Output.object({ schema }) });
    expect(output).toEqual({ name: 'Ada' });
    expect(sent[0]?.body['response_format']).toMatchObject({ type: 'json_schema', json_schema: { schema: { type: 'object' } } });
  });

  it('is repeated for what may succeed, after the delay that the server asked for', async () => {
    const busy = json({ error: { code: 429, message: 'Slow down', metadata: { retry_after_seconds: 0.001 } } });
    const { openrouter, sent } = serve([busy, busy, answer({ content: 'Hi' })]);
    expect((await generateText({ model: openrouter('acme/atlas'), prompt: 'Hi', maxRetries: 2 })).text).toBe('Hi');
    expect(sent).toHaveLength(3);
  });

  it.each([
    ['a wrong request', json({ error: { code: 400, message: 'No' } }, 400), {}],
    ['a policy that was not kept', answer({ content: 'Hi' }), { provider: { only: ['openai'] }, verify: 'throw' as const }],
  ])('is not repeated for %s', async (_, reply, settings) => {
    const { openrouter, sent } = serve(reply, settings);
    await expect(generateText({ model: openrouter('acme/atlas'), prompt: 'Hi' })).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});

describe('streamText', () => {
  it('runs a loop of two steps and replays the thinking, the part after the call included', async () => {
    const first = sse([chunk({ reasoning: 'Look it up.', reasoning_details: details }), chunk({ tool_calls: [toolCall] }), chunk({ reasoning_details: [sealed] }), last('tool_calls')]);
    const { openrouter, sent } = serve([first, sse([chunk({ content: 'It is ' }), chunk({ content: '21 degrees.' }), last('stop')])]);
    const result = streamText({ model: openrouter('acme/atlas'), ...steps });
    expect(await result.text).toBe('It is 21 degrees.');
    expect(sent[1]?.body['messages']).toEqual(secondTurn);
    expect(await result.totalUsage).toMatchObject({ inputTokens: 20, outputTokens: 10 });
    expect(await result.finalStep).toMatchObject({ providerMetadata: { openrouter: { receipt: { served: { provider: 'Azure' } } } } });
  });

  it('replays the thinking once after a page has had it, which shows a call where its input began', async () => {
    const first = sse([chunk({ reasoning_details: [sealed] }), chunk({ tool_calls: [toolCall] }), chunk({ reasoning: 'Look it up.', reasoning_details: details }), last('tool_calls')]);
    const { openrouter, sent } = serve([first, sse([chunk({ content: '21.' }), last('stop')])]);
    let page: UIMessage | undefined;
    const stream = streamText({ model: openrouter('acme/atlas'), ...steps }).toUIMessageStream();
    for await (const state of readUIMessageStream({ stream })) page = state;
    const messages = await convertToModelMessages(page ? [page] : [], { tools: { weather } });
    await streamText({ model: openrouter('acme/atlas'), messages: [...messages, { role: 'user', content: 'And in Oslo?' }], tools: { weather } }).consumeStream();
    expect(sent[2]?.body['messages']).toMatchObject([{ reasoning_details: [sealed, ...details] }, { role: 'tool' }, { content: '21.' }, { role: 'user' }]);
  });

  it('never runs a tool of a stream that was cut', async () => {
    const execute = vi.fn<() => string>(() => 'paid');
    const cut = sse([chunk({ tool_calls: [{ ...toolCall, function: { name: 'pay', arguments: '{"amount":1}' } }] })], { done: false });
    const pay = tool({ inputSchema: jsonSchema<object>({ type: 'object' }), execute });
    const errors: unknown[] = [];
    const result = streamText({ model: serve(cut).openrouter('acme/atlas'), prompt: 'Pay', tools: { pay }, onError: ({ error }) => void errors.push(error) });
    await result.consumeStream();
    expect(execute).not.toHaveBeenCalled();
    expect(errors).toMatchObject([{ name: 'AI_APICallError' }]);
    expect(await result.finishReason).toBe('error');
  });

  it('repairs arguments that are no JSON', async () => {
    const bad = sse([chunk({ tool_calls: [{ ...toolCall, function: { name: 'weather', arguments: '{city: Rome}' } }] }), last('tool_calls')]);
    const seen: string[] = [];
    const result = streamText({
      model: serve(bad).openrouter('acme/atlas'), prompt: 'Weather?', tools: { weather }, onError: () => {},
      repairToolCall: ({ toolCall: call }) => {
        seen.push(call.input);
        return Promise.resolve({ ...call, input: '{"city":"Rome"}' });
      },
    });
    expect(await result.toolResults).toMatchObject([{ output: { city: 'Rome', degrees: 21 } }]);
    expect(seen).toEqual(['{city: Rome}']);
  });

  it('is repeated where the first event is an error, and after one in the midst where streamRetries says so', async () => {
    const first = serve([sse([{ error: { code: 502, message: 'Broke', metadata: { retry_after_seconds: 0.001 } } }]), sse([chunk({ content: 'Hi' }), last('stop')])]);
    expect(await streamText({ model: first.openrouter('acme/atlas'), prompt: 'Hi', onError: () => {} }).text).toBe('Hi');
    const broken = sse([chunk({ content: 'H' }), { error: { code: 502, message: 'Broke' } }]);
    const midst = serve([broken, sse([chunk({ content: 'Hi' }), last('stop')])]);
    await streamText({ model: midst.openrouter('acme/atlas'), prompt: 'Hi', streamRetries: 1, onError: () => {} }).consumeStream();
    expect([first.sent.length, midst.sent.length]).toEqual([2, 2]);
  });

  it('never repeats a policy that was not kept, not even where only the end of the stream tells', async () => {
    const usage = { ...USAGE, cost_details: { upstream_inference_completions_cost: 1 } };
    const dear = serve(sse([chunk({ content: 'Hi' }), chunk({}, { finish: 'stop', usage })]), { provider: { max_price: { completion: 1 } }, verify: 'throw' });
    const errors: unknown[] = [];
    const result = streamText({ model: dear.openrouter('acme/atlas'), prompt: 'Hi', streamRetries: 2, onError: ({ error }) => void errors.push(error) });
    await result.consumeStream({ onError: (error) => void errors.push(error) });
    expect(dear.sent).toHaveLength(1);
    expect(errors).toMatchObject([{ name: 'PolicyViolationError' }]);
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (body) => body.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk({ content: 'x' }))}\n\n`)),
      cancel: () => {
        cancelled = true;
      },
    });
    const fetch = () => Promise.resolve(new Response(endless, { headers: { 'content-type': 'text/event-stream' } }));
    const result = streamText({ model: createOpenRouter({ apiKey: 'sk-or-v1-test', fetch })('acme/atlas'), prompt: 'Hi', abortSignal: controller.signal });
    const types: string[] = [];
    for await (const part of result.stream) {
      types.push(part.type);
      if (part.type === 'text-delta') controller.abort();
    }
    expect(types.at(-1)).toBe('abort');
    expect(cancelled).toBe(true);
  });
});
