import { APIError, NoRouteError, StreamError } from '@waypost/fetch';
import { progressOf, runTools, tool } from '@waypost/fetch/tools';
import { type AttemptContext, fail, ok, type Reply, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect, rejection } from './connection.js';

const HARBOURS: Readonly<Record<string, number>> = { Crow: 4, Otter: 5 };
const depth = tool({
  description: 'Depth of a harbour in metres',
  parameters: z.object({ harbour: z.enum(['Crow', 'Otter']) }),
  execute: ({ harbour }) => ({ harbour, metres: HARBOURS[harbour] }),
});
const tide = tool({ parameters: z.object({ harbour: z.string(), hour: z.number().int() }), execute: ({ hour }) => `${hour / 4} m` });

const thought = (turn: number): object => ({ type: 'reasoning.text', text: `Thought ${turn}.`, signature: `sig-${turn}`, format: 'anthropic-claude-v1', index: 0 });

/** Looks up two depths at once, then a tide, then answers; thinks each time. */
function pilot({ request }: AttemptContext): Reply {
  const turn = request.messages.filter(({ role }) => role === 'assistant').length;
  const calls = [
    [{ id: 'call_a', name: 'depth', args: { harbour: 'Crow' } }, { id: 'call_b', name: 'depth', args: { harbour: 'Otter' } }],
    [{ id: 'call_c', name: 'tide', args: { harbour: 'Otter', hour: 6 } }],
  ][turn];
  const said = calls === undefined ? reply.text('6.5 metres.') : reply.toolCalls(calls);
  return { ...said, message: { ...said.message, reasoning_details: [thought(turn)] as NonNullable<Reply['message']['reasoning_details']> } };
}

const request = {
  model: 'borealis/aurora',
  messages: [{ role: 'user' as const, content: 'How deep is Otter at six?' }],
  provider: { zdr: true, dataCollection: 'deny' as const },
};

