import type { JsonObject, JsonValue } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { fromSchema } from '../../src/serve/from-schema.js';

const cases: readonly [string, JsonObject, JsonValue][] = [
  ['required properties only', { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } }, required: ['a'] }, { a: 'text' }],
  ['const, enum and default', { type: 'object', properties: { a: { const: 3 }, b: { enum: ['x', 'y'] }, c: { type: 'string', default: 'd' } }, required: ['a', 'b', 'c'] }, { a: 3, b: 'x', c: 'd' }],
  ['array bounds', { type: 'array', items: { type: 'boolean' }, minItems: 2 }, [true, true]],
  ['an empty array', { type: 'array', items: { type: 'boolean' } }, []],
  ['string bounds', { type: 'string', minLength: 6 }, 'textxx'],
  ['a short string', { type: 'string', maxLength: 2 }, 'te'],
  ['formats', { type: 'string', format: 'date' }, '2026-01-01'],
  ['number bounds', { type: 'integer', exclusiveMinimum: 4 }, 5],
  ['an upper bound', { type: 'number', maximum: 0 }, -0.5],
  ['nullable types', { type: ['null', 'string'] }, 'text'],
  ['references', { $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { b: { $ref: '#/$defs/b' } }, required: ['b'] }, b: { type: 'null' } } }, { b: null }],
  ['choices', { anyOf: [{ type: 'boolean' }, { type: 'string' }] }, true],
  ['intersections', { allOf: [{ type: 'object', properties: { a: { type: 'null' } }, required: ['a'] }, { type: 'object', properties: { b: { const: 1 } }, required: ['b'] }] }, { a: null, b: 1 }],
  ['no schema', {}, {}],
];

describe('fromSchema', () => {
  it.each(cases)('satisfies %s', (_name, schema, expected) => {
    expect(fromSchema(schema)).toEqual(expected);
  });

  it('ends where a schema requires itself', () => {
    expect(() => fromSchema({ type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] })).not.toThrow();
  });
});
