import { OutputParserException } from '@langchain/core/output_parsers';
import { InvalidOptionsError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChatOpenRouter, type ChatOpenRouterCallOptions, type ChatOpenRouterInput } from '../src/index.js';
import { isStrict } from '../src/structured-output.js';
import { type FakeServer, fakeServer, json, response } from './fake-server.js';

const Person = z.object({ name: z.string(), age: z.number() }).describe('A person.');
const CAPABLE = { profile: { structuredOutput: true } };
const chatFor = (message: Record<string, unknown>, more: ChatOpenRouterInput = CAPABLE): { chat: ChatOpenRouter; server: FakeServer } => {
  const server = fakeServer(() => json(response(message)));
  return { server, chat: new ChatOpenRouter('a/b', { apiKey: 'k', fetch: server.fetch, ...more }) };
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
    expect(server.bodies[1]?.response_format).toMatchObject({ json_schema: { name: 'extract', strict: false } });
    await chat.withStructuredOutput(schema, { name: 'My thing' }).invoke('?');
    expect(server.bodies.pop()?.response_format).toMatchObject({ json_schema: { name: 'My_thing' } });
    await chat.withStructuredOutput({ name: 'fn', parameters: schema }).invoke('?');
    expect(server.bodies[2]?.response_format).toMatchObject({ json_schema: { name: 'fn', schema } });
  });

  it('asks for a function where the model is not known to keep to a schema, or others may answer', async () => {
    const call = { tool_calls: [{ id: 'x', type: 'function', function: { name: 'person', arguments: '{"name":"Ada","age":36}' } }] };
    const unsure: ChatOpenRouterInput[] = [
      {}, { profile: { structuredOutput: false } }, { ...CAPABLE, models: ['c/d'] }, { ...CAPABLE, route: 'fallback' }, { ...CAPABLE, modelKwargs: { models: ['c/d'] } },
    ];
    for (const more of unsure) {
      const { chat, server } = chatFor(call, more);
      expect(await chat.withStructuredOutput(Person, { name: 'person' }).invoke('who?')).toEqual({ name: 'Ada', age: 36 });
      expect(server.bodies[0]).toMatchObject({ tools: [{ function: { name: 'person' } }] });
      expect(server.bodies[0]).not.toHaveProperty('response_format');
      expect(server.bodies[0]).not.toHaveProperty('provider');
    }
  });

  it('asks an id that no list knows for what the caller names', async () => {
    const server = fakeServer(() => json(response({ content: '{"name":"Ada","age":36}' })));
    const chat = new ChatOpenRouter('openai/gpt-4o-mini:nitro', { apiKey: 'k', fetch: server.fetch });
    expect(await chat.withStructuredOutput(Person, { method: 'jsonSchema' }).invoke('who?')).toEqual({ name: 'Ada', age: 36 });
    expect(server.bodies[0]).toMatchObject({ model: 'openai/gpt-4o-mini:nitro', response_format: { type: 'json_schema' } });
  });

  it('keeps response formats from endpoints that would ignore them, unless told not to', async () => {
    const { chat, server } = chatFor({ content: '{"a":1}' }, { ...CAPABLE, provider: { zdr: true } });
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    // A chain hands on what its own type does not list.
    const options: ChatOpenRouterCallOptions = { provider: { sort: 'price' } };
    await chat.withStructuredOutput(schema).invoke('?', options);
    expect(server.bodies[0]?.provider).toEqual({ zdr: true, require_parameters: true, sort: 'price' });
    const loose = chatFor({ content: '{"a":1}' }, { ...CAPABLE, provider: { require_parameters: false } });
    await loose.chat.withStructuredOutput(schema, { method: 'jsonMode' }).invoke('?');
    expect(loose.server.bodies[0]?.provider?.require_parameters).not.toBe(true);
  });

  it('takes an answer without the call for no answer', async () => {
    const { chat } = chatFor({ content: 'I would rather not.' });
    const structured = chat.withStructuredOutput(Person, { method: 'functionCalling' });
    await expect(structured.invoke('who?')).rejects.toThrow(OutputParserException);
    expect(await chat.withStructuredOutput(Person, { method: 'functionCalling', includeRaw: true }).invoke('who?')).toMatchObject({ parsed: null, raw: { content: 'I would rather not.' } });
  });

  it('refuses unknown methods, those the profile excludes, and schemas that cannot be printed', () => {
    expect(() => chatFor({}).chat.withStructuredOutput(Person, { method: 'telepathy' })).toThrow(/telepathy/);
    expect(() => chatFor({}, { profile: { structuredOutput: false } }).chat.withStructuredOutput(Person, { method: 'jsonSchema' })).toThrow(InvalidOptionsError);
    const unprintable = { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }) } };
    expect(() => chatFor({}).chat.withStructuredOutput(unprintable)).toThrow(/JSON Schema/);
  });
});

it('says which schemas and names are none, before anything is sent', () => {
  const { chat, server } = chatFor({ content: '{}' });
  // Wrong on purpose, as plain JavaScript may be.
  const wrong = (schema: unknown, config?: object): (() => unknown) => () => chat.withStructuredOutput(schema as Record<string, unknown>, config);
  for (const schema of [null, undefined, 'person', 5]) expect(wrong(schema)).toThrow(expect.objectContaining({ name: 'InvalidOptionsError', issues: [expect.objectContaining({ path: 'schema' })] }));
  expect(wrong({ type: 'object' }, { name: 5 })).toThrow(expect.objectContaining({ name: 'InvalidOptionsError', issues: [expect.objectContaining({ path: 'name' })] }));
  expect(server.bodies).toEqual([]);
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
