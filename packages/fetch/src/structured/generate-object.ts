import { type CallOptions, InvalidOptionsError, type JsonObject, type Message, OpenRouterError, requirePlain } from '@waypost/core';
import { type ChatInput, checkMessages } from '../chat-request.js';
import { requireClient } from '../config-of.js';
import type { ChatResult } from '../convert-response.js';
import type { OpenRouter } from '../create-openrouter.js';
import { isObject, readSchema } from '../schema/read-schema.js';
import { describeIssues, type StandardSchema } from '../schema/standard-schema.js';
import { type Total, totalOf } from '../total.js';
import { untilAborted } from '../until-aborted.js';
import { answerFormat, type StructuredMode } from './answer-format.js';
import { readObject } from './read-object.js';
import { StructuredOutputError } from './structured-output-error.js';

/** Options of {@link generateObject}; those of a call hold for each of its requests. */
export interface GenerateObjectOptions<Output> extends CallOptions {
  /** Any Standard Schema, which checks and types the object, or a JSON Schema, which does neither. */
  schema: StandardSchema<Output> | JsonObject;
  /** The JSON Schema to send, where `schema` is of a library that does not say it by itself. */
  jsonSchema?: JsonObject | undefined;
  /** Of the schema, for the model. Default `answer`. */
  name?: string | undefined;
  /** Of the schema, for the model. */
  description?: string | undefined;
  /** Whether the provider must keep to the schema word by word. Default: where the schema is one that strict mode takes. */
  strict?: boolean | undefined;
  /** `json_object`, with the schema as an instruction, is for models that take no schemas. Default `json_schema`. */
  mode?: StructuredMode | undefined;
  /** How often a model is shown what is wrong with its answer, to answer anew. Default 0. */
  repair?: number | undefined;
  /**
   * Whether only endpoints may serve that honour the format, and every other parameter of the request: `require_parameters`. No response
   * proves that, so under `verify: 'strict'` say `false`. Default `true`.
   */
  requireParameters?: boolean | undefined;
}

/** The object, and the answer that it was read from. */
export interface ObjectResult<Output> extends ChatResult {
  object: Output;
  /** The answers before it that were repaired, in order; empty where none had to be. Each has its text and its receipt. */
  repaired: readonly StructuredOutputError[];
  /** All requests together. */
  total: Total;
}

const REPAIRABLE = ['empty', 'invalid-json', 'mismatch'];

/** An answer that does not do, and what to do about it. */
function askAgain({ message }: ChatResult, error: StructuredOutputError): Message[] {
  const wrong = error.reason === 'mismatch' ? `does not fit the JSON Schema: ${describeIssues(error.issues)}` : 'is not JSON';
  const demand: Message = { role: 'user', content: `Your answer ${wrong}. Answer again, with the corrected JSON and nothing else.` };
  return error.reason === 'empty' ? [] : [message, demand];
}

/**
 * Asks for an object that fits a schema. The format is sent as `response_format`, and with it, as one more layer of the policy, that
 * only endpoints may serve that honour it. A schema that is not for objects is sent as the property `value` of one, since providers
 * take nothing else at the top. An answer that is one code fence and nothing more is read as what stands in it.
 *
 * @throws {StructuredOutputError} for a refusal, an answer that was cut off, no JSON, or JSON that does not fit; `previousErrors` has the
 * answers before it. Otherwise as `chat`. @throws {InvalidOptionsError} for wrong options, before anything is sent.
 * @example
 * const { object } = await generateObject(openrouter, { model: 'openai/gpt-5.1', messages }, {
 *   schema: z.object({ vessel: z.string(), berth: z.number().int() }),
 * });
 */
export async function generateObject<Output>(client: OpenRouter, request: ChatInput, options: GenerateObjectOptions<Output>): Promise<ObjectResult<Output>> {
  requireClient(client);
  if (!isObject(options)) throw new InvalidOptionsError([{ path: 'options', message: 'expected an object', suggestion: 'such as { schema }' }]);
  requirePlain(options);
  const { schema, jsonSchema, name = 'answer', description, strict, mode = 'json_schema', repair = 0, requireParameters = true, ...call } = options;
  if (!(Number.isInteger(repair) && repair >= 0)) throw new InvalidOptionsError([{ path: 'repair', message: `expected a whole number, 0 or more, got ${String(repair)}` }]);
  checkMessages(request);
  if (request.response_format != null) throw new InvalidOptionsError([{ path: 'request.response_format', message: 'is made from the schema', suggestion: 'leave it out, or use chat()' }]);
  const reader = readSchema(schema, jsonSchema, 'schema', 'jsonSchema');
  const format = answerFormat(reader, { mode, name, description, strict });
  const asked = requireParameters ? client.with({ provider: { requireParameters: true } }) : client;
  const answers: ChatResult[] = [];
  const repaired: StructuredOutputError[] = [];
  let messages = format.messages(request.messages);
  try {
    for (;;) {
      const result = await asked.chat({ ...request, messages, response_format: format.responseFormat }, call);
      answers.push(result);
      try {
        const object = await untilAborted(readObject(result, reader, format.wrapped), call.signal);
        return { ...result, object, repaired, total: totalOf(answers) };
      } catch (error) {
        if (!StructuredOutputError.isInstance(error) || repaired.length >= repair || !REPAIRABLE.includes(error.reason)) throw error;
        repaired.push(error);
        messages = [...messages, ...askAgain(result, error)];
      }
    }
  } catch (error) {
    // an abort rejects with the caller's own reason, on which nothing is written
    if (repaired.length > 0 && OpenRouterError.isInstance(error)) error.previousErrors = [...repaired, ...(error.previousErrors ?? [])];
    throw error;
  }
}
