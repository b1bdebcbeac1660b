import type { JsonObject } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSchema } from '../../src/schema/read-schema.js';
import { closeObjects, fitsStrict, wrapSchema } from '../../src/schema/strict-schema.js';

const jsonOf = (schema: z.ZodType): ReturnType<typeof readSchema>['json'] => readSchema(schema, undefined, 'schema', 'jsonSchema').json;

describe('strict schemas', () => {
  it.each([
    ['nested objects', z.object({ a: z.object({ b: z.array(z.object({ c: z.string() })) }) }), true],
    ['null and unions', z.object({ a: z.union([z.string(), z.null()]), b: z.enum(['x']), c: z.literal(1) }), true],
    ['a recursive object', z.object({ name: z.string(), get children() { return z.array(z.object({ name: z.string() })); } }), true],
    ['an optional property', z.object({ a: z.string().optional() }), false],
    ['a record', z.object({ a: z.record(z.string(), z.string()) }), false],
    ['anything', z.object({ a: z.unknown() }), false],
    ['a tuple of anything', z.object({ a: z.tuple([z.any()]) }), false],
    ['a tuple', z.object({ a: z.tuple([z.string(), z.number()]) }), false],
    ['formats that are known', z.object({ a: z.email(), b: z.uuid(), c: z.iso.date(), d: z.ipv4(), e: z.array(z.string()).min(1) }), true],
    ['a format that is not', z.object({ a: z.array(z.url()) }), false],
    ['a pattern that looks around', z.object({ a: z.string().regex(/^(?!x)/) }), false],
    ['a pattern that does not', z.object({ a: z.string().regex(/^(?:x|\(\?)$/) }), true],
    ['a choice by a property', z.object({ a: z.discriminatedUnion('k', [z.object({ k: z.literal('x') }), z.object({ k: z.literal('y') })]) }), false],
  ])('%s', (_, schema, fits) => {
    expect(fitsStrict(closeObjects(jsonOf(schema)))).toBe(fits);
    expect(fitsStrict(jsonOf(schema))).toBe(false);
  });

  it.each([
    ['a list of no kind', { type: 'array' }],
    ['a list or null, of no kind', { type: ['array', 'null'] }],
    ['a list without doubles', { type: 'array', items: { type: 'string' }, uniqueItems: true }],
  ])('%s does not fit', (_, a) => {
    const schema = (of: JsonObject): JsonObject => ({ type: 'object', properties: { a: of }, required: ['a'], additionalProperties: false });
    expect(fitsStrict(schema({ type: 'array', items: { type: 'string' } }))).toBe(true);
    expect(fitsStrict(schema(a))).toBe(false);
  });

  it('closes schemas, and not what only looks like one', () => {
    const schema = { type: 'object', properties: { properties: { type: 'object', enum: [{ type: 'object' }] } }, examples: [{ type: 'object', properties: {} }] };
    expect(closeObjects(schema)).toEqual({
      type: 'object',
      properties: { properties: { type: 'object', enum: [{ type: 'object' }], additionalProperties: false } },
      examples: [{ type: 'object', properties: {} }],
      additionalProperties: false,
    });
  });

  it('leaves the parts of an allOf open: closed, nothing would fit them all', () => {
    const part = (name: string): object => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });
    const schema = { type: 'object', properties: { a: { allOf: [part('b'), part('c')] } }, required: ['a'] } as JsonObject;
    expect(closeObjects(schema)).toEqual(schema);
    expect(fitsStrict({ ...schema, additionalProperties: false })).toBe(false);
  });

  it('moves references along when it wraps', () => {
    const schema = { type: 'array', items: { anyOf: [{ $ref: '#' }, { $ref: '#/$defs/leaf' }, { $ref: '#/items' }, { type: 'object', properties: { $ref: { type: 'string' } } }] }, $defs: { leaf: { type: 'string' } } };
    expect(wrapSchema(schema)).toEqual({
      type: 'object',
      properties: { value: { type: 'array', items: { anyOf: [{ $ref: '#/properties/value' }, { $ref: '#/$defs/leaf' }, { $ref: '#/properties/value/items' }, { type: 'object', properties: { $ref: { type: 'string' } } }] } } },
      required: ['value'],
      additionalProperties: false,
      $defs: { leaf: { type: 'string' } },
    });
  });
});
