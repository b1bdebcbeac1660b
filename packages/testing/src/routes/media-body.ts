import type { ChatRequest, ProviderPreferences } from '@waypost/core';
import { checkProvider, type Fields, given, type Invalid, isFields, notAnObject, parseFields, zod } from '../validate.js';

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

function hasModel(body: Fields): body is Fields & { readonly model: string } {
  return typeof body.model === 'string' && body.model !== '';
}

/** Parses a body and checks what all routes check: an object with a `model`, and `provider` as far as it is there. */
export function parseBody(text: string): Checked {
  const parsed = parseFields(text);
  return parsed === undefined ? notAnObject() : checkBody(parsed);
}

export function checkBody(body: Fields): Checked {
  if (!hasModel(body)) return zod(['model'], 'Invalid input: expected string');
  return checkProvider(body.provider) ?? { ok: true, body };
}

function preferences(provider: unknown, honoured: readonly string[] | undefined): ProviderPreferences | undefined {
  if (!isFields(provider)) return undefined;
  return honoured === undefined ? provider : Object.fromEntries(Object.entries(provider).filter(([name]) => honoured.includes(name)));
}

/** A body as routing and scripts see it. `honours`: the preferences that the route takes; default: all. */
export function toRouted(body: Fields & { readonly model: string }, honours?: keyof typeof HONOURED): ChatRequest {
  const own = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'provider' && !CHAT_ONLY.has(name)));
  const provider = preferences(body.provider, honours === undefined ? undefined : HONOURED[honours]);
  return { ...own, model: body.model, messages: [], ...(provider === undefined ? {} : { provider }) };
}

export function refuse({ status, body }: Invalid): Response {
  return Response.json(body, { status });
}

/** The complaint about a field that is there and is no whole number within these bounds. */
export function checkCount(body: Fields, name: string, low: number, high: number): Invalid | undefined {
  const value = body[name];
  if (!given(value)) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return undefined;
  return zod([name], `Invalid input: expected a whole number ${high === Infinity ? `from ${low}` : `between ${low} and ${high}`}`);
}