describe('a run of tools against the gateway', () => {
  it.each([['whole', {}], ['streamed', { onText: () => {} }]])('goes the whole way, %s, under one policy, and costs what the gateway charged', async (_, streaming) => {
    const { openrouter, gateway, body, charged } = connect({ reply: pilot });
    const run = await runTools(openrouter, request, { tools: { depth, tide }, ...streaming });
    expect(run).toMatchObject({ text: '6.5 metres.', stoppedBy: 'finished' });
    expect(gateway.requests).toHaveLength(3);
    expect(gateway.requests.map(({ body: sent }) => sent)).toMatchObject(Array.from({ length: 3 }, () => ({ provider: { zdr: true, data_collection: 'deny' } })));
    expect(body(2)['messages']).toMatchObject([
      ...request.messages,
      { role: 'assistant', reasoning_details: [thought(0)], tool_calls: [{ id: 'call_a' }, { id: 'call_b' }] },
      { role: 'tool', tool_call_id: 'call_a', content: '{"harbour":"Crow","metres":4}' },
      { role: 'tool', tool_call_id: 'call_b', content: '{"harbour":"Otter","metres":5}' },
      { role: 'assistant', reasoning_details: [thought(1)], tool_calls: [{ id: 'call_c' }] },
      { role: 'tool', tool_call_id: 'call_c', content: '1.5 m' },
    ]);
    expect(run.steps.map(({ receipt }) => receipt?.verdict.guardrails)).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ zdr: expect.anything() })));
    expect(run.total).toMatchObject({ calls: 3, attempts: 3, cost: { partial: false } });
    expect(run.total.cost.total).toBeCloseTo(charged(), 12);
    expect(charged()).toBeGreaterThan(0);
  });

  it('repeats and fails over in the middle, and counts it', async () => {
    const { openrouter } = connect({ reply: pilot, models: { 'borealis/aurora': [ok(), fail(503), fail(503), fail(503), ok()] } });
    const run = await runTools(openrouter, { ...request, models: ['acme/atlas'] }, { tools: { depth, tide } });
    expect(run.text).toBe('6.5 metres.');
    expect(run.steps.map(({ receipt }) => receipt?.served?.model)).toEqual(['borealis/aurora', 'acme/atlas', 'borealis/aurora']);
  });

  it('lets the model correct itself', async () => {
    const { openrouter, body } = connect({
      reply: ({ request: { messages } }) => {
        const { role, content } = messages.at(-1) ?? {};
        if (role !== 'tool' || typeof content !== 'string') return reply.toolCall('depth', { harbour: 'Swan' });
        return content.startsWith('Error') ? reply.toolCall('depth', { harbour: 'Crow' }) : reply.text(content);
      },
    });
    const run = await runTools(openrouter, request, { tools: { depth } });
    expect(run.text).toBe('{"harbour":"Crow","metres":4}');
    expect(body(1)['messages']).toMatchObject([{}, {}, { role: 'tool', content: expect.stringContaining('harbour: Invalid option') }]);
  });

  it('offers tools that OpenRouter runs beside ours', async () => {
    const { openrouter, body } = connect({ reply: reply.text('ok') });
    await runTools(openrouter, { ...request, tools: [{ type: 'openrouter:web_search', parameters: { max_results: 3 } }] }, { tools: { depth } });
    expect(body(0)['tools']).toMatchObject([{ type: 'openrouter:web_search', parameters: { max_results: 3 } }, { type: 'function', function: { name: 'depth' } }]);
  });

  it('runs nothing of a stream that breaks in the middle of a call', async () => {
    const ran: string[] = [];
    const watched = { depth: { ...depth, execute: ({ harbour }: { harbour: string }) => ran.push(harbour) }, tide };
    let turn = 0;
    const { openrouter } = connect({ reply: pilot, models: { 'borealis/aurora': () => ((turn += 1) === 2 ? ok(undefined, { textSize: 2, cut: 'before-finish' }) : undefined) } });
    const error = await rejection(runTools(openrouter, request, { tools: watched, onText: () => {} }));
    expect(error).toBeInstanceOf(StreamError);
    expect((error as StreamError).partial).toBeDefined();
    expect(ran).toEqual(['Crow', 'Otter']);
    expect(progressOf(error)).toMatchObject({ steps: [{ toolResults: [{ id: 'call_a' }, { id: 'call_b' }] }], total: { calls: 1 } });
  });

  it('runs nothing of an answer that reached its limit in the middle of a call', async () => {
    const { openrouter } = connect({ reply: reply.toolCalls([{ name: 'tide', args: { harbour: 'Otter', hour: 6 } }, { name: 'depth', args: '' }], { finishReason: 'length' }) });
    expect(await runTools(openrouter, request, { tools: { depth, tide } })).toMatchObject({ stoppedBy: 'cut', finishReason: 'length', steps: [{ toolResults: [] }] });
  });

  it('goes on from where a run stopped', async () => {
    const { openrouter, gateway } = connect({ reply: pilot });
    const first = await runTools(openrouter, request, { tools: { depth, tide }, maxSteps: 1 });
    expect(first.stoppedBy).toBe('max-steps');
    const second = await runTools(openrouter, { ...request, messages: first.messages }, { tools: { depth, tide } });
    expect(second.text).toBe('6.5 metres.');
    expect(gateway.requests).toHaveLength(3);
  });

  it('goes on from where a later request failed', async () => {
    const { openrouter, gateway } = connect({ reply: pilot, gateway: [ok(), fail(400), ok()] });
    const error = await rejection(runTools(openrouter, request, { tools: { depth, tide } }));
    expect(APIError.isInstance(error)).toBe(true);
    const run = await runTools(openrouter, { ...request, messages: progressOf(error)?.messages ?? [] }, { tools: { depth, tide } });
    expect(run.text).toBe('6.5 metres.');
    expect(gateway.requests).toHaveLength(4);
  });

  it('does not go out where no endpoint fits the policy', async () => {
    const { openrouter } = connect({ reply: pilot });
    expect(NoRouteError.isInstance(await rejection(runTools(openrouter, { ...request, provider: { only: ['groq'] } }, { tools: { depth } })))).toBe(true);
  });
});
