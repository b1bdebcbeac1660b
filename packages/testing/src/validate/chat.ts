import type { ChatRequest } from '@waypost/core';
import { z } from 'zod';
import { type Fields, given, invalid, type Invalid, notAnObject, parseFields, zodOf } from '../validate.js';
import { CHAT } from './fields.js';
import { message } from './messages.js';
import { issuesOf, optional } from './schema.js';

const MOST_MODELS = 3;

const CHAT_BODY = z.object(optional({ ...CHAT, messages: z.array(message), prompt: z.string() }));

/** Contradictions, which have words of their own. Source: OpenRouter API, reasoning. */
function checkReasoning({ reasoning, reasoning_effort: short }: ChatRequest): Invalid | undefined {
  const { effort, max_tokens: budget } = reasoning ?? {};
  if (given(effort) && given(budget)) return invalid('Only one of "reasoning.effort" and "reasoning.max_tokens" can be specified');
  if (given(effort) && given(short) && effort !== short) return invalid('Only one of "reasoning.effort" and "reasoning_effort" can be specified');
  return undefined;
}

/** Without what is `null`, which says as much as what is not there. */
function withoutNulls(fields: Fields): Fields {
  return Object.values(fields).includes(null) ? Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) : fields;
}

export type ParsedChat = { readonly ok: true; readonly body: ChatRequest } | Invalid;

/** Fields with messages, checked by the schema of their route, as the body that routing, billing and scripts read. */
export function checkedChat(fields: Fields & Pick<ChatRequest, 'messages'>, schema: z.ZodType): ParsedChat {
  if (Array.isArray(fields.models) && fields.models.length > MOST_MODELS) return invalid(`'models' array must have ${MOST_MODELS} items or fewer.`);
  const issues = issuesOf(schema, fields);
  if (issues.length > 0) return zodOf(issues);
  const body: ChatRequest = { ...withoutNulls(fields), messages: fields.messages };
  return checkReasoning(body) ?? { ok: true, body };
}

function isConversation(fields: Fields): fields is Fields & Pick<ChatRequest, 'messages'> {
  return Array.isArray(fields.messages) && fields.messages.length > 0;
}

/** Parses and checks the body of a chat request; a `prompt` becomes a user message. */
export function parseChatRequest(json: string): ParsedChat {
  const fields = parseFields(json);
  if (fields === undefined) return notAnObject();
  if (isConversation(fields)) return checkedChat(fields, CHAT_BODY);
  const { prompt, messages, ...rest } = fields;
  if (given(messages) && !Array.isArray(messages)) return zodOf(issuesOf(CHAT_BODY, fields));
  if (!given(messages) && typeof prompt === 'string' && prompt !== '') return checkedChat({ ...rest, messages: [{ role: 'user', content: prompt }] }, CHAT_BODY);
  return invalid('Input required: specify "prompt" or "messages"');
}
