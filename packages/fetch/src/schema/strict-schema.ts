import type { JsonObject, JsonValue } from '@waypost/core';
import { isObject, isObjectSchema } from './read-schema.js';

const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const NESTED = ['items', 'prefixItems', 'anyOf', 'oneOf', 'allOf', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];
/** What strict mode does not take, at any depth. */
const LOOSE = [
  'oneOf', 'allOf', 'not', 'if', 'then', 'else', 'patternProperties', 'dependentSchemas', 'dependentRequired', 'propertyNames', 'default',
  'prefixItems', 'contains', 'minContains', 'maxContains', 'uniqueItems', 'unevaluatedItems', 'unevaluatedProperties', 'minProperties', 'maxProperties',
];
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];
const LOOKS_AROUND = /\(\?<?[=!]/;
/** One of these, or a type, says what a value is. */
const SAYS = ['type', 'enum', 'const', 'anyOf', '$ref'];

type Change = (schema: JsonObject) => JsonObject;

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** Changes a schema and the schemas within it, innermost first; values that only look like schemas are left alone. */
function mapSchema(schema: JsonObject, change: Change): JsonObject {
  const nested = (value: JsonValue | undefined): JsonValue | undefined => (isList(value) ? value.map((one) => (isObject(one) ? mapSchema(one, change) : one)) : isObject(value) ? mapSchema(value, change) : value);
  const entries = Object.entries(schema).map(([keyword, value]): [string, JsonValue | undefined] => {
    if (MAPS.includes(keyword) && isObject(value)) return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, nested(one)]))];
    return [keyword, NESTED.includes(keyword) ? nested(value) : value];
  });
  return change(Object.fromEntries(entries));
}

function some(schema: JsonObject, holds: (schema: JsonObject) => boolean): boolean {
  let found = false;
  mapSchema(schema, (one) => {
    found ||= holds(one);
    return one;
  });
  return found;
}

/** Says of each object that it has no further properties, as strict mode asks. Parts of an `allOf` stay open: closed, no value would fit them all. */
export function closeObjects(schema: JsonObject): JsonObject {
  if (some(schema, (one) => one['allOf'] !== undefined)) return schema;
  return mapSchema(schema, (one) => (isObjectSchema(one) && one['additionalProperties'] === undefined ? { ...one, additionalProperties: false } : one));
}

/** Whether what is said of a text or a list is more than strict mode takes: another format, a pattern that looks around, no items. */
function isUncommon({ type, format, pattern, items }: JsonObject): boolean {
  const isArray = type === 'array' || (isList(type) && type.includes('array'));
  return (typeof format === 'string' && !FORMATS.includes(format)) || (typeof pattern === 'string' && LOOKS_AROUND.test(pattern)) || (isArray && !isObject(items));
}

/**
 * Whether strict mode takes a schema: each object is closed and requires all of its properties, and no keyword, format or pattern is one
 * that it does not know. Providers refuse others with a 400.
 *
 * Source: OpenAI API, structured outputs; OpenRouter passes `strict` on.
 */
export function fitsStrict(schema: JsonObject): boolean {
  return !some(schema, (one) => {
    if (LOOSE.some((keyword) => one[keyword] !== undefined) || !SAYS.some((keyword) => one[keyword] !== undefined) || isUncommon(one)) return true;
    if (!isObjectSchema(one)) return false;
    const { required, properties = {} } = one;
    return one['additionalProperties'] !== false || !isObject(properties) || Object.keys(properties).some((name) => !isList(required) || !required.includes(name));
  });
}

const DEFINITIONS = /^#\/(\$defs|definitions)(\/|$)/;

/**
 * An object with the schema's value as its one property `value`, for providers that only take objects at the top. Definitions move
 * along to the top, and references to what moved down follow it.
 */
export function wrapSchema(schema: JsonObject): JsonObject {
  const moved = mapSchema(schema, (one) => {
    const { $ref } = one;
    return typeof $ref === 'string' && $ref.startsWith('#') && !DEFINITIONS.test($ref) ? { ...one, $ref: `#/properties/value${$ref.slice(1)}` } : one;
  });
  const { $defs, definitions, ...value } = moved;
  return { type: 'object', properties: { value }, required: ['value'], additionalProperties: false, ...($defs !== undefined && { $defs }), ...(definitions !== undefined && { definitions }) };
}
