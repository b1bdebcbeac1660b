import type { ChatRequest } from '@waypost/core';
import { type Fields, given, type Invalid, isFields, notAnObject, parseChatRequest, parseFields } from '../validate.js';
import { inputMessages } from './responses-input.js';
import { promptInvalid } from './responses-invalid.js';

export interface ParsedResponses {
  readonly ok: true;
  /** As it came. */
  readonly fields: Fields;
  /** As routing, billing and scripts read it. */
  readonly body: ChatRequest;
}

/** A function's fields are nested on chat. */
function toTool(tool: Fields): Fields {
  if (tool.type !== 'function') return tool;
  const { name, description, parameters, strict } = tool;
  return { type: 'function', function: { name, ...(given(description) ? { description } : {}), ...(given(parameters) ? { parameters } : {}), ...(given(strict) ? { strict } : {}) } };
}

function toToolChoice(choice: unknown): unknown {
  return isFields(choice) && choice.type === 'function' ? { type: 'function', function: { name: choice.name } } : choice;
}

function toFormat(format: Fields): Fields {
  const { type, ...json_schema } = format;
  return type === 'json_schema' ? { type, json_schema } : format;
}

function checkTools(tools: unknown): Invalid | undefined {
  if (!given(tools)) return undefined;
  if (!Array.isArray(tools)) return promptInvalid('tools: expected array');
  const wrong = tools.findIndex((tool) => !isFields(tool) || typeof tool.type !== 'string' || (tool.type === 'function' && typeof tool.name !== 'string'));
  return wrong < 0 ? undefined : promptInvalid(`tools[${wrong}]: expected a tool with its "type", and a function with its "name" beside it`);
}

function checkText(text: unknown): Invalid | undefined {
  if (!given(text)) return undefined;
  if (!isFields(text)) return promptInvalid('text: expected object');
  const { format } = text;
  if (!given(format)) return undefined;
  if (!isFields(format) || typeof format.type !== 'string') return promptInvalid('text.format.type: expected string');
  if (format.type !== 'json_schema') return undefined;
  return typeof format.name === 'string' && isFields(format.schema) ? undefined : promptInvalid('text.format: expected "name" and "schema" beside "type"');
}

function checkState({ store, previous_response_id: previous }: Fields): Invalid | undefined {
  if (store === true) return promptInvalid('store: only false is supported, since nothing is kept between requests');
  return given(previous) ? promptInvalid('previous_response_id is not supported: send the whole history as input') : undefined;
}

/** Parses and checks the body of a request to `/responses`; what it shares with chat is checked as there. */
export function parseResponsesRequest(json: string): ParsedResponses | Invalid {
  const fields = parseFields(json);
  if (fields === undefined) return notAnObject();
  const problem = checkState(fields) ?? checkTools(fields.tools) ?? checkText(fields.text);
  if (problem !== undefined) return problem;
  const messages = inputMessages(fields);
  if ('ok' in messages) return messages;
  const { text, tools, tool_choice, max_output_tokens: limit, ...rest } = fields;
  const { format, verbosity } = isFields(text) ? text : {};
  const chat = {
    ...rest, messages,
    ...(Array.isArray(tools) ? { tools: tools.filter(isFields).map(toTool) } : {}),
    ...(given(tool_choice) ? { tool_choice: toToolChoice(tool_choice) } : {}),
    ...(given(limit) ? { max_tokens: limit } : {}),
    ...(isFields(format) ? { response_format: toFormat(format) } : {}),
    ...(given(verbosity) ? { verbosity } : {}),
  };
  const parsed = parseChatRequest(JSON.stringify(chat));
  return parsed.ok ? { ok: true, fields, body: parsed.body } : parsed;
}
