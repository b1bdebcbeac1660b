import type { StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import type { ModelProfile } from '@langchain/core/language_models/profile';
import { isSerializableSchema, isStandardSchema, type SerializableSchema } from '@langchain/core/utils/standard_schema';
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

/** What the choice of a method depends on. */
export interface OutputModel {
  readonly profile: ModelProfile;
  /** Whether other models may answer too. */
  readonly hasFallbacks: boolean;
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

/** A JSON Schema where the model, and none but it, is known to keep to one; else a function, which nearly every model can call. */
function methodFor(asked: string | undefined, { profile, hasFallbacks }: OutputModel): OutputMethod {
  const { structuredOutput } = profile;
  if (asked === undefined) return structuredOutput === true && !hasFallbacks ? 'jsonSchema' : 'functionCalling';
  if (!METHODS.includes(asked)) {
    throw new InvalidOptionsError([{ path: 'method', message: `${JSON.stringify(asked)} is unknown`, suggestion: '"jsonSchema", "functionCalling" or "jsonMode"' }]);
  }
  if (asked === 'jsonSchema' && structuredOutput === false) {
    throw new InvalidOptionsError([
      { path: 'method', message: '"jsonSchema" is not supported by the model, by its profile', suggestion: '"functionCalling" or "jsonMode"' },
    ]);
  }
  // Checked above.
  return asked as OutputMethod;
}

function printSchema(schema: OutputSchema<unknown>): Record<string, unknown> {
  if (isInteropZodSchema(schema) || isSerializableSchema(schema)) return { ...toJsonSchema(schema) };
  if (isStandardSchema(schema)) {
    throw new InvalidOptionsError([{ path: 'schema', message: 'is a standard schema that cannot be printed as JSON Schema', suggestion: 'one whose ~standard has jsonSchema' }]);
  }
  if (!isRecord(schema)) throw new InvalidOptionsError([{ path: 'schema', message: `expected a schema, got ${typeof schema}` }]);
  return { ...schema };
}

/** @throws {InvalidOptionsError} for an unknown method, one that the model does not support, and a schema that cannot be printed. */
export function planOutput(schema: OutputSchema<unknown>, config: StructuredOutputMethodOptions<boolean> = {}, model: OutputModel = { profile: {}, hasFallbacks: false }): OutputPlan {
  const method = methodFor(config.method, model);
  const { name }: { readonly name?: unknown } = config;
  if (name !== undefined && typeof name !== 'string') throw new InvalidOptionsError([{ path: 'name', message: `expected a string, got ${typeof name}` }]);
  const given = printSchema(schema);
  // OpenAI's way of writing a function: { name, description, parameters }.
  const isFunction = typeof given['name'] === 'string' && isRecord(given['parameters']);
  const printed = isFunction ? given['parameters'] : given;
  const description = isInteropZodSchema(schema) ? getSchemaDescription(schema) : given['description'];
  return {
    method,
    name: (name ?? (typeof given['name'] === 'string' ? given['name'] : 'extract')).replaceAll(/[^\w-]/g, '_').slice(0, 64),
    description: typeof description === 'string' ? description : undefined,
    // A JSON Schema is JSON.
    schema: printed as JsonObject,
    strict: config.strict ?? isStrict(printed),
  };
}

/** Endpoints that do not know a response format ignore it, and answer with any text. Source: OpenRouter API, provider selection. */
const KNOWN_FORMATS: Partial<ChatOpenRouterCallOptions> = { provider: { require_parameters: true } };

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
      return { ...traced, ...KNOWN_FORMATS, response_format: { type: 'json_schema', json_schema: { ...described, schema, strict } } };
    case 'jsonMode':
      return { ...traced, ...KNOWN_FORMATS, response_format: { type: 'json_object' } };
  }
}
