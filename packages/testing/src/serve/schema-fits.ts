import type { JsonObject, JsonValue } from '@waypost/core';
import { isObject, list, MOST_LEVELS, MOST_STEPS, number, pointed, type SchemaRun, schemaOfIndex, schemaOfKey } from './schema-nodes.js';

/** Whether two JSON values are the same, whatever the order of their keys. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((entry, i) => isSame(entry, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

function isType(value: JsonValue, type: JsonValue): boolean {
  switch (type) {
    case 'null': return value === null;
    case 'array': return Array.isArray(value);
    case 'object': return isObject(value);
    case 'integer': return Number.isInteger(value);
    default: return typeof value === type;
  }
}

const within = (value: number, least: JsonValue | undefined, most: JsonValue | undefined): boolean =>
  value >= (number(least) ?? -Infinity) && value <= (number(most) ?? Infinity);

function fitsNumber(value: number, { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: JsonObject): boolean {
  const step = number(multipleOf);
  return within(value, minimum, maximum)
    && value > (number(exclusiveMinimum) ?? -Infinity) && value < (number(exclusiveMaximum) ?? Infinity)
    && (step === undefined || Number.isInteger(value / step));
}

type Check = (value: JsonValue, schema: JsonValue | undefined) => boolean;

function fitsObject(value: JsonObject, schema: JsonObject, check: Check): boolean {
  const keys = Object.keys(value);
  return within(keys.length, schema.minProperties, schema.maxProperties)
    && list(schema.required).every((key) => typeof key !== 'string' || Object.hasOwn(value, key))
    && keys.every((key) => check(value[key] ?? null, schemaOfKey(schema, key)));
}

function fitsKind(value: JsonValue, schema: JsonObject, check: Check): boolean {
  if (typeof value === 'number') return fitsNumber(value, schema);
  if (typeof value === 'string') return within(Array.from(value).length, schema.minLength, schema.maxLength);
  if (Array.isArray(value)) return within(value.length, schema.minItems, schema.maxItems) && value.every((entry, i) => check(entry, schemaOfIndex(schema, i)));
  return !isObject(value) || fitsObject(value, schema, check);
}

/** Whether a value satisfies a schema, as far as `fromSchema` reads schemas. */
export function fits(run: SchemaRun, value: JsonValue, schema: JsonValue | undefined, level = 0): boolean {
  run.steps += 1;
  if (run.steps > MOST_STEPS || level > MOST_LEVELS) return false;
  if (!isObject(schema)) return schema !== false;
  const check: Check = (one, other) => fits(run, one, other, level + 1);
  const { type, anyOf, oneOf, $ref } = schema;
  const options = list(oneOf);
  return (type === undefined || (Array.isArray(type) ? type : [type]).some((one) => isType(value, one)))
    && (schema.const === undefined || isSame(value, schema.const))
    && (!Array.isArray(schema.enum) || schema.enum.some((one) => isSame(value, one)))
    && fitsKind(value, schema, check)
    && (typeof $ref !== 'string' || check(value, pointed($ref, run.root)))
    && list(schema.allOf).every((one) => check(value, one))
    && (list(anyOf).length === 0 || list(anyOf).some((one) => check(value, one)))
    && (options.length === 0 || options.filter((one) => check(value, one)).length === 1);
}
