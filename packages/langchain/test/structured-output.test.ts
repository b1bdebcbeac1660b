import { InvalidOptionsError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChatOpenRouter } from '../src/index.js';
import { isStrict } from '../src/structured-output.js';
import { type FakeServer, fakeServer, json, response } from './fake-server.js';

const Person = z.object({ name: z.string(), age: z.number() }).describe('A person.');
const chatFor = (message: Record<string, unknown>): { chat: ChatOpenRouter; server: FakeServer } => {
  const server = fakeServer(() => json(response(message)));
  return { server, chat: new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch }) };
};

describe('withStructuredOutput', () => {
  it('asks for a JSON Schema, strict where that is possible', async () => {
    const { chat, server } = chatFor({ content: '{"name":"Ada","age":36}' });
    expect(await chat.withStructuredOutput(Person, { name: 'person' }).invoke('who?')).toEqual({ name: 'Ada', age: 36 });
    expect(server.bodies[0]?.response_format).toMatchObject({
      type: 'json_schema', json_schema: { name: 'person', description: 'A person.', strict: true, schema: { required: ['name', 'age'], additionalProperties: false } },
    });
    await chat.withStructuredOutput(z.object({ name: z.string(), age: z.number().optional() })).invoke('who?');
    expect(server.bodies[1]?.response_format).toMatchObject({ json_schema: { strict: false, name: 'extract' } });
  });

  it('checks the answer against the schema', async () => {
    const { chat } = chatFor({ content: '{"name":"Ada","age":"old"}' });
    await expect(chat.withStructuredOutput(Person).invoke('who?')).rejects.toThrow(/parse/i);
    const { raw, parsed } = await chat.withStructuredOutput(Person, { includeRaw: true }).invoke('who?');
    expect(parsed).toBeNull();
    expect(raw.content).toContain('old');
  });

  it('calls a function', async () => {
    const { chat, server } = chatFor({ tool_calls: [{ id: 'x', type: 'function', function: { name: 'person', arguments: '{"name":"Ada","age":36}' } }] });
    expect(await chat.withStructuredOutput(Person, { method: 'functionCalling', name: 'person' }).invoke('who?')).toEqual({ name: 'Ada', age: 36 });
    expect(server.bodies[0]).toMatchObject({ tools: [{ function: { name: 'person' } }], tool_choice: { function: { name: 'person' } } });
  });

  it('takes JSON mode, JSON Schemas, and functions of OpenAI’s shape', async () => {
    const { chat, server } = chatFor({ content: '{"a":1}' });
    const schema = { title: 'My thing', type: 'object', properties: { a: { type: 'number' } } };
    expect(await chat.withStructuredOutput(schema, { method: 'jsonMode' }).invoke('?')).toEqual({ a: 1 });
    expect(server.bodies[0]?.response_format).toEqual({ type: 'json_object' });
    await chat.withStructuredOutput(schema).invoke('?');
    expect(server.bodies[1]?.response_format).toMatchObject({ json_schema: { name: 'My_thing', strict: false } });
    await chat.withStructuredOutput({ name: 'fn', parameters: schema }).invoke('?');
    expect(server.bodies[2]?.response_format).toMatchObject({ json_schema: { name: 'fn', schema } });
  });

  it('refuses unknown methods', () => {
    expect(() => chatFor({}).chat.withStructuredOutput(Person, { method: 'telepathy' })).toThrow(InvalidOptionsError);
  });
});

describe('isStrict', () => {
  const closed = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };
  it.each([
    [closed, true],
    [{ ...closed, required: [] }, false],
    [{ ...closed, additionalProperties: true }, false],
    [{ type: 'array', items: closed }, true],
    [{ type: 'array', items: { type: 'object' } }, false],
    [{ anyOf: [closed, { type: 'null' }] }, true],
    [{ ...closed, $defs: { b: { type: 'object', properties: {} } } }, false],
    [{ ...closed, properties: { a: { type: 'object' } } }, false],
  ])('%j: %s', (schema, expected) => {
    expect(isStrict(schema)).toBe(expected);
  });
});
