import type { ChatRequest, ProviderPreferences } from '@waypost/core';
import type { z } from 'zod';
import { type Fields, type Invalid, isFields, notAnObject, parseFields, zodOf } from '../validate.js';
import { issuesOf } from '../validate/schema.js';

/** Preferences that a route takes; it drops the others without a word. */
const HONOURED = {
  images: ['only', 'order', 'ignore', 'sort', 'allow_fallbacks', 'options'],
  options: ['options'],
} as const;

/** Fields of a body that mean something to the routing of a chat alone. */
const CHAT_ONLY = new Set([
  'models', 'modalities', 'plugins', 'preset', 'tools', 'tool_choice', 'service_tier', 'reasoning', 'reasoning_effort', 'verbosity', 'messages', 'stream',
]);

export type Checked = { readonly ok: true; readonly body: Fields & { readonly model: string } } | Invalid;

/** Whether a body that has been checked names its model, as it must. */
function hasModel(body: Fields): body is Fields & { readonly model: string } {
  return typeof body.model === 'string';
}

/** Parses a body and checks it by the schema of its route, `model` and `provider` included. */
export function parseBody(text: string, schema: z.ZodType): Checked {
  const parsed = parseFields(text);
  return parsed === undefined ? notAnObject() : checkBody(parsed, schema);
}

export function checkBody(body: Fields, schema: z.ZodType): Checked {
  const issues = issuesOf(schema, body);
  return issues.length === 0 && hasModel(body) ? { ok: true, body } : zodOf(issues);
}

function preferences(provider: unknown, honoured: readonly string[] | undefined): ProviderPreferences | undefined {
  if (!isFields(provider)) return undefined;
  return honoured === undefined ? provider : Object.fromEntries(Object.entries(provider).filter(([name]) => honoured.includes(name)));
}

/** A body as routing sees it. `honours`: the preferences that the route takes; default: all. */
export function toRouted(body: Fields & { readonly model: string }, honours?: keyof typeof HONOURED): ChatRequest {
  const own = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'provider' && !CHAT_ONLY.has(name)));
  const provider = preferences(body.provider, honours === undefined ? undefined : HONOURED[honours]);
  return { ...own, model: body.model, messages: [], ...(provider === undefined ? {} : { provider }) };
}

/** A body as scripts read it: as it came, and with the messages that it has not. */
export function toTold(body: Fields): ChatRequest {
  return { ...body, messages: [] };
}

export function refuse({ status, body }: Invalid): Response {
  return Response.json(body, { status });
}
