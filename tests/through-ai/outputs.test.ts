import { reply } from '@waypost/testing';
import { generateText, isStepCount, Output, streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect, connect, receiptOf } from './connection.js';
import { tools } from './tools.js';

const harbour = z.object({ name: z.string(), metres: z.number() });
const said = (value: unknown) => ({ reply: reply.text(JSON.stringify(value)) });

describe('outputs by a schema', () => {
  it('an object', async () => {
    const { openrouter, body } = connect(said({ name: 'Otter', metres: 5 }));
    const { output, providerMetadata } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Otter?', output: Output.object({ schema: harbour, name: 'harbour', description: 'A harbour.' }) });
    expect(output).toEqual({ name: 'Otter', metres: 5 });
    expect(body(0)['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'harbour', description: 'A harbour.', strict: true, schema: { type: 'object', properties: { name: { type: 'string' }, metres: { type: 'number' } }, required: ['name', 'metres'] } },
    });
    expect(receiptOf(providerMetadata).id).toMatch(/^gen-/);
  });

  it('an object, streamed', async () => {
    const otter = { name: 'Otter at the mouth of the river', metres: 5 };
    const { openrouter } = connect(said(otter));
    const result = streamText({ model: openrouter('acme/atlas'), prompt: 'Otter?', output: Output.object({ schema: harbour }) });
    const partial = await collect(result.partialOutputStream);
    expect(partial.at(-1)).toEqual(otter);
    expect(partial.length).toBeGreaterThan(1);
    expect(await result.output).toEqual(otter);
  });

  it('a list', async () => {
    const { openrouter } = connect(said({ elements: [{ name: 'Otter', metres: 5 }, { name: 'Crow', metres: 4 }] }));
    const call = { model: openrouter('acme/atlas'), prompt: 'All?', output: Output.array({ element: harbour }) };
    expect((await generateText(call)).output).toHaveLength(2);
    expect(await streamText(call).output).toHaveLength(2);
  });

  it('a choice', async () => {
    const { openrouter } = connect(said({ result: 'deep' }));
    const { output } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Deep?', output: Output.choice({ options: ['deep', 'shallow'] }) });
    expect(output).toBe('deep');
  });

  it('any JSON', async () => {
    const { openrouter, body } = connect(said([1, { two: 3 }]));
    const { output } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Anything', output: Output.json() });
    expect(output).toEqual([1, { two: 3 }]);
    expect(body(0)['response_format']).toEqual({ type: 'json_object' });
  });

  it('are kept to the letter only where that is wanted, and by endpoints that can where that is asked for', async () => {
    const { openrouter, body } = connect(said({ name: 'Otter', metres: 5 }));
    const model = openrouter('acme/atlas', { structuredOutputs: { strict: false }, provider: { requireParameters: true } });
    await generateText({ model, prompt: 'Otter?', output: Output.object({ schema: harbour }) });
    expect(body(0)).toMatchObject({ response_format: { json_schema: { strict: false } }, provider: { require_parameters: true } });
    await generateText({ model: openrouter('acme/atlas'), prompt: 'Otter?', output: Output.object({ schema: harbour }) });
    expect(body(1)).not.toHaveProperty('provider');
  });

  it('after tools', async () => {
    const { openrouter } = connect({
      reply: ({ request }) => (request.messages.some(({ role }) => role === 'tool') ? reply.text('{"name":"Otter","metres":5}') : reply.toolCall('depth', { harbour: 'Otter' })),
    });
    const { output, steps } = await generateText({ model: openrouter('acme/atlas'), prompt: 'Otter?', tools, stopWhen: isStepCount(3), output: Output.object({ schema: harbour }) });
    expect(output).toEqual({ name: 'Otter', metres: 5 });
    expect(steps).toHaveLength(2);
  });

  it('that is no JSON rejects, with what was said and its receipt', async () => {
    const { openrouter } = connect({ reply: reply.text('no idea') });
    const error: unknown = await generateText({ model: openrouter('acme/atlas'), prompt: 'Otter?', output: Output.object({ schema: harbour }) }).then((result) => result.output).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AI_NoObjectGeneratedError', text: 'no idea' });
  });
});
