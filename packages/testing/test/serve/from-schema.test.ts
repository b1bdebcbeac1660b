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
  ['an upper bound', { type: 'number', maximum: 0 }, 0],
  ['an upper bound that is excluded', { type: 'integer', exclusiveMaximum: 1 }, 0],
  ['narrow bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.25 }, 0.125],
  ['multiples', { type: 'integer', minimum: 7, multipleOf: 5 }, 10],
  ['nullable types', { type: ['null', 'string'] }, 'text'],
  ['references', { $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { b: { $ref: '#/$defs/b' } }, required: ['b'] }, b: { type: 'null' } } }, { b: null }],
  ['choices', { anyOf: [{ type: 'boolean' }, { type: 'string' }] }, true],
  ['intersections', { allOf: [{ type: 'object', properties: { a: { type: 'null' } }, required: ['a'] }, { type: 'object', properties: { b: { const: 1 } }, required: ['b'] }] }, { a: null, b: 1 }],
  ['keywords beside a choice', { type: 'object', properties: { a: { const: 1 } }, required: ['a'], anyOf: [{ properties: { b: { const: 2 } }, required: ['b'] }, {}] }, { a: 1, b: 2 }],
  ['keywords beside a reference', { $ref: '#/$defs/n', minimum: 5, $defs: { n: { type: 'integer', maximum: 9 } } }, 5],
  ['a choice that a keyword beside it excludes', { type: 'string', anyOf: [{ type: 'integer' }, { minLength: 6 }] }, 'textxx'],
  ['exactly one of a choice', { oneOf: [{ type: 'integer' }, { type: 'number' }, { type: 'boolean' }] }, 0.5],
  ['a default that fits, not one that does not', { type: 'object', properties: { a: { type: 'string', default: 1 }, b: { type: 'string', default: 'x' } }, required: ['a', 'b'] }, { a: 'text', b: 'x' }],
  ['tuples', { type: 'array', prefixItems: [{ const: 1 }], items: { const: 2 }, minItems: 3 }, [1, 2, 2]],
  ['many entries', { type: 'object', additionalProperties: { type: 'null' }, minProperties: 2 }, { key1: null, key2: null }],
  ['required keys without a schema', { type: 'object', required: ['a'] }, { a: {} }],
  ['no schema', {}, {}],
];

describe('fromSchema', () => {
  it.each(cases)('satisfies %s', (_name, schema, expected) => {
    expect(fromSchema(schema)).toEqual(expected);
  });

  it('reads what ends of a schema that refers to itself', () => {
    const node = { type: 'object', properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } }, required: ['next'] };
    expect(fromSchema({ $ref: '#/$defs/node', $defs: { node } })).toEqual({ next: null });
    const tree = { anyOf: [{ type: 'array', items: { $ref: '#/$defs/tree' }, minItems: 2 }, { type: 'string' }] };
    expect(fromSchema({ $ref: '#/$defs/tree', $defs: { tree } })).toEqual(['text', 'text']);
    expect(fromSchema({ anyOf: [{ $ref: '#' }, { type: 'string' }] })).toBe('text');
  });

  const unsatisfiable: readonly [string, JsonObject][] = [
    ['requires itself', { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] }],
    ['is a choice of itself', { anyOf: [{ $ref: '#' }] }],
    ['is itself', { $ref: '#' }],
    ['has entries that are as itself', { type: 'array', items: { $ref: '#' }, minItems: 1 }],
    ['contradicts itself', { type: 'string', allOf: [{ type: 'integer' }] }],
    ['asks for more than there is room for', { type: 'array', minItems: 1e12 }],
    ['asks for longer texts than there is room for', { type: 'string', minLength: 1e12 }],
    ['asks for more keys than there is room for', { type: 'object', minProperties: 1e12 }],
  ];
  it.each(unsatisfiable)('is {} where a schema %s', (_name, schema) => {
    expect(fromSchema(schema)).toEqual({});
  });

  it('ends soon where trying everything would not', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
    const all = Object.fromEntries(ids.map((id) => [id, { $ref: `#/$defs/${id}` }]));
    expect(fromSchema({ $ref: '#/$defs/n0', $defs: Object.fromEntries(ids.map((id) => [id, { type: 'object', properties: all, required: ids }])) })).toEqual({});
    const either = { anyOf: [{ minLength: 1 }, { minLength: 2 }] };
    expect(fromSchema({ allOf: [...Array.from({ length: 40 }, () => ({ ...either })), { anyOf: [false] }] })).toEqual({});
    const many = (length: number): JsonObject => ({ type: 'string', allOf: Array.from({ length }, (_, i) => ({ minLength: i % 7 })) });
    expect([fromSchema(many(1000)), fromSchema(many(200_000))]).toEqual(['textxx', {}]);
    let deep: JsonObject = { type: 'null' };
    for (let i = 0; i < 5000; i += 1) deep = i % 2 === 0 ? { anyOf: [deep] } : { type: 'object', properties: { a: deep }, required: ['a'] };
    expect(fromSchema(deep)).toEqual({});
  });

  it('keeps the keys that every object has apart from its own', () => {
    expect(fromSchema({ type: 'object', properties: {}, required: ['constructor'] })).toEqual({ constructor: {} });
  });
});
