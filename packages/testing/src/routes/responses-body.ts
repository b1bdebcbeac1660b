import type { ChatRequest } from '@waypost/core';
import { z } from 'zod';
import { type Fields, given, type Invalid, isFields, notAnObject, parseFields, zodOf } from '../validate.js';
import { checkedChat } from '../validate/chat.js';
import { RESPONSES } from '../validate/fields.js';
import { placeOf } from '../validate/place-of.js';
import { OWN } from '../validate/responses.js';
import { issuesOf, optional } from '../validate/schema.js';
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

function checkState({ store, previous_response_id: previous }: Fields): Invalid | undefined {
  if (store === true) return promptInvalid('store: only false is supported, since nothing is kept between requests');
  return given(previous) ? promptInvalid('previous_response_id is not supported: send the whole history as input') : undefined;
}

const SHARED = z.object(optional(RESPONSES));

/** Parses and checks the body of a request to `/responses`; what it shares with chat is checked as there. */
export function parseResponsesRequest(json: string): ParsedResponses | Invalid {
  const fields = parseFields(json);
  if (fields === undefined) return notAnObject();
  const problem = checkState(fields);
  if (problem !== undefined) return problem;
  const [wrong] = issuesOf(OWN, fields);
  if (wrong !== undefined) return promptInvalid(`${placeOf(wrong.path, 'the body')}: ${wrong.message}`);
  const messages = inputMessages(fields);
  if ('ok' in messages) return messages;
  const issues = issuesOf(SHARED, fields);
  if (issues.length > 0) return zodOf(issues);
  const { tools, tool_choice, ...rest } = fields;
  const { text, max_output_tokens: limit } = rest;
  const { format, verbosity } = isFields(text) ? text : {};
  const chat = {
    ...rest, messages,
    ...(Array.isArray(tools) ? { tools: tools.filter(isFields).map(toTool) } : {}),
    ...(given(tool_choice) ? { tool_choice: toToolChoice(tool_choice) } : {}),
    ...(given(limit) ? { max_tokens: limit } : {}),
    ...(isFields(format) ? { response_format: toFormat(format) } : {}),
    ...(given(verbosity) ? { verbosity } : {}),
  };
  const parsed = checkedChat(chat, z.unknown());
  return parsed.ok ? { ok: true, fields, body: parsed.body } : parsed;
}
