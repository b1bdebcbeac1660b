import type { StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import { isSerializableSchema, type SerializableSchema } from '@langchain/core/utils/standard_schema';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { type InteropZodType, getSchemaDescription, isInteropZodSchema } from '@langchain/core/utils/types';
import { InvalidOptionsError, type JsonObject } from '@waypost/core';
import { isRecord } from './convert-tools.js';
import type { ChatOpenRouterCallOptions } from './options.js';

/** What `withStructuredOutput` takes: zod 3 or 4, a standard schema that can be printed, or a JSON Schema. */
export type OutputSchema<Output> = InteropZodType<Output> | SerializableSchema<Output> | Record<string, unknown>;

/** How a structured answer is asked for. */
type OutputMethod = 'jsonSchema' | 'functionCalling' | 'jsonMode';

/** What to ask for, ready to be sent. */
export interface OutputPlan {
  readonly method: OutputMethod;
  readonly name: string;
  readonly description: string | undefined;
  readonly schema: JsonObject;
  readonly strict: boolean;
}

const METHODS: readonly unknown[] = ['jsonSchema', 'functionCalling', 'jsonMode'] satisfies OutputMethod[];

/** Whether a schema keeps to what strict mode asks for: objects are closed, and all of their properties required. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isRecord(schema)) return true;
  const { properties, required } = schema;
  if (isRecord(properties)) {
    const names = Array.isArray(required) ? required : [];
    if (schema['additionalProperties'] !== false || !Object.keys(properties).every((name) => names.includes(name))) return false;
    if (!Object.values(properties).every(isStrict)) return false;
  } else if (schema['type'] === 'object') return false;
  return ['items', 'anyOf', 'allOf', 'oneOf', '$defs', 'definitions'].every((key) => {
    const inner = schema[key];
    return key.includes('ef') && isRecord(inner) ? Object.values(inner).every(isStrict) : isStrict(inner);
  });
}

/** @throws {InvalidOptionsError} for an unknown method. */
export function planOutput(schema: OutputSchema<unknown>, config: StructuredOutputMethodOptions<boolean> = {}): OutputPlan {
  const { method = 'jsonSchema', name, strict } = config;
  if (!METHODS.includes(method)) {
    throw new InvalidOptionsError([{ path: 'method', message: `${JSON.stringify(method)} is unknown`, suggestion: '"jsonSchema", "functionCalling" or "jsonMode"' }]);
  }
  const given: Record<string, unknown> =
    isInteropZodSchema(schema) || isSerializableSchema(schema) ? { ...toJsonSchema(schema) } : { ...schema };
  // OpenAI's way of writing a function: { name, description, parameters }.
  const isFunction = typeof given['name'] === 'string' && isRecord(given['parameters']);
  const printed = isFunction ? given['parameters'] : given;
  const title = isFunction ? given['name'] : given['title'];
  const description = isInteropZodSchema(schema) ? getSchemaDescription(schema) : given['description'];
  return {
    // Checked above.
    method: method as OutputMethod,
    name: (name ?? (typeof title === 'string' ? title : 'extract')).replaceAll(/[^\w-]/g, '_').slice(0, 64),
    description: typeof description === 'string' ? description : undefined,
    // A JSON Schema is JSON.
    schema: printed as JsonObject,
    strict: strict ?? isStrict(printed),
  };
}

/** The call options that ask for it. */
export function outputOptions({ method, name, description, schema, strict }: OutputPlan): Partial<ChatOpenRouterCallOptions> {
  const described = { name, ...(description !== undefined && { description }) };
  const traced = { ls_structured_output_format: { kwargs: { method }, schema: { ...schema } } };
  switch (method) {
    case 'functionCalling':
      return {
        ...traced,
        tools: [{ type: 'function', function: { ...described, parameters: schema, ...(strict && { strict }) } }],
        tool_choice: { type: 'function', function: { name } },
      };
    case 'jsonSchema':
      return { ...traced, response_format: { type: 'json_schema', json_schema: { ...described, schema, strict } } };
    case 'jsonMode':
      return { ...traced, response_format: { type: 'json_object' } };
  }
}
