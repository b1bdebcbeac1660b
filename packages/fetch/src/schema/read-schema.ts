import { InvalidOptionsError, type JsonObject } from '@waypost/core';
import type { StandardResult, StandardSchema } from './standard-schema.js';

/** A schema, ready to be sent and to check with. */
export interface SchemaReader<Output> {
  /** As it is sent. */
  readonly json: JsonObject;
  /** Made by a schema library, so that it may be put into the form that strict mode asks for; else the caller's own words. */
  readonly derived: boolean;
  check(value: unknown): Promise<StandardResult<Output>>;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a JSON Schema is for objects alone. */
export const isObjectSchema = (schema: JsonObject): boolean => schema['type'] === 'object' || (schema['type'] === undefined && isObject(schema['properties']));

// some schemas are functions
const isStandard = (schema: unknown): schema is StandardSchema =>
  ((typeof schema === 'object' && schema !== null) || typeof schema === 'function') && '~standard' in schema && isObject(schema['~standard']);

/**
 * Reads a Standard Schema or a JSON Schema. A JSON Schema checks no more than whether an object is one, since no validator comes
 * with this package.
 *
 * @param jsonSchema what is sent for a Standard Schema, instead of what its library would make of it.
 * @throws {InvalidOptionsError} for anything else, and where there is no JSON Schema to be had.
 */
export function readSchema<Output>(schema: StandardSchema<Output> | JsonObject, jsonSchema: JsonObject | undefined, path: string, beside: string): SchemaReader<Output> {
  const refuse = (message: string, suggestion: string, cause?: unknown): never => {
    throw new InvalidOptionsError([{ path, message, suggestion }], { cause });
  };
  if (jsonSchema !== undefined && !isObject(jsonSchema)) throw new InvalidOptionsError([{ path: beside, message: 'is not a JSON Schema', suggestion: 'an object such as { type: "object", properties: { … } }' }]);
  if (!isStandard(schema)) {
    if (!isObject(schema)) return refuse('is neither a Standard Schema nor a JSON Schema', 'give a schema of zod, valibot or arktype, or an object such as { type: "object", properties: { … } }');
    if (jsonSchema !== undefined) return refuse('is a JSON Schema itself', `leave out ${beside}`);
    const wrong = isObjectSchema(schema) ? [{ message: 'expected an object' }] : undefined;
    // Where the caller gave a JSON Schema, `Output` is `unknown`, or what the caller says that it is.
    return { json: schema, derived: false, check: (value) => Promise.resolve(wrong && !isObject(value) ? { issues: wrong } : { value: value as Output }) };
  }
  const standard = schema['~standard'];
  if (typeof standard.validate !== 'function') return refuse('is a schema that cannot validate', 'give a schema that has the validate function of Standard Schema');
  const derive = (): JsonObject => {
    if (standard.jsonSchema === undefined) return refuse(`${standard.vendor} does not say its JSON Schema by itself`, `give the JSON Schema as ${beside}, or wrap the schema in what the library has for that`);
    try {
      // without undefined fields, and without the link to the dialect, which some providers refuse
      const json: JsonObject = JSON.parse(JSON.stringify(standard.jsonSchema.input({ target: 'draft-2020-12' })));
      return Object.fromEntries(Object.entries(json).filter(([keyword]) => keyword !== '$schema'));
    } catch (cause) {
      return refuse(`${standard.vendor} cannot say it as a JSON Schema`, `give the JSON Schema as ${beside}`, cause);
    }
  };
  const check = async (value: unknown): Promise<StandardResult<Output>> => {
    const result: StandardResult<Output> | null | undefined = await standard.validate(value);
    if (result == null) throw new TypeError(`the schema of ${standard.vendor} gave no result`);
    return result;
  };
  return { json: jsonSchema ?? derive(), derived: jsonSchema === undefined, check };
}
