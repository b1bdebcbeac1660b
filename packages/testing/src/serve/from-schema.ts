import type { JsonObject, JsonValue } from '@waypost/core';
import { alternatives, type Together } from './schema-alternatives.js';
import { fits } from './schema-fits.js';
import { isObject, list, MOST_LEVELS, MOST_STEPS, own, type SchemaRun, schemaOfIndex, schemaOfKey } from './schema-nodes.js';
import { greatest, numbers, text } from './schema-scalars.js';

/** In the order of trying where a schema names none. */
const TYPES = ['object', 'string', 'integer', 'number', 'array', 'boolean', 'null'] as const;

/** Keywords that tell the type of a schema that does not name one. */
const HINTS: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'minProperties'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** Values on their way: schemas whose value is being made higher up lead to no finite value, and are not gone into again. */
interface Making {
  readonly run: SchemaRun;
  readonly above: readonly (readonly JsonValue[])[];
}

const isAgain = (above: Making['above'], schemas: readonly JsonValue[]): boolean =>
  above.some((others) => others.length === schemas.length && others.every((one) => schemas.includes(one)));

function typesOf(schemas: readonly JsonObject[]): readonly string[] {
  const named = schemas.map(({ type }) => (Array.isArray(type) ? type : [type])).map((types) => types.filter((type) => typeof type === 'string')).filter(({ length }) => length > 0);
  const [first] = named;
  if (first !== undefined) {
    const left = named.length === 1 ? first : [...new Set(named.flat())];
    return left.toSorted((a, b) => Number(a === 'null') - Number(b === 'null'));
  }
  const hinted = TYPES.filter((type) => HINTS[type]?.some((keyword) => schemas.some((schema) => Object.hasOwn(schema, keyword))));
  return [...hinted, ...TYPES.filter((type) => !hinted.includes(type))];
}

/** What is optional is left out, unless there must be more. */
function objectOf(schemas: readonly JsonObject[], making: Making): JsonValue | undefined {
  const known = [...new Set(schemas.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])))];
  const required = new Set(schemas.flatMap((schema) => list(schema.required)).filter((key) => typeof key === 'string'));
  const count = Math.min(greatest(schemas, 'minProperties'), MOST_STEPS);
  const spare = Array.from({ length: Math.max(0, count) }, (_, i) => `key${i + 1}`).filter((key) => !known.includes(key));
  const names = new Set([...known.filter((key) => required.has(key)), ...required, ...(count > required.size ? [...known, ...spare] : [])]);
  const made = new Map<string, JsonValue>();
  for (const name of names) {
    const isNeeded = required.has(name);
    if (!isNeeded && made.size >= count) break;
    const value = valueOf(schemas.map((schema) => schemaOfKey(schema, name)), making);
    if (value !== undefined) made.set(name, value);
    else if (isNeeded) return undefined;
  }
  return Object.fromEntries(made);
}

function arrayOf(schemas: readonly JsonObject[], making: Making): JsonValue | undefined {
  const entries: JsonValue[] = [];
  const count = Math.min(greatest(schemas, 'minItems'), MOST_STEPS);
  // after the tuples every entry is the same
  const different = schemas.reduce((most, { items, prefixItems }) => Math.max(most, list(items).length, list(prefixItems).length), 0);
  while (entries.length < count) {
    const index = entries.length;
    const entry = index > different ? entries.at(-1) : valueOf(schemas.map((schema) => schemaOfIndex(schema, index)), making);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return entries;
}

/** Values of a type to try. */
function ofType(type: string, schemas: readonly JsonObject[], making: Making): readonly (JsonValue | undefined)[] {
  switch (type) {
    case 'object': return [objectOf(schemas, making)];
    case 'array': return [arrayOf(schemas, making)];
    case 'string': return [text(schemas)];
    case 'integer': return numbers(schemas, 1);
    case 'number': return numbers(schemas, 0.5);
    case 'boolean': return [true, false];
    default: return [null];
  }
}

/** Values to try, the most likely first. */
function* proposals(together: Together, making: Making): Generator<JsonValue | undefined> {
  const schemas = [...together];
  const listed = schemas.flatMap((schema) => (schema.const === undefined ? list(schema.enum) : [schema.const]));
  if (listed.length > 0) {
    yield* listed;
    return;
  }
  yield* schemas.map((schema) => own(schema, 'default'));
  for (const type of typesOf(schemas)) yield* ofType(type, schemas, making);
}

/** The first value that satisfies all of the schemas; `undefined`: none was found. */
function valueOf(said: readonly (JsonValue | undefined)[], { run, above }: Making): JsonValue | undefined {
  const schemas = said.filter((schema) => schema !== undefined);
  const making: Making = { run, above: [...above, schemas] };
  run.steps += 1;
  if (run.steps > MOST_STEPS || above.length > MOST_LEVELS || isAgain(above, schemas)) return undefined;
  for (const together of alternatives(run, schemas)) {
    for (const value of proposals(together, making)) {
      if (value !== undefined && schemas.every((schema) => fits(run, value, schema))) return value;
      if (run.steps > MOST_STEPS) return undefined;
    }
  }
  return undefined;
}

/**
 * A small value that a JSON Schema accepts, the same for the same schema: without what is optional, by the first option that a finite
 * value satisfies. `pattern`, `not`, `if`, `contains`, `uniqueItems`, `patternProperties` and references to other documents are not read. `{}` where
 * nothing satisfies it, as where a schema requires itself.
 */
export function fromSchema(schema: JsonObject): JsonValue {
  const value = valueOf([schema], { run: { root: schema, steps: 0 }, above: [] });
  return value === undefined ? {} : value;
}
