import { InvalidOptionsError, type JsonObject, type Message, type ResponseFormat } from '@waypost/core';
import { isObjectSchema, type SchemaReader } from '../schema/read-schema.js';
import { closeObjects, fitsStrict, wrapSchema } from '../schema/strict-schema.js';

/** How the model is told the form of its answer. */
export type StructuredMode = 'json_schema' | 'json_object';

export interface FormatOptions {
  mode: StructuredMode;
  name: string;
  description: string | undefined;
  strict: boolean | undefined;
}

/** What is sent of a schema. */
export interface AnswerFormat {
  readonly responseFormat: ResponseFormat;
  /** Whether the object is the property `value` of the answer. */
  readonly wrapped: boolean;
  messages(own: readonly Message[]): readonly Message[];
}

const NAME = /^[\w-]{1,64}$/;
const LEADING = ['system', 'developer'];

/** The schema as an instruction, behind the instructions that the conversation begins with. */
function instruct(own: readonly Message[], schema: JsonObject): Message[] {
  const first = own.findIndex(({ role }) => !LEADING.includes(role));
  const at = first === -1 ? own.length : first;
  const content = `Answer with one JSON object and nothing else. It must fit this JSON Schema:\n${JSON.stringify(schema)}`;
  return [...own.slice(0, at), { role: 'system', content }, ...own.slice(at)];
}

/** @throws {InvalidOptionsError} for a name or a mode that is none. */
export function answerFormat({ json, derived }: SchemaReader<unknown>, { mode, name, description, strict }: FormatOptions): AnswerFormat {
  if (mode !== 'json_schema' && mode !== 'json_object') throw new InvalidOptionsError([{ path: 'mode', message: `${JSON.stringify(mode)} is not one of "json_schema", "json_object"` }]);
  if (!NAME.test(name)) throw new InvalidOptionsError([{ path: 'name', message: 'is not a name for a schema', suggestion: 'at most 64 letters, digits, "_" and "-"' }]);
  const wrapped = !isObjectSchema(json);
  const whole = wrapped ? wrapSchema(json) : json;
  if (mode === 'json_object') return { responseFormat: { type: 'json_object' }, wrapped, messages: (own) => instruct(own, whole) };
  const closed = derived && strict !== false ? closeObjects(whole) : whole;
  // closed for strict mode, and for nothing else
  const isStrict = strict ?? fitsStrict(closed);
  const schema = isStrict ? closed : whole;
  const responseFormat: ResponseFormat = { type: 'json_schema', json_schema: { name, ...(description !== undefined && { description }), strict: isStrict, schema } };
  return { responseFormat, wrapped, messages: (own) => own };
}
