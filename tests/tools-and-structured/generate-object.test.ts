import { NoRouteError } from '@waypost/fetch';
import { generateObject, StructuredOutputError } from '@waypost/fetch/structured';
import { fail, ok, reply } from '@waypost/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect, rejection } from './connection.js';

const schema = z.object({
  vessel: z.string().min(3),
  crew: z.array(z.object({ name: z.string(), age: z.number().int().min(18) })).min(1),
  signal: z.enum(['mayday', 'routine']),
  remark: z.string().nullable(),
});
const request = { model: 'acme/atlas', messages: [{ role: 'user' as const, content: 'Log this call.' }] };

describe('structured output against the gateway', () => {
  it('gives what a model makes of the schema that it is sent', async () => {
    const { openrouter, body, charged } = connect();
    const { object, total, receipt } = await generateObject(openrouter, request, { schema, name: 'log_entry' });
    expect(schema.parse(object)).toEqual(object);
    expect(object.signal).toBe('mayday');
    expect(receipt?.policy?.provider).toEqual({ require_parameters: true });
    expect(total.cost.total).toBeCloseTo(charged(), 12);
    expect(body(0)['response_format']).toMatchObject({ type: 'json_schema', json_schema: { name: 'log_entry', strict: true } });
  });

  it.each([['a list', z.array(z.object({ a: z.string() })).min(2)], ['a choice', z.enum(['ebb', 'flow'])], ['a number', z.number()], ['a choice of objects', z.union([z.object({ a: z.literal(1) }), z.object({ b: z.literal(2) })])]] as const)('gives %s', async (_, given) => {
    const { openrouter } = connect();
    const { object } = await generateObject<unknown>(openrouter, request, { schema: given });
    expect(given.parse(object)).toEqual(object);
  });

  it('is served by nobody who would ignore the schema, unless that is allowed', async () => {
    const only = { ...request, model: 'acme/atlas-mini', provider: { only: ['groq'] } };
    const { openrouter } = connect({ reply: reply.text('Not JSON at all.') });
    expect(NoRouteError.isInstance(await rejection(generateObject(openrouter, only, { schema })))).toBe(true);
    expect(await rejection(generateObject(openrouter, only, { schema, requireParameters: false }))).toMatchObject({ reason: 'invalid-json' });
  });

  it('says that an answer was cut off at its limit', async () => {
    const { openrouter } = connect();
    const error = await rejection(generateObject(openrouter, { ...request, max_tokens: 4 }, { schema }));
    expect(StructuredOutputError.isInstance(error) && [error.reason, error.text.length, error.receipt?.usage?.outputTokens]).toEqual(['truncated', 16, 4]);
  });

  it('says that a model refused', async () => {
    const { openrouter } = connect({ reply: reply.refusal('I would rather not.') });
    expect(await rejection(generateObject(openrouter, request, { schema, repair: 2 }))).toMatchObject({ reason: 'refusal', refusal: 'I would rather not.' });
  });

  it('has an answer repaired, across a failure of the provider', async () => {
    const good = JSON.stringify({ vessel: 'Petrel', crew: [{ name: 'Ada', age: 40 }], signal: 'routine', remark: null });
    const { openrouter, gateway } = connect({
      reply: ({ request: { messages } }) => reply.text(messages.length === 1 ? '{"vessel":"P"}' : `\`\`\`json\n${good}\n\`\`\``),
      gateway: [ok(), fail(503), ok()],
    });
    const { object, repaired, total } = await generateObject(openrouter, request, { schema, repair: 1 });
    expect(object.vessel).toBe('Petrel');
    expect(repaired).toMatchObject([{ reason: 'mismatch', text: '{"vessel":"P"}' }]);
    expect(total).toMatchObject({ calls: 2, attempts: 3 });
    expect(gateway.requests).toHaveLength(3);
  });

  it('asks in words for models that take no schema', async () => {
    const { openrouter, body } = connect({ reply: reply.text('{"value":["ebb"]}') });
    expect((await generateObject(openrouter, request, { schema: z.array(z.string()), mode: 'json_object' })).object).toEqual(['ebb']);
    expect(body(0)).toMatchObject({ response_format: { type: 'json_object' }, messages: [{ role: 'system' }, { role: 'user' }] });
  });
});
