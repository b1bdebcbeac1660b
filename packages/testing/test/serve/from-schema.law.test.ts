import type { JsonObject, JsonValue } from '@waypost/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSchema } from '../../src/serve/from-schema.js';

const NAMES = ['a', 'b', 'c'];
const small = fc.integer({ min: 0, max: 6 });
const between = fc.tuple(fc.integer({ min: -20, max: 20 }), small).map(([from, more]): readonly [number, number] => [from, from + more]);
const optional = (schema: JsonObject): fc.Arbitrary<JsonObject> => fc.subarray(Object.keys(schema)).map((keys) => Object.fromEntries(keys.map((key) => [key, schema[key] ?? null])));

/** Schemas of plain values, each of which some value satisfies, with any of their keywords left out. */
const plain: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.tuple(small, small).chain(([least, more]) => optional({ minLength: least, maxLength: least + more })).map((keywords) => ({ type: 'string', ...keywords })),
  between.chain(([from, to]) => optional({ minimum: from, maximum: to })).map((keywords) => ({ type: 'integer', ...keywords })),
  between.chain(([from, to]) => optional({ exclusiveMinimum: from, exclusiveMaximum: to + 2 })).map((keywords) => ({ type: 'integer', ...keywords })),
  fc.tuple(between, fc.constantFrom(0.25, 1)).chain(([[from], width]) => optional({ exclusiveMinimum: from, exclusiveMaximum: from + width })).map((keywords) => ({ type: 'number', ...keywords })),
  fc.tuple(between, fc.constantFrom(0.5, 2, 2.5, 7)).map(([[from], multipleOf]) => ({ type: 'number', minimum: from, maximum: from + 2 * multipleOf, multipleOf })),
  fc.constantFrom<JsonObject>({ type: 'boolean' }, { type: 'null' }, { type: ['null', 'boolean'] }, {}, { enum: ['x', 1, null] }, { const: { a: [1] } }, { minLength: 5 }, { minItems: 2 }, { required: ['a'] }),
);

/** References go to definitions with a way out, so that some finite value satisfies them. */
const reference = fc.constantFrom(...NAMES).map((name): JsonObject => ({ $ref: `#/$defs/${name}` }));

const { schema } = fc.letrec<{ schema: JsonObject; object: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plain, reference, tie('object'),
    fc.tuple(tie('schema'), small, small).map(([items, least, more]): JsonObject => ({ type: 'array', items, minItems: least % 3, maxItems: (least % 3) + more })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((prefixItems): JsonObject => ({ type: 'array', prefixItems, items: false, minItems: prefixItems.length })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf): JsonObject => ({ anyOf })),
    // of which a keyword beside it leaves one
    fc.tuple(tie('schema'), plain).map(([either, or]): JsonObject => ({ anyOf: [{ type: 'object', properties: { kind: { const: 'a' }, either }, required: ['kind', 'either'] }, or, true], minProperties: 1, minimum: 3, minLength: 1 })),
    fc.tuple(tie('object'), tie('object')).map((both): JsonObject => ({
      oneOf: both.map((one, i) => ({ type: 'object', properties: { kind: { const: i }, one }, required: ['one', 'kind'] })),
    })),
    // one says what the other requires
    fc.tuple(tie('schema'), tie('schema')).map(([x, y]): JsonObject => ({ type: 'object', properties: { x }, required: ['y'], allOf: [{ properties: { y }, required: ['x'] }], $ref: '#/$defs/some' })),
  ),
  object: fc.record({
    properties: fc.dictionary(fc.constantFrom('p', 'q', 'r', 'constructor'), tie('schema'), { maxKeys: 3, noNullPrototype: true }),
    only: fc.boolean(),
    required: fc.nat(),
  }).map(({ properties, only, required }): JsonObject => ({
    type: 'object', properties, required: Object.keys(properties).filter((_, i) => (required >> i) & 1), ...(only ? { additionalProperties: false } : {}),
  })),
}));

// what is as itself, and not below itself, is no schema: validators overflow too
const recursive = fc.tuple(schema, fc.boolean()).map(([below, isList]): JsonObject => (isList ? { type: 'array', items: below, minItems: 1 } : { type: 'object', properties: { below }, required: ['below'] }));
const definition = fc.tuple(recursive, plain, fc.boolean()).map(([one, end, ends]): JsonObject => ({ anyOf: ends ? [end, one] : [one, end] }));
const definitions = fc.record(Object.fromEntries(NAMES.map((name) => [name, definition])));
const whole = fc.tuple(schema, definitions).map(([one, defs]): JsonObject => ({ ...one, $defs: { ...defs, some: { type: 'object', minProperties: 1 } } }));

// `strict` refuses schemas that are valid and odd; without `ownProperties` every object has a `constructor`
const ajv = new Ajv2020({ strict: false, ownProperties: true });

describe('a value made from a schema', () => {
  it('validates, of recursive schemas too', () => {
    fc.assert(fc.property(whole, (made) => {
      const value = fromSchema(made);
      const validate = ajv.compile(made);
      expect({ value, errors: validate(value) ? [] : validate.errors }).toEqual({ value, errors: [] });
      ajv.removeSchema(made);
    }), { numRuns: 300 });
  });

  it('is made of any JSON, and is the same again', () => {
    const keyword = fc.constantFrom('type', 'properties', 'required', 'items', 'anyOf', 'oneOf', 'allOf', '$ref', 'enum', 'minItems', 'minLength', 'minimum', 'exclusiveMaximum', 'multipleOf', 'minProperties', 'default', 'format');
    const { node } = fc.letrec<{ node: JsonValue }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<JsonValue>('string', 'object', 'array', 'integer', '#', '#/items', '#/properties/0', 'a', '', -1, 0, 1, 1e300, null, true, false),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(keyword, tie('node'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(fc.property(fc.dictionary(keyword, node, { maxKeys: 4, noNullPrototype: true }), (odd) => {
      expect(fromSchema(odd)).toEqual(fromSchema(odd));
    }), { numRuns: 500 });
  });
});
