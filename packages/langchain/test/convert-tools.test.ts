import { tool } from '@langchain/core/tools';
import { InvalidOptionsError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { convertToolChoice, convertTools } from '../src/convert-tools.js';

const weather = tool(async ({ city }) => city, { name: 'weather', description: 'Tells the weather.', schema: z.object({ city: z.string() }) });

describe('convertTools', () => {
  it('describes LangChain tools by JSON Schema', () => {
    expect(convertTools([weather])).toMatchObject([
      { type: 'function', function: { name: 'weather', description: 'Tells the weather.', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } },
    ]);
  });

  it('takes tools whose schema is JSON Schema already', () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    expect(convertTools([{ name: 'add', description: 'Adds.', schema }])).toEqual([{ type: 'function', function: { name: 'add', description: 'Adds.', parameters: schema } }]);
  });

  it('takes parameters alone as a standard schema', () => {
    const shape = { type: 'object', properties: { a: { type: 'number' } } };
    const schema = { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }), jsonSchema: { input: () => shape, output: () => shape } } };
    expect(convertTools([{ name: 'add', schema }], true)).toEqual([{ type: 'function', function: { name: 'add', parameters: shape, strict: true } }]);
  });

  it('passes functions and server tools as they are', () => {
    const own = { type: 'function', function: { name: 'f', parameters: {} } };
    const server = { type: 'openrouter:web_search', parameters: { max_results: 2 } };
    expect(convertTools([own, server])).toEqual([own, server]);
  });

  it('asks for strictness where a tool does not say', () => {
    const own = { type: 'function', function: { name: 'f', parameters: {}, strict: false } };
    expect(convertTools([weather, own], true)).toMatchObject([{ function: { strict: true } }, { function: { strict: false } }]);
    expect(own.function.strict).toBe(false);
  });

  it('sends the tool of the provider that a LangChain tool stands for', () => {
    const native = tool(async () => '', { name: 'search', schema: z.object({}), extras: { providerToolDefinition: { type: 'openrouter:web_search' } } });
    expect(convertTools([native])).toEqual([{ type: 'openrouter:web_search' }]);
  });

  it('refuses what is no tool', () => {
    expect(() => convertTools([{ type: 'function' }])).toThrow(InvalidOptionsError);
    expect(() => convertTools([{ nothing: 1 }])).toThrow(/tools\[0\]/);
  });
});

describe('convertToolChoice', () => {
  it.each([
    ['any', 'required'],
    ['auto', 'auto'],
    ['none', 'none'],
    ['required', 'required'],
    ['weather', { type: 'function', function: { name: 'weather' } }],
    [{ type: 'function', function: { name: 'f' } }, { type: 'function', function: { name: 'f' } }],
    [undefined, undefined],
  ])('%j', (choice, expected) => {
    expect(convertToolChoice(choice)).toEqual(expected);
  });
});
