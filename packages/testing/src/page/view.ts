import { redact, redactHeaders } from '@waypost/core';
import type { RecordedRequest } from '../recorded-request.js';
import type { SharedState } from '../state.js';
import { type Fields, isFields } from '../validate.js';
import { checkGuardrails, worstOf } from './guardrails.js';
import { jsonOf } from './json-of.js';
import type { PageContents, PageList, PageRequest, PageState } from './page-request.js';

/** Requests that the page holds; older ones stay in `gateway.requests`. */
export const PAGE_LIMIT = 500;

/** Characters of a prompt, a path, a value. */
const TEXT_LENGTH = 300;
/** Models that are listed of a request. */
const ASKED_LIMIT = 20;
/** Characters of a body that are shown: a page is no place for a film. */
const BODY_LENGTH = 200_000;

function secretsOf({ apiKeys }: SharedState): readonly string[] {
  return [...(apiKeys ?? [])];
}

/** Lists within messages within lists: what is deeper is no prompt. */
const PROMPT_DEPTH = 4;

/** Text of a message, of its parts, or of a list of either: of the last that has any. */
function textOf(value: unknown, depth = PROMPT_DEPTH): string {
  if (typeof value === 'string') return value;
  if (depth === 0) return '';
  if (isFields(value)) return textOf(value.content ?? value.text, depth - 1);
  if (!Array.isArray(value)) return '';
  for (let i = value.length - 1; i >= 0; i -= 1) {
    const text = textOf(value[i], depth - 1);
    if (text !== '') return text;
  }
  return '';
}

function promptOf(body: unknown): string {
  if (!isFields(body)) return '';
  return [body.messages, body.prompt, body.input, body.query, body.state].map((value) => textOf(value)).find((text) => text !== '') ?? '';
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** Text without keys, cut to a length; of a long one only the beginning is looked at. */
function shorten(text: string, state: SharedState): string {
  return clip(redact(text.slice(0, 10 * TEXT_LENGTH), secretsOf(state)), TEXT_LENGTH);
}

function askedOf({ model, models }: Fields): readonly string[] {
  const all = [model, ...(Array.isArray(models) ? models : [])];
  return [...new Set(all.filter((id) => typeof id === 'string'))].slice(0, ASKED_LIMIT);
}

function stateOf({ cancelled, status, durationMs }: RecordedRequest): PageState {
  if (cancelled) return 'left';
  if (durationMs === undefined) return status === 0 ? 'waiting' : 'answering';
  return status === 0 ? 'broken' : 'done';
}

function tokensOf({ usage }: RecordedRequest): PageRequest['tokens'] {
  if (usage === undefined) return undefined;
  return {
    prompt: usage.prompt_tokens ?? 0,
    completion: usage.completion_tokens ?? 0,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
  };
}

/** A record as the page lists it, without keys. */
export function toPageRequest(record: RecordedRequest, state: SharedState): PageRequest {
  const { number, method, path, status, at, respondedMs, durationMs, route, attempts, served, cost, body } = record;
  const fields = isFields(body) ? body : {};
  const guardrails = checkGuardrails(body, attempts, state.catalogue).map((one) => ({ ...one, asked: shorten(one.asked, state) }));
  const tokens = tokensOf(record);
  const verdict = worstOf(guardrails);
  return {
    number, method, status, at, route, attempts, served, tokens, cost, verdict, guardrails, respondedMs, durationMs,
    path: shorten(path, state),
    state: stateOf(record),
    asked: askedOf(fields).map((id) => shorten(id, state)),
    streamed: fields.stream === true,
    prompt: shorten(promptOf(body).trim(), state),
  };
}

/** What a request carried, without keys. */
export function toContents({ headers, body }: RecordedRequest, state: SharedState): PageContents {
  const text = body === undefined ? '' : jsonOf(body, 2);
  const clean = (value: string): string => redact(value, secretsOf(state));
  const shown = Object.entries(redactHeaders(headers)).map(([name, value]) => [name, clean(value)]);
  return { headers: Object.fromEntries(shown), body: clip(clean(text), BODY_LENGTH) };
}

export function toPageList(state: SharedState): PageList {
  const { requests, timed } = state;
  return { total: requests.length, timed, requests: requests.slice(-PAGE_LIMIT).map((record) => toPageRequest(record, state)) };
}
