import { type AttemptContext, fail, ok, type Reply, reply } from '@waypost/testing';
import { generateText, isStepCount, streamText, ToolLoopAgent } from 'ai';
import { describe, expect, it } from 'vitest';
import { collect, connect, receiptOf } from './connection.js';
import { lookingThingsUp, tools } from './tools.js';

const policy = { zdr: true, dataCollection: 'deny' as const };
const onTheWire = { zdr: true, data_collection: 'deny' };
const steps = { tools, stopWhen: isStepCount(5), prompt: 'How deep is Otter at six?' };

/** What the last request of the loop has of the conversation. */
const wholeLoop = [
  { role: 'user', content: 'How deep is Otter at six?' },
  {
    role: 'assistant', content: null, reasoning: 'Thought 0.',
    reasoning_details: [{ type: 'reasoning.text', text: 'Thought 0.', signature: 'sig-0', format: 'anthropic-claude-v1', index: 0 }],
    tool_calls: [
      { id: 'call_a', type: 'function', function: { name: 'depth', arguments: '{"harbour":"Crow"}' } },
      { id: 'call_b', type: 'function', function: { name: 'depth', arguments: '{"harbour":"Otter"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_a', name: 'depth', content: '{"harbour":"Crow","metres":4}' },
  { role: 'tool', tool_call_id: 'call_b', name: 'depth', content: '{"harbour":"Otter","metres":5}' },
  {
    role: 'assistant', content: null, reasoning: 'Thought 2.',
    reasoning_details: [{ type: 'reasoning.text', text: 'Thought 2.', signature: 'sig-2', format: 'anthropic-claude-v1', index: 0 }],
    tool_calls: [{ id: 'call_c', type: 'function', function: { name: 'tide', arguments: '{"harbour":"Otter","hour":6}' } }],
  },
  { role: 'tool', tool_call_id: 'call_c', name: 'tide', content: '{"harbour":"Otter","metres":1.5}' },
];

describe('a loop of three steps, two tools at once in the first', () => {
  it('runs through generateText, its thinking replayed as it came', async () => {
    const { openrouter, gateway, body } = connect({ reply: lookingThingsUp }, { provider: policy });
    const result = await generateText({ model: openrouter('borealis/aurora'), ...steps });
    expect(result.text).toBe('Otter has 6.5 metres at six.');
    expect(result.steps.map((step) => [step.finishReason, step.toolCalls.length, step.reasoningText])).toEqual([['tool-calls', 2, 'Thought 0.'], ['tool-calls', 1, 'Thought 2.'], ['stop', 0, undefined]]);
    expect(body(-1)['messages']).toEqual(wholeLoop);
    expect(gateway.requests.map(({ body: sent }) => (sent as { provider: unknown }).provider)).toEqual([onTheWire, onTheWire, onTheWire]);
    const cost = result.steps.reduce((sum, step) => sum + (receiptOf(step.providerMetadata).cost?.total ?? 0), 0);
    expect(cost).toBeCloseTo(gateway.requests.reduce((sum, request) => sum + Number(request.cost), 0), 12);
    expect(cost).toBeGreaterThan(0);
  });

  it('runs through streamText', async () => {
    const { openrouter, body } = connect({ reply: lookingThingsUp }, { provider: policy });
    const result = streamText({ model: openrouter('borealis/aurora'), ...steps });
    const parts = await collect(result.fullStream);
    expect(await result.text).toBe('Otter has 6.5 metres at six.');
    expect(parts.filter(({ type }) => type === 'tool-call')).toHaveLength(3);
    expect(parts.filter(({ type }) => type === 'error')).toEqual([]);
    expect(body(-1)['messages']).toEqual(wholeLoop);
    for (const step of await result.steps) expect(receiptOf(step.providerMetadata).verdict.overall).not.toBe('violated');
  });

  it('runs through an agent', async () => {
    const { openrouter, body } = connect({ reply: lookingThingsUp });
    const agent = new ToolLoopAgent({ model: openrouter('borealis/aurora'), tools, stopWhen: isStepCount(5), instructions: 'Never guess.' });
    expect((await agent.generate({ prompt: steps.prompt })).text).toBe('Otter has 6.5 metres at six.');
    expect(body(-1)['messages']).toEqual([{ role: 'system', content: 'Never guess.' }, ...wholeLoop]);
    expect(await (await agent.stream({ prompt: steps.prompt })).text).toBe('Otter has 6.5 metres at six.');
  });

  it('goes on where a model that called tools says that it stopped', async () => {
    const answer = ({ request }: AttemptContext): Reply =>
      request.messages.some(({ role }) => role === 'tool') ? reply.text('Four metres.') : reply.toolCall('depth', { harbour: 'Crow' }, { finishReason: 'stop' });
    const { openrouter } = connect({ reply: answer });
    const model = openrouter('acme/atlas');
    expect(await generateText({ model, ...steps })).toMatchObject({ text: 'Four metres.', steps: { length: 2 } });
    const streamed = streamText({ model, ...steps });
    expect(await streamed.text).toBe('Four metres.');
    expect(await new ToolLoopAgent({ model, tools }).generate({ prompt: steps.prompt })).toMatchObject({ text: 'Four metres.', steps: { length: 2 } });
  });

  it('goes on where a provider fails in the midst of it', async () => {
    const { openrouter, gateway } = connect({ reply: lookingThingsUp, endpoints: { anthropic: [ok(), fail(503), ok()] } });
    const result = await generateText({ model: openrouter('borealis/aurora', { provider: { order: ['anthropic', 'amazon-bedrock', 'google-vertex'] } }), ...steps });
    expect(result.steps.map((step) => receiptOf(step.providerMetadata).fallbackUsed)).toEqual([false, true, false]);
    expect(gateway.requests[1]?.attempts.map(({ status }) => status)).toEqual([503, 200]);
  });
});

describe('what the AI SDK repeats', () => {
  const instant = { maxRetries: 2 };

  it('a call that failed, and then goes through', async () => {
    const { openrouter, gateway } = connect({ gateway: [fail(503, { retryAfter: 0 }), fail(429, { retryAfter: 0 }), ok(reply.text('Hi'))] });
    expect((await generateText({ model: openrouter('acme/atlas'), prompt: 'Hello', ...instant })).steps).toHaveLength(1);
    expect(gateway.requests).toHaveLength(3);
  });

  it('a stream that failed before its first event', async () => {
    const { openrouter, gateway } = connect({ gateway: [fail(503, { retryAfter: 0 }), ok()] });
    const { text } = streamText({ model: openrouter('acme/atlas'), prompt: 'Hello', ...instant });
    expect(await text).not.toBe('');
    expect(gateway.requests).toHaveLength(2);
  });

  it('not what the caller must change', async () => {
    const { openrouter, gateway } = connect();
    await expect(generateText({ model: openrouter('acme/unknown'), prompt: 'Hello', ...instant })).rejects.toMatchObject({ statusCode: 400 });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe('an abort', () => {
  it('ends a call at once, with its reason', async () => {
    const { openrouter, gateway } = connect({ models: { 'acme/atlas': { kind: 'hang' } } });
    const controller = new AbortController();
    const pending = generateText({ model: openrouter('acme/atlas'), prompt: 'Hello', abortSignal: controller.signal, maxRetries: 0 });
    await expect.poll(() => gateway.requests.length).toBe(1);
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    expect(gateway.requests[0]?.cancelled).toBe(true);
  });

  it('ends a stream with an abort part, and the request with it', async () => {
    const { openrouter, gateway } = connect({ wire: { stallAfter: 3 }, reply: reply.text('one two three four five six') });
    const controller = new AbortController();
    const result = streamText({ model: openrouter('acme/atlas'), prompt: 'Hello', abortSignal: controller.signal });
    const types: string[] = [];
    for await (const { type } of result.fullStream) {
      types.push(type);
      if (type === 'text-delta') controller.abort();
    }
    expect(types.at(-1)).toBe('abort');
    expect(types).not.toContain('error');
    await expect.poll(() => gateway.requests[0]?.cancelled).toBe(true);
  });
});

describe('telemetry', () => {
  it('sees the provider, the model, usage and no key', async () => {
    const events: { [name: string]: unknown[] } = {};
    const note = (name: string) => (event: unknown) => void (events[name] ??= []).push(event);
    const integrations = { onStart: note('start'), onLanguageModelCallStart: note('call-start'), onLanguageModelCallEnd: note('call-end'), onStepFinish: note('step') };
    const { openrouter } = connect();
    await generateText({ model: openrouter('acme/atlas'), prompt: 'Hello', telemetry: { isEnabled: true, integrations } });
    expect(events['call-start']?.[0]).toMatchObject({ provider: 'openrouter', modelId: 'acme/atlas' });
    expect(events['call-end']?.[0]).toMatchObject({ usage: { inputTokens: expect.any(Number) } });
    expect(JSON.stringify(events, (_, value: unknown) => (value instanceof Map ? [...value] : value))).not.toContain('sk-or-v1-local');
  });
});
