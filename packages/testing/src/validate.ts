import type { ChatRequest } from '@waypost/core';
import { errorBody } from './serve/error-body.js';

/** A body that is refused before routing. */
export interface Invalid {
  readonly ok: false;
  readonly status: number;
  readonly body: object;
}

export type Fields = Readonly<Record<string, unknown>>;

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  temperature: [0, 2], top_p: [0, 1], frequency_penalty: [-2, 2], presence_penalty: [-2, 2], repetition_penalty: [0, 2],
  min_p: [0, 1], top_a: [0, 1], top_logprobs: [0, 20],
};
const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool']);
const LISTS = ['order', 'only', 'ignore', 'quantizations'] as const;
const SORTS = new Set(['price', 'throughput', 'latency', 'exacto']);

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that is a JSON object as one; `undefined` for any other. */
export function parseFields(text: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function invalid(message: string): Invalid {
  return { ok: false, status: 400, body: errorBody(400, message) };
}

/** What a body gets that is no JSON object. */
export function notAnObject(): Invalid {
  return { ok: false, status: 400, body: errorBody(400, 'Input must have at least 1 token.', { metadata: { provider_name: null } }) };
}

/** The shape in which some routes report a wrong type. */
export function zod(path: readonly string[], message: string): Invalid {
  const issues = [{ code: 'invalid_value', path, message }];
  return { ok: false, status: 400, body: { success: false, error: { name: 'ZodError', message: JSON.stringify(issues, null, 2) } } };
}

export function checkProvider(provider: unknown): Invalid | undefined {
  if (!given(provider)) return undefined;
  if (!isFields(provider)) return zod(['provider'], 'Invalid input: expected object');
  const list = LISTS.find((key) => given(provider[key]) && !(Array.isArray(provider[key]) && provider[key].every((entry) => typeof entry === 'string')));
  if (list !== undefined) return zod(['provider', list], 'Invalid input: expected array of strings');
  const collection = provider.data_collection;
  if (given(collection) && collection !== 'allow' && collection !== 'deny') {
    return zod(['provider', 'data_collection'], 'Invalid option: expected one of "allow"|"deny"');
  }
  const sort = isFields(provider.sort) ? provider.sort.by : provider.sort;
  if (given(sort) && !(typeof sort === 'string' && SORTS.has(sort))) {
    return zod(['provider', 'sort'], 'Invalid option: expected one of "price"|"throughput"|"latency"|"exacto"');
  }
  return undefined;
}

function checkSampling(body: Fields): Invalid | undefined {
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const value = body[name];
    if (!given(value)) continue;
    if (typeof value !== 'number' || !(value >= low && value <= high)) return zod([name], `Invalid input: expected number between ${low} and ${high}`);
  }
  return undefined;
}

function checkMessages(body: Fields): Invalid | undefined {
  const { messages } = body;
  if (messages === undefined && typeof body.prompt === 'string' && body.prompt !== '') return undefined;
  if (messages === undefined || (Array.isArray(messages) && messages.length === 0)) return invalid('Input required: specify "prompt" or "messages"');
  if (!Array.isArray(messages)) return zod(['messages'], 'Invalid input: expected array');
  const wrong = messages.findIndex((message) => !isFields(message) || typeof message.role !== 'string' || !ROLES.has(message.role));
  return wrong < 0 ? undefined : zod(['messages', String(wrong)], 'Invalid input');
}

function checkReasoning(body: Fields): Invalid | undefined {
  if (!isFields(body.reasoning)) return undefined;
  const { effort, max_tokens: budget } = body.reasoning;
  if (given(effort) && given(budget)) return invalid('Only one of "reasoning.effort" and "reasoning.max_tokens" can be specified');
  if (given(effort) && given(body.reasoning_effort) && effort !== body.reasoning_effort) {
    return invalid('Only one of "reasoning.effort" and "reasoning_effort" can be specified');
  }
  return undefined;
}

function isChatRequest(body: Fields): body is Fields & ChatRequest {
  return Array.isArray(body.messages);
}

/** Parses and checks the body of a chat request; a `prompt` becomes a user message. */
export function parseChatRequest(text: string): { readonly ok: true; readonly body: ChatRequest } | Invalid {
  const parsed = parseFields(text);
  if (parsed === undefined) return notAnObject();
  if (Array.isArray(parsed.models) && parsed.models.length > 3) return invalid("'models' array must have 3 items or fewer.");
  const problem = checkMessages(parsed) ?? checkReasoning(parsed) ?? checkProvider(parsed.provider) ?? checkSampling(parsed);
  if (problem !== undefined) return problem;
  const { prompt, ...rest } = parsed;
  const body: Fields = parsed.messages === undefined ? { ...rest, messages: [{ role: 'user', content: prompt }] } : parsed;
  // `provider: null` is allowed and means none.
  const { provider, ...others } = body;
  const clean: Fields = given(provider) ? body : others;
  return isChatRequest(clean) ? { ok: true, body: clean } : invalid('Input required: specify "prompt" or "messages"');
}
